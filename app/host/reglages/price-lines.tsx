"use client";

import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type HostPrice, pricePer } from "#server/host/schema.ts";
import classes from "../host.module.css";

interface PriceLinesProps {
  prices: HostPrice[];
  errors: Record<string, string>;
  onChange: (prices: HostPrice[]) => void;
}

/** What a clinic pays: one line per plan of the landing page; without any, no price is shown. */
export function PriceLines({ prices, errors, onChange }: PriceLinesProps) {
  const t = useTranslations("host.settings");
  const edit = (at: number, change: Partial<HostPrice>) =>
    onChange(prices.map((price, index) => (index === at ? { ...price, ...change } : price)));
  return (
    <fieldset className={classes.group}>
      <legend>{t("fields.prices")}</legend>
      <p>{t("pricesHelp")}</p>
      {prices.map(({ code, monthlyCents, per }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place.
        <div key={index} className={classes.line} data-wide>
          <TextInput
            id={`prices-${index}-code`}
            label={t("plan")}
            value={code}
            error={errors[`prices-${index}-code`]}
            autoComplete="off"
            onChange={(event) => edit(index, { code: event.currentTarget.value })}
          />
          <NumberInput
            id={`prices-${index}-monthlyCents`}
            label={t("monthly")}
            value={monthlyCents / 100}
            error={errors[`prices-${index}-monthlyCents`]}
            min={0}
            decimalScale={2}
            decimalSeparator={t("decimal")}
            suffix={" $"}
            onChange={(dollars) => edit(index, { monthlyCents: Math.round(Number(dollars) * 100) })}
          />
          <Select
            label={t("counted")}
            data={pricePer.map((value) => ({ value, label: t(`per.${value}`) }))}
            value={per}
            allowDeselect={false}
            onChange={(value) => value && edit(index, { per: value as HostPrice["per"] })}
          />
          <Button
            variant="subtle"
            color="brique"
            aria-label={t("removePrice", { plan: code || String(index + 1) })}
            onClick={() => onChange(prices.filter((_, at) => at !== index))}
          >
            {t("remove")}
          </Button>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => onChange([...prices, { code: "", monthlyCents: 0, per: "professional" }])}
        >
          {t("addPrice")}
        </Button>
      </div>
    </fieldset>
  );
}

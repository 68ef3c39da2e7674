"use client";

import { Alert, Select, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconShieldX } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Preparation } from "#server/communication/prepare.ts";
import { grounds, purposes } from "#server/communication/schema.ts";
import type { CorrespondentRecord } from "#server/correspondent/record.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import classes from "./sending.module.css";
import { isConcerned, usualFor, type WhyValues } from "./why.ts";

export interface Chosen {
  readonly name: string;
  readonly email: string;
  readonly fax: string;
  readonly mobile: string;
  readonly address: string;
}

interface WhyFieldsProps {
  values: WhyValues;
  errors: Record<string, string>;
  set: (edit: Partial<WhyValues>) => void;
  prepared: Preparation;
  /** Somebody was chosen: how they are reached. */
  onChosen: (chosen: Chosen) => void;
}

const nameOf = ({ givenName, familyName, name }: CorrespondentRecord) =>
  [[givenName, familyName].filter(Boolean).join(" "), name].filter(Boolean).join(", ");

/** To whom: whoever stands in the chart first, then the directory. */
export function RecipientField({ values, errors, set, prepared, onChosen }: WhyFieldsProps) {
  const t = useTranslations("sending.send");
  const trpc = useTRPC();
  const [typed, setTyped] = useState("");
  const [text] = useDebouncedValue(typed.trim(), 150);
  const directory = useQuery({
    ...trpc.correspondent.list.queryOptions({ text, most: 20 }),
    placeholderData: keepPreviousData,
  });
  const near = prepared.recipients.map((one) => ({
    value: one.kind === "patient" ? "patient" : `${one.kind}:${one.id}`,
    label: `${one.name} · ${t(`as.${one.as}` as "as.patient")}`,
    chosen: one as Chosen,
  }));
  const found = (directory.data?.rows ?? [])
    .map((one) => ({
      value: `correspondent:${one.id}`,
      label: [nameOf(one), one.specialty, one.city].filter(Boolean).join(" · "),
      chosen: {
        name: nameOf(one),
        email: one.email,
        fax: one.fax,
        mobile: "",
        address: [one.addressLine, one.city, one.postalCode].filter(Boolean).join(", "),
      },
    }))
    .filter(({ value }) => !near.some((one) => one.value === value));
  const all = [...near, ...found];
  const [kept, setKept] = useState<{ value: string; label: string }>();
  const isKept = kept && kept.value === values.to && !all.some(({ value }) => value === kept.value);

  function choose(to: string | null) {
    const one = all.find(({ value }) => value === to);
    if (one) setKept({ value: one.value, label: one.label });
    set({ to: to ?? "", ...(to && usualFor(to)) });
    onChosen(one?.chosen ?? { name: "", email: "", fax: "", mobile: "", address: "" });
  }

  return (
    <>
      <Select
        id="recipient"
        label={t("recipient")}
        description={t("recipientHelp")}
        placeholder={t("search")}
        data={[
          { group: t("groups.near"), items: near.map(({ value, label }) => ({ value, label })) },
          {
            group: t("groups.directory"),
            items: [...(isKept ? [kept] : []), ...found.map(({ value, label }) => ({ value, label }))],
          },
          { group: t("groups.others"), items: [{ value: "other", label: t("other") }] },
        ]}
        value={values.to || null}
        onChange={choose}
        error={errors.recipient ?? errors["recipient-id"]}
        searchable
        openOnFocus={false}
        onSearchChange={setTyped}
        nothingFoundMessage={t("nobody")}
        maxDropdownHeight={320}
        data-autofocus
      />
      {values.to === "other" && (
        <TextInput
          id="recipient-name"
          label={t("otherName")}
          value={values.toName}
          error={errors["recipient-name"]}
          autoComplete="off"
          onChange={(event) => set({ toName: event.currentTarget.value })}
        />
      )}
      {prepared.mayNot.length > 0 && (
        <p className={classes.quiet}>
          {t("mayNot", { count: prepared.mayNot.length, names: prepared.mayNot.join(", ") })}
        </p>
      )}
    </>
  );
}

/** Why, on what ground, and what the patient refused. */
export function WhyFields({ values, errors, set, prepared }: Omit<WhyFieldsProps, "onChosen">) {
  const t = useTranslations("sending.send");
  const { purpose, ground, justification, refusalReason, to } = values;
  const refusals = prepared.refusals.filter((one) => isConcerned(one.purpose, to));
  const isAsked = purpose === "other" || ground === "law" || ground === "emergency";
  return (
    <>
      <div className={classes.two}>
        <Select
          id="purpose"
          label={t("purpose")}
          data={purposes.map((value) => ({ value, label: t(`purposes.${value}`) }))}
          value={purpose}
          error={errors.purpose}
          allowDeselect={false}
          onChange={(value) => value && set({ purpose: value as WhyValues["purpose"] })}
        />
        <Select
          id="ground"
          label={t("ground")}
          data={grounds.map((value) => ({ value, label: t(`grounds.${value}`) }))}
          value={ground}
          error={errors.ground}
          allowDeselect={false}
          onChange={(value) => value && set({ ground: value as WhyValues["ground"] })}
        />
      </div>
      {isAsked && (
        <TextInput
          id="justification"
          label={t("justification")}
          description={t("justificationHelp")}
          value={justification}
          error={errors.justification}
          autoComplete="off"
          onChange={(event) => set({ justification: event.currentTarget.value })}
        />
      )}
      {prepared.restrictions > 0 && (
        <p className={classes.quiet}>{t("restrictions", { count: prepared.restrictions })}</p>
      )}
      {refusals.length > 0 && (
        <Alert
          id="refusals"
          color="brique"
          icon={<IconShieldX size={20} />}
          title={t("refusalTitle", { count: refusals.length })}
        >
          <ul className={classes.refusals}>
            {refusals.map(({ id, scope, takenOn }) => (
              <li key={id}>
                <strong>{scope}</strong> {t("refusalOn", { date: takenOn })}
              </li>
            ))}
          </ul>
          <Textarea
            id="refusalReason"
            label={t("refusalReason")}
            description={t("refusalHelp")}
            value={refusalReason}
            error={errors.refusalReason ?? errors.refusals}
            autosize
            minRows={2}
            onChange={(event) => set({ refusalReason: event.currentTarget.value })}
          />
        </Alert>
      )}
    </>
  );
}

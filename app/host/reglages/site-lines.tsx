"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type HostSite, siteRoles } from "#server/host/schema.ts";
import classes from "../host.module.css";

interface SiteLinesProps {
  sites: HostSite[];
  errors: Record<string, string>;
  onChange: (sites: HostSite[]) => void;
}

/** Where the data lie: one line per city and what is kept there. */
export function SiteLines({ sites, errors, onChange }: SiteLinesProps) {
  const t = useTranslations("host.settings");
  const edit = (at: number, change: Partial<HostSite>) =>
    onChange(sites.map((site, index) => (index === at ? { ...site, ...change } : site)));
  return (
    <fieldset className={classes.group}>
      <legend>{t("fields.sites")}</legend>
      <p>{t("sitesHelp")}</p>
      {sites.map(({ city, role }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no identity but its place.
        <div key={index} className={classes.line}>
          <TextInput
            id={`sites-${index}-city`}
            label={t("city")}
            value={city}
            error={errors[`sites-${index}-city`]}
            autoComplete="off"
            onChange={(event) => edit(index, { city: event.currentTarget.value })}
          />
          <Select
            label={t("role")}
            data={siteRoles.map((value) => ({ value, label: t(`roles.${value}`) }))}
            value={role}
            allowDeselect={false}
            onChange={(value) => value && edit(index, { role: value as HostSite["role"] })}
          />
          <Button
            variant="subtle"
            color="brique"
            aria-label={t("removeSite", { city: city || String(index + 1) })}
            onClick={() => onChange(sites.filter((_, at) => at !== index))}
          >
            {t("remove")}
          </Button>
        </div>
      ))}
      <div>
        <Button
          variant="default"
          leftSection={<IconPlus size={18} aria-hidden />}
          onClick={() => onChange([...sites, { city: "", role: "records" }])}
        >
          {t("addSite")}
        </Button>
      </div>
    </fieldset>
  );
}

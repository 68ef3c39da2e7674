"use client";

import { SegmentedControl } from "@mantine/core";
import { IconBuilding, IconId, IconPhone, IconReceipt, IconUsersGroup, IconVideo } from "@tabler/icons-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { ServiceMode } from "#server/schedule/service/schema.ts";
import { languageOf } from "../../../_i18n/locale.ts";
import type { ServiceValues } from "./service-form.tsx";
import classes from "./services.module.css";

const icons: Record<ServiceMode, typeof IconPhone> = { "in-person": IconBuilding, phone: IconPhone, video: IconVideo };

/** How the public will see the service, while it is being written. */
export function ServicePreview({ values }: { values: ServiceValues }) {
  const t = useTranslations("services.preview");
  const words = useTranslations("services");
  const format = useFormatter();
  const [language, setLanguage] = useState(languageOf(useLocale()));
  const name = (language === "en" && values.nameEn) || values.name;
  const text = language === "en" ? values.descriptionEn || values.description : values.description;

  return (
    <aside className={classes.preview} aria-label={t("title")}>
      <div className={classes.previewHead}>
        <h3 className={classes.previewTitle}>{t("title")}</h3>
        <SegmentedControl
          size="xs"
          aria-label={t("language")}
          value={language}
          onChange={(value) => setLanguage(value as "fr")}
          data={[
            { value: "fr", label: "FR" },
            { value: "en", label: "EN" },
          ]}
        />
      </div>
      <article className={classes.card} data-private={!values.online || undefined} lang={language}>
        <p className={classes.cardName}>{name || t("unnamed")}</p>
        {text && <p className={classes.cardText}>{text}</p>}
        <ul className={classes.facts}>
          {values.modes.map((mode) => {
            const Icon = icons[mode];
            return (
              <li key={mode}>
                <Icon size={16} aria-hidden />
                {words(`modes.${mode}`)}
              </li>
            );
          })}
          <li>{words("minutes", { minutes: values.durationMinutes || 0 })}</li>
          {values.insured && (
            <li>
              <IconId size={16} aria-hidden />
              {t("insured")}
            </li>
          )}
          {values.costShown && !values.insured && values.priceCents !== null && (
            <li>
              <IconReceipt size={16} aria-hidden />
              {format.number(values.priceCents / 100, "money")}
            </li>
          )}
          {values.capacity > 1 && (
            <li>
              <IconUsersGroup size={16} aria-hidden />
              {t("group", { count: values.capacity })}
            </li>
          )}
        </ul>
      </article>
      <p className={classes.note}>{values.online ? t(`audiences.${values.audience}`) : t("private")}</p>
    </aside>
  );
}

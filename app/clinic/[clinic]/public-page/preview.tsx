"use client";

import { SegmentedControl } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { languageOf } from "../../../_i18n/locale.ts";
import classes from "./public-page.module.css";

/** The page itself in a frame, as wide as a phone or as a desk: drawn anew at each saving. */
export function Preview({ slug, version }: { slug: string; version: number }) {
  const t = useTranslations("publicPage");
  const [width, setWidth] = useState<"phone" | "desk">("phone");
  const [language, setLanguage] = useState<string>(languageOf(useLocale()));
  const source = `/apercu/${slug}${language === "en" ? "?lang=en" : ""}`;
  return (
    <section className={classes.preview} aria-label={t("preview")}>
      <div className={classes.previewHead}>
        <p className={classes.previewLead}>{t("previewLead")}</p>
        <SegmentedControl
          aria-label={t("width")}
          value={width}
          onChange={(value) => setWidth(value as "phone" | "desk")}
          data={[
            { value: "phone", label: t("phone") },
            { value: "desk", label: t("desk") },
          ]}
        />
        <SegmentedControl
          aria-label={t("language")}
          value={language}
          onChange={setLanguage}
          data={[
            { value: "fr", label: "FR" },
            { value: "en", label: "EN" },
          ]}
        />
        <a href={source} target="_blank" rel="noreferrer">
          {t("previewOpen")}
        </a>
      </div>
      <div className={classes.glass} data-width={width}>
        <iframe key={`${version} ${source}`} src={source} title={t("preview")} className={classes.frame} />
      </div>
    </section>
  );
}

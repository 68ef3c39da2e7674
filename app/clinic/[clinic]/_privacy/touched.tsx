"use client";

import { useTranslations } from "next-intl";
import type { OpeningArea } from "#server/privacy/opening-areas.ts";
import classes from "./openings.module.css";

/** Which parts of a chart were read, and which were written in. */
export function Touched({ read, wrote }: { read: readonly OpeningArea[]; wrote: readonly OpeningArea[] }) {
  const t = useTranslations("privacy");
  const said = (areas: readonly OpeningArea[]) => areas.map((area) => t(`categories.${area}`)).join(", ");
  return (
    <>
      {read.length > 0 ? said(read) : wrote.length === 0 && t("openings.nothing")}
      {wrote.length > 0 && <span className={classes.under}>{t("openings.wrote", { what: said(wrote) })}</span>}
    </>
  );
}

import { useLocale } from "next-intl";
import { useMemo } from "react";
import { roundTo } from "#server/observation/decimal.ts";
import { measureOf } from "#server/observation/measures.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";

/** A decimal as it is read here: at least the digits that its measure has, and a comma in French. */
export function showDecimal(value: string, decimals: number, language: "fr" | "en"): string {
  const [whole = "", part = ""] = value.split(".");
  const shown = part.padEnd(decimals, "0");
  return shown === "" ? whole : `${whole}${language === "fr" ? "," : "."}${shown}`;
}

interface Said {
  readonly code: string;
  readonly label?: string;
  readonly value: string | null;
  readonly comparator?: string;
  readonly unit?: string;
  readonly text?: string;
}

/** What a series and its values are called in the reader's language. */
export function useMeasureWords() {
  const language = languageOf(useLocale());
  return useMemo(() => {
    const name = (code: string, label = "") => {
      const measure = measureOf(code);
      if (measure) return language === "fr" ? measure.shortFr : measure.shortEn;
      return label || code.replace(/^=/, "");
    };
    const fullName = (code: string, label = "") => {
      const measure = measureOf(code);
      return measure ? measure[language] : label || code.replace(/^=/, "");
    };
    const unitOf = (code: string, unit = "") => {
      const known = measureOf(code)?.unit ?? unit;
      return language === "fr" ? known : known.replace("1,73", "1.73").replace("mUI", "mIU").replace(/^sem$/, "wk");
    };
    const number = ({ code, value, comparator = "", text = "" }: Said) =>
      value === null
        ? text
        : `${signs[comparator] ?? ""}${showDecimal(value, measureOf(code)?.decimals ?? 0, language)}`;
    /** The method tells nothing finer than a thousandth; near the ends, a tenth says more than a whole. */
    const percentile = (value: number) => {
      if (value < 0.1) return `< ${showDecimal("0.1", 1, language)}`;
      if (value > 99.9) return `> ${showDecimal("99.9", 1, language)}`;
      return showDecimal(roundTo(value, value < 5 || value > 95 ? 1 : 0), 0, language);
    };
    return { name, fullName, unitOf, number, percentile, language };
  }, [language]);
}

const signs: Readonly<Record<string, string>> = { "<": "< ", "<=": "≤ ", ">=": "≥ ", ">": "> " };

"use client";

import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { fieldOf, isLate, type OpenField } from "#server/letter/fields-schema.ts";
import classes from "./letter.module.css";

interface OpenFieldsProps {
  open: readonly OpenField[];
  /** Those that signing would refuse. */
  unfilled: readonly OpenField[];
  language: "fr" | "en";
}

/** What still stands between the letter and its signature: each field with why it is empty. */
export function OpenFields({ open, unfilled, language }: OpenFieldsProps) {
  const t = useTranslations("letters");
  const later = open.filter((one) => isLate(one) && !unfilled.includes(one));
  const nameOf = ({ key, name }: OpenField) => (key ? (fieldOf(key)?.[language] ?? name) : name);
  if (open.length === 0) return null;
  return (
    <div className={classes.fields} role="status">
      {unfilled.length > 0 && (
        <>
          <p className={classes.fieldsTitle}>
            <IconAlertTriangle size={16} aria-hidden /> {t("toFill", { count: unfilled.length })}
          </p>
          <ul>
            {unfilled.map((one) => (
              <li key={one.name}>
                <strong>{nameOf(one)}</strong>
                {`${language === "fr" ? "\u00a0:" : ":"} ${t(one.key === null ? "why.unknown" : fieldOf(one.key)?.chosen ? "why.choose" : fieldOf(one.key)?.group === "recipient" ? "why.recipient" : fieldOf(one.key)?.group === "request" ? "why.request" : "why.empty")}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {later.length > 0 && (
        <p className={classes.quiet}>
          <IconCircleCheck size={16} aria-hidden /> {t("later", { names: later.map(nameOf).join(", ") })}
        </p>
      )}
    </div>
  );
}

"use client";

import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { fieldOf, isLate, type OpenField } from "#server/letter/fields-schema.ts";
import classes from "./letter.module.css";

interface OpenFieldsProps {
  open: readonly OpenField[];
  /** Those that signing would refuse. */
  unfilled: readonly OpenField[];
  /** « [à préciser] »: what a template or a phrase asks to be written there. */
  places: readonly string[];
  onPlace: (place: string) => void;
  /** One that is written in the text, or taken out of it. */
  onField: (field: OpenField) => void;
  language: "fr" | "en";
}

type Why = "unknown" | "choose" | "recipient" | "request" | "empty";

function whyOf({ key }: OpenField): Why {
  const field = key === null ? undefined : fieldOf(key);
  if (!field) return "unknown";
  if (field.chosen) return "choose";
  return field.group === "recipient" || field.group === "request" ? field.group : "empty";
}

/** Filled by a field of the form; the others are written in the text, or taken out of it. */
const isElsewhere = (field: OpenField) => ["choose", "recipient", "request"].includes(whyOf(field));

/** What still stands between the letter and its signature: each field with why it is empty. */
export function OpenFields({ open, unfilled, places, onPlace, onField, language }: OpenFieldsProps) {
  const t = useTranslations("letters");
  const later = open.filter((one) => isLate(one) && !unfilled.includes(one));
  const nameOf = ({ key, name }: OpenField) => (key ? (fieldOf(key)?.[language] ?? name) : name);
  if (open.length + places.length === 0) return null;
  const left = unfilled.length + places.length;
  return (
    <div className={classes.fields} role="status">
      {left > 0 && (
        <>
          <p className={classes.fieldsTitle}>
            <IconAlertTriangle size={16} aria-hidden /> {t("toFill", { count: left })}
          </p>
          <ul>
            {unfilled.map((one) => (
              <li key={one.name}>
                {isElsewhere(one) ? (
                  <strong>{nameOf(one)}</strong>
                ) : (
                  <button type="button" className={classes.place} onClick={() => onField(one)}>
                    {nameOf(one)}
                  </button>
                )}
                {`${language === "fr" ? "\u00a0:" : ":"} ${t(`why.${whyOf(one)}`)}`}
              </li>
            ))}
            {places.map((place, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one may be there twice, and a line holds no state.
              <li key={`${place} ${at}`}>
                <button type="button" className={classes.place} onClick={() => onPlace(place)}>
                  {place}
                </button>
                {`${language === "fr" ? "\u00a0:" : ":"} ${t("why.place")}`}
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

"use client";

import { useTranslations } from "next-intl";
import type { ResourceView } from "#server/appointment/record.ts";
import { PersonDisc } from "../../../_ui/person/person-disc.tsx";
import classes from "./agenda.module.css";

interface PeopleBarProps {
  resources: readonly ResourceView[];
  who: readonly string[];
  /** One at a time, where one column has room. */
  single: boolean;
  onChange: (who: string[]) => void;
}

/** Whose columns are shown: chips that are pressed or not. */
export function PeopleBar({ resources, who, single, onChange }: PeopleBarProps) {
  const t = useTranslations("agenda");
  if (resources.length < 2) return null;
  function toggle(id: string) {
    if (single) return onChange([id]);
    onChange(who.includes(id) ? who.filter((other) => other !== id) : [...who, id]);
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own box, and this is no form.
    <div className={classes.people} role="group" aria-label={t("whose")}>
      {!single && (
        <button type="button" className={classes.person} aria-pressed={who.length === 0} onClick={() => onChange([])}>
          <span className={classes.everybody}>{t("everybody")}</span>
        </button>
      )}
      {resources.map(({ id, name, kind }) => (
        <button
          key={id}
          type="button"
          className={classes.person}
          aria-pressed={who.includes(id)}
          onClick={() => toggle(id)}
        >
          {kind === "practitioner" && <PersonDisc name={name} size={26} />}
          {name}
        </button>
      ))}
    </div>
  );
}

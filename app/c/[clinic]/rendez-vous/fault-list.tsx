"use client";

import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import classes from "./booking.module.css";
import type { Faults } from "./person-fields.tsx";

/** What is missing, at the head of the form; each line leads to its field. */
export function FaultList({ faults, head }: { faults: Faults; head: RefObject<HTMLDivElement | null> }) {
  const t = useTranslations("booking.details");
  const wrong = Object.entries(faults).filter(([, text]) => text);
  if (wrong.length === 0) return null;
  return (
    <div ref={head} tabIndex={-1} className={classes.errors}>
      <h2>{t("errors", { count: wrong.length })}</h2>
      <ul>
        {wrong.map(([name, text]) => (
          <li key={name}>
            <a href={`#visit-${name}`}>
              {t(name as "email")}
              {"\u00a0: "}
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import classes from "./error-summary.module.css";

type ErrorSummaryProps = {
  /** Id of the field → what is wrong with it, already in the reader's language. Nothing is shown when empty. */
  errors: Record<string, string>;
  /** Changes at each try, so that the same errors sent twice are announced twice. */
  attempt?: number;
};

/** What stops a form, at its head: each line leads to its field. Takes the focus when it appears, so that nobody looks for it. */
export function ErrorSummary({ errors, attempt }: ErrorSummaryProps) {
  const t = useTranslations("common.form");
  const box = useRef<HTMLDivElement>(null);
  const list = Object.entries(errors);
  const count = list.length;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new try must take the focus again even with the same errors.
  useEffect(() => {
    if (count > 0) box.current?.focus();
  }, [count, attempt]);

  if (count === 0) return null;
  return (
    <div ref={box} className={classes.summary} role="alert" tabIndex={-1}>
      <p className={classes.title}>{t("errors", { count })}</p>
      <ul className={classes.list}>
        {list.map(([field, message]) => (
          <li key={field}>
            <a
              href={`#${field}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(field)?.focus();
              }}
            >
              {message}
            </a>
          </li>
        ))}
      </ul>
      <p className={classes.kept}>{t("kept")}</p>
    </div>
  );
}

"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import classes from "./error-summary.module.css";

type ErrorSummaryProps = {
  /** Id of the field → what is wrong with it, already in the reader's language. Nothing is shown when empty. */
  errors: Record<string, string>;
  /** Changes at each try: the summary takes the focus then, and not while the person is mending one field after another. */
  attempt?: number;
};

/** What stops a form, at its head: each line leads to its field. Takes the focus when it appears, so that nobody looks for it. */
export function ErrorSummary({ errors, attempt }: ErrorSummaryProps) {
  const t = useTranslations("common.form");
  const box = useRef<HTMLDivElement>(null);
  const list = Object.entries(errors);
  const count = list.length;

  const shown = count > 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new try takes the focus again even with the same errors; a count that changes as one types does not.
  useEffect(() => {
    if (shown) box.current?.focus();
  }, [attempt ?? shown]);

  if (!shown) return null;
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

"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import classes from "./file.module.css";

export interface FileItem {
  readonly id: string;
  /** What kind of thing it is, in a word. */
  readonly kind: ReactNode;
  readonly said: ReactNode;
  /** Names the row's buttons to those who do not see them. */
  readonly name: string;
  readonly onEdit?: () => void;
  readonly onEnd?: () => void;
}

/** Contacts, related persons, alerts: a row each, with its two gestures. */
export function FileList({ none, items, mayWrite }: { none: string; items: FileItem[]; mayWrite: boolean }) {
  const t = useTranslations("patients.file");
  if (items.length === 0) return <p className={classes.quiet}>{none}</p>;
  return (
    <ul className={classes.list}>
      {items.map(({ id, kind, said, name, onEdit, onEnd }) => (
        <li key={id}>
          <span className={classes.quiet}>{kind}</span>
          <span>{said}</span>
          {mayWrite && (
            <span className={classes.act}>
              {onEdit && (
                <Button variant="subtle" size="compact-sm" aria-label={`${t("edit")} : ${name}`} onClick={onEdit}>
                  {t("edit")}
                </Button>
              )}
              {onEnd && (
                <Button variant="subtle" size="compact-sm" aria-label={`${t("end")} : ${name}`} onClick={onEnd}>
                  {t("end")}
                </Button>
              )}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}

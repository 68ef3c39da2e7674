"use client";

import { Button, Modal } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import classes from "./conflict-dialog.module.css";

export type Side = "yours" | "theirs";

/** A field that differs, both ways written as the reader sees them. */
export type Difference = {
  key: string;
  label: string;
  yours: string;
  theirs: string;
  /** Which one is chosen at first: theirs where the reader changed nothing. */
  kept: Side;
};

type ConflictDialogProps = {
  opened: boolean;
  /** Back to the form with everything still in it; nothing is saved. */
  onClose: () => void;
  differences: Difference[];
  /** Who saved first, and when. */
  who?: string;
  at: Date;
  /** What to keep, field by field: to be saved on top of the version just shown. */
  onResolve: (kept: Record<string, Side>) => unknown;
};

/** Two people, or two tabs, changed one thing: the second sees both versions, chooses field by field, and loses nothing. */
export function ConflictDialog({ opened, onClose, ...props }: ConflictDialogProps) {
  const t = useTranslations("common.conflict");
  return (
    <Modal opened={opened} onClose={onClose} title={t("title")} size={720} classNames={{ title: classes.title }}>
      <ConflictBody onClose={onClose} {...props} />
    </Modal>
  );
}

function ConflictBody({ differences, who, at, onResolve, onClose }: Omit<ConflictDialogProps, "opened">) {
  const t = useTranslations("common.conflict");
  const format = useFormatter();
  const [kept, setKept] = useState(() => Object.fromEntries(differences.map(({ key, kept }) => [key, kept])));
  const [busy, setBusy] = useState(false);
  const time = format.dateTime(at, "time").replaceAll(" ", "\u00a0");

  async function resolve(choice: Record<string, Side>) {
    if (busy) return;
    setBusy(true);
    try {
      await onResolve(choice);
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <p className={classes.lead}>{who ? t("lead", { who, time }) : t("leadUnknown", { time })}</p>
      {differences.map(({ key, label, yours, theirs }) => (
        <fieldset key={key} className={classes.field}>
          <legend className={classes.legend}>{label}</legend>
          {(["yours", "theirs"] as const).map((side) => (
            <label key={side} className={classes.version}>
              <input
                type="radio"
                name={key}
                checked={kept[key] === side}
                onChange={() => setKept((before) => ({ ...before, [key]: side }))}
              />
              <span>
                <span className={classes.side}>{t(side)}</span>
                <span className={classes.value}>{(side === "yours" ? yours : theirs) || t("empty")}</span>
              </span>
            </label>
          ))}
        </fieldset>
      ))}
      <div className={classes.acts}>
        <Button variant="default" onClick={onClose}>
          {t("later")}
        </Button>
        <Button variant="default" onClick={() => resolve(all(differences, "theirs"))} disabled={busy}>
          {t("keepTheirs")}
        </Button>
        <Button onClick={() => resolve(kept)} loading={busy}>
          {t("choose")}
        </Button>
      </div>
    </>
  );
}

function all(differences: Difference[], side: Side): Record<string, Side> {
  return Object.fromEntries(differences.map(({ key }) => [key, side]));
}

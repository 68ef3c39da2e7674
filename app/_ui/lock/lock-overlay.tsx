"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PersonDisc } from "../person/person-disc.tsx";
import { TopDialog } from "../top-dialog/top-dialog.tsx";
import classes from "./lock-overlay.module.css";

type LockOverlayProps = {
  locked: boolean;
  /** Whose session sleeps. */
  person: string;
  /** Closes the session for somebody else to open theirs. */
  onSignOut: () => void;
  /** The way back in: a passkey button, a password field. */
  children: ReactNode;
};

/** Covers the screen while the server holds the session locked. The page beneath keeps its forms as they were. */
export function LockOverlay({ locked, person, onSignOut, children }: LockOverlayProps) {
  const t = useTranslations("common.lock");
  return (
    <TopDialog open={locked} opaque title={t("title")} lead={t("lead")}>
      <p className={classes.person}>
        <PersonDisc name={person} size={40} />
        <strong>{person}</strong>
      </p>
      {children}
      <button type="button" className={classes.other} onClick={onSignOut}>
        {t("notYou")}
      </button>
    </TopDialog>
  );
}

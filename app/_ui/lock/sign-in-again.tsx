"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TopDialog } from "../top-dialog/top-dialog.tsx";

/** Asks to sign in again in place when the session ended in mid-form: the form stays mounted beneath. */
export function SignInAgain({ open, children }: { open: boolean; children: ReactNode }) {
  const t = useTranslations("common.signInAgain");
  return (
    <TopDialog open={open} opaque title={t("title")} lead={t("lead")}>
      {children}
    </TopDialog>
  );
}

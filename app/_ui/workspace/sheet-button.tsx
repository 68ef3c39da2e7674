"use client";

import { IconKeyboard } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useShortcuts } from "../shortcuts/shortcuts.tsx";
import classes from "./workspace.module.css";

/** The sheet of shortcuts, for those who do not know yet that `?` opens it. */
export function SheetButton() {
  const t = useTranslations("workspace");
  const { openSheet } = useShortcuts();
  return (
    <button type="button" className={classes.item} onClick={openSheet} aria-keyshortcuts="?">
      <IconKeyboard size={20} aria-hidden />
      {t("keyboard")}
    </button>
  );
}

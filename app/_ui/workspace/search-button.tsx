"use client";

import { IconSearch } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { KeyCap } from "../key-cap/key-cap.tsx";
import { useShortcuts } from "../shortcuts/shortcuts.tsx";
import classes from "./workspace.module.css";

/** Looks like the field that it opens. */
export function SearchButton() {
  const t = useTranslations("workspace");
  const { openPalette } = useShortcuts();
  return (
    <button type="button" className={classes.search} onClick={openPalette} aria-keyshortcuts="/ Control+K">
      <IconSearch size={18} aria-hidden />
      <span className={classes.searchWords}>{t("search")}</span>
      <KeyCap>/</KeyCap>
    </button>
  );
}

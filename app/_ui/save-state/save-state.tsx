"use client";

import { IconAlertTriangle, IconCheck, IconCloudOff, IconPencil } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import classes from "./save-state.module.css";

export type SaveStatus =
  | { is: "untouched" }
  | { is: "unsaved" }
  | { is: "saving" }
  | { is: "saved"; at: Date }
  | { is: "waiting" }
  | { is: "failed" };

const icons = {
  unsaved: IconPencil,
  saving: IconPencil,
  saved: IconCheck,
  waiting: IconCloudOff,
  failed: IconAlertTriangle,
};

/** What became of what was typed, in words: « Enregistré à 14 h 32 ». A screen reader hears it without losing its place. */
export function SaveState({ status }: { status: SaveStatus }) {
  const t = useTranslations("common.saved");
  const format = useFormatter();
  const Icon = status.is === "untouched" ? undefined : icons[status.is];
  return (
    <span className={classes.state} data-is={status.is} role="status">
      {Icon && <Icon size={16} aria-hidden />}
      {status.is === "saved" && t("saved", { time: format.dateTime(status.at, "time").replaceAll(" ", "\u00a0") })}
      {status.is !== "saved" && status.is !== "untouched" && t(status.is)}
    </span>
  );
}

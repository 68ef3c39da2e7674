import { IconPlugConnectedX } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import classes from "./offline-note.module.css";

/** The live line is down: what is on screen may be old, and since when. */
export function OfflineNote({ since }: { since: Date | undefined }) {
  const t = useTranslations("agenda");
  const format = useFormatter();
  return (
    <div role="status">
      {since && (
        <p className={classes.note} data-print="hide">
          <IconPlugConnectedX size={18} aria-hidden />
          {t("offline", { time: format.dateTime(since, "time").replaceAll(" ", "\u00a0") })}
        </p>
      )}
    </div>
  );
}

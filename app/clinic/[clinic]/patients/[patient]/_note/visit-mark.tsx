import { IconCalendarEvent } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import { Moment } from "../../../../../_ui/moment/moment.tsx";
import classes from "./note.module.css";

interface VisitMarkProps {
  visitAt: Date | string | null;
  /** The moment that the note is given beside it. */
  occurredAt: Date | string;
}

/** The visit that a note is of, where the note's own hour is another: one that was written ahead says so. */
export function VisitMark({ visitAt, occurredAt }: VisitMarkProps) {
  const t = useTranslations("notes");
  if (!visitAt) return null;
  const [visit, own] = [new Date(visitAt), new Date(occurredAt)];
  if (visit.getTime() === own.getTime()) return null;
  const hour = <Moment at={visit} as="dateAndTime" />;
  if (own < visit)
    return (
      <Chip tone="info" icon={<IconCalendarEvent size={14} />}>
        {t("beforeVisit")} {hour}
      </Chip>
    );
  return (
    <span className={classes.under}>
      {t("ofVisit")} {hour}
    </span>
  );
}

"use client";

import { IconArrowUpRight } from "@tabler/icons-react";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import type { TaskLine } from "#server/task/record.ts";
import classes from "./tasks.module.css";

/** Back to what the task came from, opened where it stands. */
export function FocusLink({ task }: { task: TaskLine }) {
  const t = useTranslations("tasks.focus");
  const { clinic } = useParams<{ clinic: string }>();
  const href = focusHref(`/clinic/${clinic}`, task);
  if (!href || !task.focusKind) return null;
  return (
    <Link href={href} prefetch={false} className={classes.focus}>
      {t(task.focusKind)} <IconArrowUpRight size={16} aria-hidden />
    </Link>
  );
}

function focusHref(base: string, task: TaskLine): string | undefined {
  const { focusKind, focusId, patientId } = task;
  const chart = `${base}/patients/${patientId}`;
  switch (focusKind) {
    case null:
      return;
    case "document":
      return task.focusPatientId
        ? `${base}/patients/${task.focusPatientId}/documents?doc=${focusId}`
        : `${base}/boite?doc=${focusId}`;
    case "appointment":
      return task.focusSittingId ? `${base}/agenda?date=${task.focusDate}&open=${task.focusSittingId}` : undefined;
    case "discussion":
      return `${base}/discussions?fil=${focusId}`;
    case "note":
      return `${chart}?note=${focusId}`;
    case "letter":
      return `${chart}/lettres/${focusId}`;
    case "medication":
    case "prescription":
      return `${chart}?ouvre=medicaments`;
    default:
      return chart;
  }
}

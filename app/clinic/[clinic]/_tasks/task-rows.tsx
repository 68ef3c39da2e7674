"use client";

import { Checkbox } from "@mantine/core";
import { IconAlertCircle, IconRepeat } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { TaskLine } from "#server/task/record.ts";
import { Due } from "./due.tsx";
import classes from "./tasks.module.css";
import { useRecipients } from "./use-recipients.ts";

interface TaskRowsProps {
  label: string;
  rows: readonly TaskLine[];
  today: string;
  /** Under the title: whose it is in a chart, whom it is about elsewhere. */
  under: "owner" | "patient";
  onOpen: (task: TaskLine) => void;
  onDone: (task: TaskLine) => void;
}

/** Tasks as they stand in a card: done by its box, opened by its words. Arrows walk them, as all rows of a chart. */
export function TaskRows({ label, rows, today, under, onOpen, onDone }: TaskRowsProps) {
  const t = useTranslations("tasks");
  const recipients = useRecipients();
  return (
    <ul className={classes.list} aria-label={label}>
      {rows.map((task) => (
        <li key={task.id} className={classes.row} data-unopened={task.openedAt === null || undefined}>
          <Checkbox
            checked={false}
            onChange={() => onDone(task)}
            aria-label={t("markDone", { title: task.title })}
            size="sm"
          />
          <button type="button" data-row className={classes.open} onClick={() => onOpen(task)}>
            {task.priority === "urgent" && (
              <span className={classes.mark}>
                <IconAlertCircle size={16} aria-hidden />
                {t("urgent")}
              </span>
            )}
            <span className={classes.title}>{task.title}</span>
            <span className={classes.under}>
              {[
                under === "owner" ? recipients.say(task.owner, task.ownerName) : task.patientName,
                task.escalatedAt && t("escalated"),
              ]
                .filter(Boolean)
                .join(" · ")}
              {task.repeatUnit && (
                <>
                  {" "}
                  <IconRepeat size={13} role="img" aria-label={t("repeats")} style={{ verticalAlign: "-2px" }} />
                </>
              )}
            </span>
          </button>
          <Due on={task.dueOn} today={today} />
        </li>
      ))}
    </ul>
  );
}

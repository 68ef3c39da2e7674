"use client";

import { ActionIcon, Button, type ButtonProps } from "@mantine/core";
import { IconChecklist } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { TaskForm, type TaskStart } from "./task-form.tsx";
import { useToday } from "./use-today.ts";

interface MakeTaskProps extends Pick<ButtonProps, "size" | "variant"> {
  start: TaskStart;
  /** In a narrow row: its icon, named by what it is of. */
  icon?: string;
}

/** « En faire une tâche »: what is looked at becomes something to do, and the task leads back to it. */
export function MakeTask({ start, icon, size = "compact-sm", variant = "subtle" }: MakeTaskProps) {
  const t = useTranslations("tasks");
  const today = useToday();
  const [open, setOpen] = useState(false);
  return (
    <>
      {icon === undefined ? (
        <Button
          variant={variant}
          size={size}
          leftSection={<IconChecklist size={16} aria-hidden />}
          onClick={() => setOpen(true)}
        >
          {t("make")}
        </Button>
      ) : (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label={`${t("make")} : ${icon}`}
          title={t("make")}
          onClick={() => setOpen(true)}
        >
          <IconChecklist size={16} aria-hidden />
        </ActionIcon>
      )}
      {open && (
        <TaskForm
          start={start}
          today={today}
          asksPatient={start.patientId === null}
          onClose={() => setOpen(false)}
          onSaved={() => setOpen(false)}
        />
      )}
    </>
  );
}

"use client";

import { Button, type ButtonProps } from "@mantine/core";
import { IconChecklist } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { TaskForm, type TaskStart } from "./task-form.tsx";
import { useToday } from "./use-today.ts";

interface MakeTaskProps extends Pick<ButtonProps, "size" | "variant"> {
  start: TaskStart;
}

/** « En faire une tâche »: what is looked at becomes something to do, and the task leads back to it. */
export function MakeTask({ start, size = "compact-sm", variant = "subtle" }: MakeTaskProps) {
  const t = useTranslations("tasks");
  const today = useToday();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant={variant}
        size={size}
        leftSection={<IconChecklist size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t("make")}
      </Button>
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

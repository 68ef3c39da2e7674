"use client";

import { Button, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { readDue } from "#server/task/read-due.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import type { TaskStart } from "./task-form.tsx";
import classes from "./tasks.module.css";
import { useRecipients } from "./use-recipients.ts";
import { useTaskActs } from "./use-tasks.ts";

interface QuickTaskProps {
  patientId: string | null;
  today: string;
  onClose: () => void;
  /** With more to say: who else, how often. */
  onMore: (start: TaskStart) => void;
}

/** One line for oneself: « rappeler dans 2 sem », Enter, done. It says what it understood while it is typed. */
export function QuickTask({ patientId, today, onClose, onMore }: QuickTaskProps) {
  const t = useTranslations("tasks");
  const client = useTRPCClient();
  const toast = useToast();
  const acts = useTaskActs();
  const recipients = useRecipients();
  const input = useRef<HTMLInputElement>(null);
  const [line, setLine] = useState("");
  const [id, setId] = useState(() => crypto.randomUUID() as string);
  const [busy, setBusy] = useState(false);
  useEffect(() => input.current?.focus(), []);
  const read = readDue(line, today);
  const title = (read?.rest || line).trim();
  const dueOn = read?.rest ? read.dueOn : null;

  async function add() {
    if (!title || busy || !recipients.me) return;
    const { me } = recipients;
    setBusy(true);
    const done = await acts.attempt(async () => {
      const owner = { kind: "user" as const, userId: me };
      const clinical = recipients.readsChart && patientId !== null;
      await client.task.add.mutate({ id, patientId, title, detail: "", owner, clinical, dueOn });
      toast({ message: t("added") });
    });
    setBusy(false);
    if (!done) return;
    setLine("");
    setId(crypto.randomUUID());
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") {
      event.stopPropagation();
      onClose();
    }
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (event.repeat) return;
    if (event.ctrlKey || event.metaKey) onMore({ title, dueOn, patientId });
    else void add();
  }

  return (
    <div className={classes.quick}>
      <TextInput
        ref={input}
        aria-label={t("quick")}
        placeholder={t("quickExample")}
        value={line}
        maxLength={200}
        onChange={(event) => setLine(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        autoComplete="off"
      />
      <div className={classes.hint}>
        <span role="status">{dueOn ? t("quickDue", { date: dueOn }) : t("quickHint")}</span>
        <Button variant="subtle" size="compact-sm" onClick={() => onMore({ title, dueOn, patientId })}>
          {t("more")}
        </Button>
      </div>
    </div>
  );
}

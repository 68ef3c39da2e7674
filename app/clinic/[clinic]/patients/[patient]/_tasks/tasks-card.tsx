"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { Section } from "../../../../../_ui/section/section.tsx";
import { useShortcutList } from "../../../../../_ui/shortcuts/use-shortcut-list.ts";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import { useLive } from "../../../_schedule/use-live.ts";
import { QuickTask } from "../../../_tasks/quick-task.tsx";
import { TaskDrawer } from "../../../_tasks/task-drawer.tsx";
import { TaskForm, type TaskStart } from "../../../_tasks/task-form.tsx";
import { TaskRows } from "../../../_tasks/task-rows.tsx";
import classes from "../../../_tasks/tasks.module.css";
import { useTaskActs } from "../../../_tasks/use-tasks.ts";
import { useToday } from "../../../_tasks/use-today.ts";
import { useUncover } from "../_documents/beside.tsx";

const shown = 6;

/** What is to do about this patient, whoever is to do it: added with `t`, done by its box. */
export function TasksCard({ patientId, mayRead }: { patientId: string; mayRead: boolean }) {
  const t = useTranslations("tasks");
  const trpc = useTRPC();
  const say = useErrorText();
  const { clinic } = useParams<{ clinic: string }>();
  const list = useQuery(trpc.task.list.queryOptions({ list: "all", patientId, most: shown, refresh: true }));
  useLive(() => void list.refetch(), "task");
  const acts = useTaskActs();
  const today = useToday();
  const [adding, setAdding] = useState(false);
  const [form, setForm] = useState<TaskStart>();
  const [open, setOpen] = useState<string>();
  const card = useRef<HTMLDivElement>(null);
  // Open already, it takes the hand again.
  const begin = () => (adding ? card.current?.querySelector("input")?.focus() : setAdding(true));
  const uncover = useUncover();
  const plus = useRef<HTMLButtonElement>(null);
  const add = () => uncover(plus.current, begin);
  useShortcutList([{ keys: "t", label: t("add"), group: t("group"), run: add }]);
  const rows = list.data?.rows ?? [];
  return (
    <Section
      title={t("title")}
      {...(rows.length > 0 && !list.data?.after && { count: rows.length })}
      action={
        <Tooltip label={`${t("add")} (t)`} openDelay={400}>
          <ActionIcon
            ref={plus}
            variant="subtle"
            color="encre"
            aria-label={t("add")}
            aria-keyshortcuts="t"
            onClick={add}
          >
            <IconPlus size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      }
    >
      {adding && (
        <div ref={card}>
          <QuickTask
            patientId={patientId}
            today={today}
            onClose={() => setAdding(false)}
            onMore={(start) => {
              setForm(start);
              setAdding(false);
            }}
          />
        </div>
      )}
      {list.isError && (
        <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
          {say(list.error).message}
        </ErrorPanel>
      )}
      {list.isPending && <SkeletonRows rows={2} />}
      {list.isSuccess && rows.length === 0 && !adding && (
        <p className={classes.none}>{t(mayRead ? "noneHere" : "noneDesk")}</p>
      )}
      {rows.length > 0 && (
        <TaskRows
          label={t("title")}
          rows={rows}
          today={list.data?.today ?? today}
          under="owner"
          onOpen={({ id }) => setOpen(id)}
          onDone={(task) => void acts.complete(task)}
        />
      )}
      {list.data?.after && (
        <Link href={`/clinic/${clinic}/taches?patient=${patientId}`} prefetch={false} className={classes.all}>
          {t("allHere")}
        </Link>
      )}
      {form && (
        <TaskForm start={form} today={today} onClose={() => setForm(undefined)} onSaved={() => setForm(undefined)} />
      )}
      {open && <TaskDrawer id={open} today={list.data?.today ?? today} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}

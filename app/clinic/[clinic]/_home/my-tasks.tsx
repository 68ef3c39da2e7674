"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useLive } from "../_schedule/use-live.ts";
import { useSeenQuery } from "../_schedule/use-seen-query.ts";
import { TaskDrawer } from "../_tasks/task-drawer.tsx";
import { TaskRows } from "../_tasks/task-rows.tsx";
import classes from "../_tasks/tasks.module.css";
import { useTaskActs } from "../_tasks/use-tasks.ts";

const shown = 6;

/** What this person has to do, the latest first: late in words, done by its box. */
export function MyTasks({ slug }: { slug: string }) {
  const t = useTranslations("tasks");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const acts = useTaskActs();
  const [open, setOpen] = useState<string>();
  const input = { list: "forMe" as const, most: shown };
  const list = useSeenQuery(trpc.task.list.queryKey(input), (refresh, options) =>
    client.task.list.query({ ...input, refresh }, options),
  );
  useLive(() => void list.refetch(), "task");
  // The day of a working person is not held up by a card: what failed is read again at the next change.
  if (!list.data) return null;
  const { rows, today, after } = list.data;
  const late = rows.filter(({ dueOn }) => dueOn !== null && dueOn < today).length;
  return (
    <Section
      title={t("mineTitle")}
      action={
        <>
          {late > 0 && <Chip tone="attention">{t("lateCount", { count: late })}</Chip>}{" "}
          <Link href={`/clinic/${slug}/taches`} prefetch={false}>
            {t("seeAll")}
          </Link>
        </>
      }
    >
      {rows.length === 0 ? (
        <p className={classes.none}>{t("noneMine")}</p>
      ) : (
        <TaskRows
          label={t("mineTitle")}
          rows={rows}
          today={today}
          under="patient"
          onOpen={({ id }) => setOpen(id)}
          onDone={(task) => void acts.complete(task)}
        />
      )}
      {after && (
        <Link href={`/clinic/${slug}/taches`} prefetch={false} className={classes.all}>
          {t("others")}
        </Link>
      )}
      {open && <TaskDrawer id={open} today={today} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}

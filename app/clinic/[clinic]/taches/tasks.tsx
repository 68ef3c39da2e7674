"use client";

import { ActionIcon, Button, Checkbox, SegmentedControl, Select, Tooltip } from "@mantine/core";
import {
  IconAlertCircle,
  IconCheck,
  IconChecklist,
  IconPlus,
  IconRepeat,
  IconSettings,
  IconUserShare,
} from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { TaskLine } from "#server/task/record.ts";
import { type TaskList, taskLists } from "#server/task/schema.ts";
import { SayWhy, Withheld } from "../../../_ground/say-why.tsx";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { type Column, DataTable } from "../../../_ui/data-table/data-table.tsx";
import { usePages } from "../../../_ui/data-table/use-pages.ts";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { KeyCap } from "../../../_ui/key-cap/key-cap.tsx";
import { PageBody, PageHead } from "../../../_ui/page-head/page-head.tsx";
import { useShortcutList } from "../../../_ui/shortcuts/use-shortcut-list.ts";
import { useSettledUndo, useToast } from "../../../_ui/toast/toast.tsx";
import { useLive } from "../_schedule/use-live.ts";
import { useSeenQuery } from "../_schedule/use-seen-query.ts";
import { Due } from "../_tasks/due.tsx";
import { TaskDrawer } from "../_tasks/task-drawer.tsx";
import { TaskForm } from "../_tasks/task-form.tsx";
import classes from "../_tasks/tasks.module.css";
import { useRecipients } from "../_tasks/use-recipients.ts";
import { useTaskActs } from "../_tasks/use-tasks.ts";
import { useToday } from "../_tasks/use-today.ts";
import { keep, readKept } from "./kept-list.ts";
import { PolicyDrawer } from "./policy-drawer.tsx";
import { ReassignDialog } from "./reassign-dialog.tsx";

const most = 50;

interface TasksProps {
  clinicId: string;
  userId: string;
  /** About one patient only. */
  patientId: string | null;
  /** The task that the address opens. */
  first: string | undefined;
  mayManage: boolean;
}

/** The worklist: one's own first, several done at once, and those of whoever left given to somebody else. */
export function Tasks({ clinicId, userId, patientId, first, mayManage }: TasksProps) {
  const t = useTranslations("tasks");
  const say = useErrorText();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const toast = useToast();
  const acts = useTaskActs();
  const todayHere = useToday();
  const [list, setList] = useState<TaskList>(patientId ? "all" : "mine");
  useEffect(() => {
    if (!patientId) setList(readKept(clinicId, userId));
  }, [clinicId, userId, patientId]);
  const pages = usePages(most);
  const input = { list, patientId, cursor: pages.last, most };
  const page = useSeenQuery(trpc.task.list.queryKey(input), (refresh, options) =>
    client.task.list.query({ ...input, refresh }, options),
  );
  const orphans = useQuery({
    ...trpc.task.list.queryOptions({ list: "orphaned", most: 1, refresh: true }),
    placeholderData: keepPreviousData,
  });
  useLive(() => {
    void page.refetch();
    void orphans.refetch();
  }, "task");
  const [open, setOpen] = useState(first);
  const [adding, setAdding] = useState(false);
  const [settling, setSettling] = useState(false);
  const [giving, setGiving] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const rows = page.data?.rows;
  useSettledUndo(rows);
  const today = page.data?.today ?? todayHere;
  // Of what is on this page: a row that went away is chosen no more.
  const items = (rows ?? []).filter(({ id, closedAt }) => chosen.has(id) && !closedAt);

  function choose(next: TaskList) {
    setList(next);
    setChosen(new Set());
    pages.restart();
    keep(clinicId, userId, next);
  }
  const toggle = (id: string) =>
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });

  async function completeAll() {
    const sent = items.map(({ id, version }) => ({ id, version }));
    await acts.attempt(async () => {
      const { done, left } = await client.task.completeMany.mutate({ items: sent });
      setChosen(new Set(left));
      toast({
        message: [t("doneMany", { count: done.length }), left.length > 0 && t("leftMany", { count: left.length })]
          .filter(Boolean)
          .join(" "),
        tone: left.length > 0 ? "danger" : "done",
      });
    });
  }

  useShortcutList([
    { keys: "n", label: t("add"), group: t("group"), run: () => setAdding(true) },
    { keys: "x", label: t("chooseRow"), group: t("group"), run: () => pressFocused() },
    ...(items.length > 0
      ? [{ keys: "e", label: t("completeMany"), group: t("group"), run: () => void completeAll() }]
      : []),
  ]);
  const columns = useColumns({ today, chosen, toggle, list });
  const add = (
    <Button
      leftSection={<IconPlus size={18} aria-hidden />}
      rightSection={<KeyCap>n</KeyCap>}
      aria-keyshortcuts="n"
      onClick={() => setAdding(true)}
    >
      {t("add")}
    </Button>
  );
  const names = taskLists.map((value) => ({
    value,
    label:
      value === "orphaned" && (orphans.data?.rows.length ?? 0) > 0 ? `${t(`lists.${value}`)} !` : t(`lists.${value}`),
  }));

  return (
    <>
      <PageHead title={t("title")} context={<span>{t("lead")}</span>}>
        {mayManage && (
          <Tooltip label={t("policy")} openDelay={400}>
            <ActionIcon variant="default" size={36} aria-label={t("policy")} onClick={() => setSettling(true)}>
              <IconSettings size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
        {add}
      </PageHead>
      <PageBody>
        <div className={classes.filters}>
          <SegmentedControl
            visibleFrom="sm"
            aria-label={t("which")}
            data={names}
            value={list}
            onChange={(next) => choose(next as TaskList)}
          />
          <Select
            hiddenFrom="sm"
            aria-label={t("which")}
            data={names}
            value={list}
            onChange={(next) => next && choose(next as TaskList)}
            allowDeselect={false}
          />
          {patientId && <OnePatient name={rows?.[0]?.patientName ?? null} />}
        </div>
        {items.length > 0 && (
          <div className={classes.batch} role="toolbar" aria-label={t("chosen", { count: items.length })}>
            <strong>{t("chosen", { count: items.length })}</strong>
            <Button
              size="compact-sm"
              leftSection={<IconCheck size={16} aria-hidden />}
              rightSection={<KeyCap>e</KeyCap>}
              aria-keyshortcuts="e"
              onClick={() => void completeAll()}
            >
              {t("completeMany")}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconUserShare size={16} aria-hidden />}
              onClick={() => setGiving(true)}
            >
              {t("giveTo")}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => setChosen(new Set())}>
              {t("chooseNone")}
            </Button>
          </div>
        )}
        {page.isError ? (
          <ErrorPanel requestId={say(page.error).requestId} onRetry={() => void page.refetch()}>
            {say(page.error).message}
          </ErrorPanel>
        ) : (
          <DataTable
            label={t("title")}
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            onOpen={({ id }) => setOpen(id)}
            {...(open && { selected: open })}
            paging={pages.paging(rows, page.data?.after)}
            empty={
              <EmptyState icon={<IconChecklist />} title={t(`none.${list}`)} action={add}>
                {t("noneText")}
              </EmptyState>
            }
          />
        )}
      </PageBody>
      {open && <TaskDrawer id={open} today={today} onClose={() => setOpen(undefined)} />}
      {adding && (
        <TaskForm
          start={{ patientId }}
          asksPatient={patientId === null}
          today={today}
          onClose={() => setAdding(false)}
          onSaved={() => setAdding(false)}
        />
      )}
      {giving && (
        <ReassignDialog
          tasks={items}
          onClose={() => setGiving(false)}
          onDone={(left) => {
            setGiving(false);
            setChosen(new Set(left));
          }}
        />
      )}
      {settling && <PolicyDrawer onClose={() => setSettling(false)} />}
    </>
  );
}

/** The row that has the focus: its box. */
function pressFocused() {
  const row = document.activeElement?.closest("tr");
  row?.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
}

function OnePatient({ name }: { name: string | null }) {
  const t = useTranslations("tasks");
  const { clinic } = useParams<{ clinic: string }>();
  return (
    <span>
      {name ?? t("onePatient")} · <Link href={`/clinic/${clinic}/taches`}>{t("everyPatient")}</Link>
    </span>
  );
}

interface ColumnsOf {
  today: string;
  chosen: ReadonlySet<string>;
  toggle: (id: string) => void;
  list: TaskList;
}

function useColumns({ today, chosen, toggle, list }: ColumnsOf): Column<TaskLine>[] {
  const t = useTranslations("tasks");
  const recipients = useRecipients();
  return [
    {
      key: "what",
      label: t("what"),
      cell: ({ title, withheld, patientName, priority, openedAt, closedAt, repeatUnit }) => (
        <span className={classes.cellTitle}>
          {priority === "urgent" && (
            <span className={classes.mark}>
              <IconAlertCircle size={16} aria-hidden />
              {t("urgent")}
            </span>
          )}
          <span style={{ fontWeight: openedAt || closedAt ? 500 : 700 }}>
            {withheld ? <Withheld>{t("withheld")}</Withheld> : title}
          </span>
          {repeatUnit && (
            <>
              {" "}
              <IconRepeat size={14} role="img" aria-label={t("repeats")} style={{ verticalAlign: "-2px" }} />
            </>
          )}
          {patientName && <span className={classes.under}>{patientName}</span>}
        </span>
      ),
      beneath: ({ withheld, patientId, patientName }) =>
        withheld && patientId && <SayWhy patientId={patientId} name={patientName} />,
    },
    {
      key: "due",
      label: t("due"),
      width: "130px",
      cell: ({ dueOn, closedAt }) => <Due on={dueOn} today={today} closed={closedAt !== null} />,
    },
    {
      key: "owner",
      label: t("owner"),
      secondary: true,
      cell: (task) => (
        <>
          {recipients.say(task.owner, task.ownerName)}{" "}
          {!task.ownerActive && !task.closedAt && <Chip tone="attention">{t("ownerLeft")}</Chip>}
          {task.author && <span className={classes.under}>{t("askedBy", { name: task.author })}</span>}
        </>
      ),
    },
    {
      key: "state",
      label: t("state"),
      secondary: true,
      cell: (task) =>
        task.escalatedAt && !task.closedAt ? (
          <>
            <Chip tone="attention">{t("escalated")}</Chip>
            {task.escalatesTo && (
              <span className={classes.under}>
                {t("toldToWhom", { name: recipients.say(task.escalatesTo, task.escalatesToName) })}
              </span>
            )}
          </>
        ) : (
          <Chip tone={task.status === "completed" ? "good" : task.status === "requested" ? "info" : "neutral"}>
            {t(`statuses.${task.status}`)}
          </Chip>
        ),
    },
    ...(list === "closed"
      ? []
      : [
          {
            key: "choose",
            label: t("choose"),
            align: "end" as const,
            width: "84px",
            cell: ({ id, title, withheld, patientName }: TaskLine) => (
              <Checkbox
                className={classes.check}
                styles={{ body: { justifyContent: "flex-end" } }}
                checked={chosen.has(id)}
                onChange={() => toggle(id)}
                aria-label={t("chooseOne", { title: withheld ? `${t("withheld")}, ${patientName ?? ""}` : title })}
              />
            ),
          },
        ]),
  ];
}

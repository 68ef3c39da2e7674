"use client";

import { Button, Drawer, Textarea, TextInput } from "@mantine/core";
import { IconCheck, IconHistory, IconLock, IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { TaskLine } from "#server/task/record.ts";
import { SayWhy } from "../../../_ground/say-why.tsx";
import { languageOf } from "../../../_i18n/locale.ts";
import { useTRPC, useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Chip } from "../../../_ui/chip/chip.tsx";
import { ErrorPanel } from "../../../_ui/error-panel/error-panel.tsx";
import { useFocusBack } from "../../../_ui/focus/use-focus-back.ts";
import { KeyCap } from "../../../_ui/key-cap/key-cap.tsx";
import { Moment } from "../../../_ui/moment/moment.tsx";
import { SkeletonRows } from "../../../_ui/skeleton/skeleton.tsx";
import { Due } from "./due.tsx";
import { FocusLink } from "./focus-link.tsx";
import { TaskForm } from "./task-form.tsx";
import classes from "./tasks.module.css";
import { useRecipients } from "./use-recipients.ts";
import { useRefreshTasks, useTaskActs } from "./use-tasks.ts";

interface TaskDrawerProps {
  id: string;
  today: string;
  onClose: () => void;
}

/** One task: what, for whom, by when, where it came from; and done with Ctrl Enter. Looked at by whoever it is for, it is opened. */
export function TaskDrawer({ id, today, onClose }: TaskDrawerProps) {
  const t = useTranslations("tasks");
  const common = useTranslations("common");
  const say = useErrorText();
  const trpc = useTRPC();
  useFocusBack();
  useOpened(id);
  const task = useQuery(trpc.task.read.queryOptions({ id }));
  const [changing, setChanging] = useState(false);
  if (changing && task.data)
    return (
      <TaskForm task={task.data} today={today} onClose={() => setChanging(false)} onSaved={() => setChanging(false)} />
    );
  return (
    <Drawer
      opened
      onClose={onClose}
      title={task.data?.withheld ? t("withheld") : (task.data?.title ?? t("one"))}
      position="right"
      size={480}
      closeButtonProps={{ "aria-label": common("close") }}
    >
      {task.isError && (
        <ErrorPanel requestId={say(task.error).requestId} onRetry={() => void task.refetch()}>
          {say(task.error).message}
        </ErrorPanel>
      )}
      {task.isPending && <SkeletonRows rows={6} />}
      {task.data && (
        <Shown
          key={`${task.data.version} ${task.data.withheld}`}
          task={task.data}
          today={today}
          onChange={() => setChanging(true)}
          onClose={onClose}
        />
      )}
    </Drawer>
  );
}

/** The server knows whose it is: of anybody else it opens nothing. */
function useOpened(id: string) {
  const client = useTRPCClient();
  const refresh = useRefreshTasks();
  const asked = useRef<string>(undefined);
  useEffect(() => {
    if (asked.current === id) return;
    asked.current = id;
    // What it could not be marked with is marked the next time that it is opened.
    client.task.open.mutate({ id }).then(refresh, () => undefined);
  }, [client, id, refresh]);
}

interface ShownProps {
  task: TaskLine;
  today: string;
  onChange: () => void;
  onClose: () => void;
}

function Shown({ task, today, onChange, onClose }: ShownProps) {
  const t = useTranslations("tasks");
  const locale = languageOf(useLocale());
  const { clinic } = useParams<{ clinic: string }>();
  const recipients = useRecipients();
  const acts = useTaskActs();
  const [outcome, setOutcome] = useState("");
  const [cancelling, setCancelling] = useState(false);
  const [busy, setBusy] = useState(false);
  const open = task.closedAt === null;
  const mayAct = !task.withheld;

  async function run(work: () => Promise<boolean>) {
    if (busy) return;
    setBusy(true);
    const done = await work();
    setBusy(false);
    if (done) onClose();
  }
  const complete = () => void run(() => acts.complete(task, outcome));

  function onKeyDown(event: KeyboardEvent) {
    if (!open || !mayAct || cancelling || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!event.repeat) complete();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl Enter is heard from the fields within.
    <div onKeyDown={onKeyDown}>
      <div className={classes.chips}>
        <Chip tone={task.status === "completed" ? "good" : task.status === "cancelled" ? "neutral" : "info"}>
          {t(`statuses.${task.status}`)}
        </Chip>
        {task.priority === "urgent" && <Chip tone="danger">{t("urgent")}</Chip>}
        {task.escalatedAt && open && <Chip tone="attention">{t("escalated")}</Chip>}
        {!task.ownerActive && open && <Chip tone="attention">{t("ownerLeft")}</Chip>}
        {task.clinical && (
          <Chip tone="neutral" icon={<IconLock />}>
            {t("clinicalChip")}
          </Chip>
        )}
      </div>
      {task.withheld && task.patientId && (
        <section className={classes.withheld}>
          <p>{t("withheldText")}</p>
          <SayWhy patientId={task.patientId} name={task.patientName} />
        </section>
      )}
      {task.detail && (
        <p className={classes.detail} lang={locale}>
          {task.detail}
        </p>
      )}
      <dl className={classes.facts}>
        {task.patientId && (
          <>
            <dt>{t("patient")}</dt>
            <dd>
              <Link href={`/clinic/${clinic}/patients/${task.patientId}`} prefetch={false}>
                {task.patientName ?? t("hidden")}
              </Link>{" "}
              <span className="cv-nowrap">{task.birthDate}</span>
            </dd>
          </>
        )}
        {task.focusKind && (
          <>
            <dt>{t("from")}</dt>
            <dd>
              <FocusLink task={task} />
            </dd>
          </>
        )}
        <dt>{t("due")}</dt>
        <dd>
          {task.dueOn ? (
            <>
              {task.dueOn} {open && task.dueOn <= today && <Due on={task.dueOn} today={today} />}
            </>
          ) : (
            t("noDue")
          )}
        </dd>
        <dt>{t("owner")}</dt>
        <dd>{recipients.say(task.owner, task.ownerName)}</dd>
        {task.repeatUnit && task.repeatEvery && (
          <>
            <dt>{t("repeat")}</dt>
            <dd>
              {t("every", { count: task.repeatEvery, unit: task.repeatUnit })}
              {task.repeatUntil && `, ${t("untilDay", { date: task.repeatUntil })}`}
            </dd>
          </>
        )}
        <dt>{t("asked")}</dt>
        <dd>
          {task.author}, <Moment at={task.createdAt} as="dateAndTime" />
        </dd>
        {task.openedAt && (
          <>
            <dt>{t("opened")}</dt>
            <dd>
              {task.openedBy ?? ""}, <Moment at={task.openedAt} as="dateAndTime" />
            </dd>
          </>
        )}
        {open && !task.openedAt && task.escalatesTo && (
          <>
            <dt>{t(task.escalatedAt ? "toldTo" : "willTell")}</dt>
            <dd>
              {recipients.say(task.escalatesTo, task.escalatesToName)}
              {(task.escalatedAt ?? task.escalatesAt) && (
                <>
                  , <Moment at={task.escalatedAt ?? task.escalatesAt ?? task.createdAt} as="dateAndTime" />
                </>
              )}
            </dd>
          </>
        )}
        {task.closedAt && (
          <>
            <dt>{t(task.status === "completed" ? "doneBy" : "cancelledBy")}</dt>
            <dd>
              {task.closedBy ?? ""}, <Moment at={task.closedAt} as="dateAndTime" />
              {task.outcome && <span className={classes.under}>{task.outcome}</span>}
            </dd>
          </>
        )}
      </dl>
      {open && mayAct && !cancelling && (
        <div className={classes.form}>
          <Textarea
            label={t("outcome")}
            value={outcome}
            maxLength={1000}
            autosize
            minRows={1}
            maxRows={6}
            onChange={(event) => setOutcome(event.currentTarget.value)}
            data-autofocus
          />
          <div className={classes.acts}>
            <Button
              loading={busy}
              onClick={complete}
              leftSection={<IconCheck size={18} aria-hidden />}
              rightSection={<KeyCap>Ctrl ↵</KeyCap>}
              aria-keyshortcuts="Control+Enter"
            >
              {t("done")}
            </Button>
            <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={onChange}>
              {t("change")}
            </Button>
            <Button variant="subtle" color="brique" onClick={() => setCancelling(true)}>
              {t("cancelTask")}
            </Button>
          </div>
        </div>
      )}
      {cancelling && (
        <CancelForm
          onLeave={() => setCancelling(false)}
          onCancel={(reason) => void run(() => acts.cancel(task, reason))}
        />
      )}
      {!open && mayAct && (
        <Button variant="default" onClick={() => void run(() => acts.reopen(task.id, task.version))}>
          {t("reopen")}
        </Button>
      )}
      {recipients.readsChart && mayAct && <Versions id={task.id} />}
    </div>
  );
}

function CancelForm({ onLeave, onCancel }: { onLeave: () => void; onCancel: (reason: string) => void }) {
  const t = useTranslations("tasks");
  const common = useTranslations("common");
  const [reason, setReason] = useState("");
  function submit(event: FormEvent) {
    event.preventDefault();
    if (reason.trim()) onCancel(reason);
  }
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        label={t("cancelWhy")}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
        autoComplete="off"
        data-autofocus
      />
      <div className={classes.acts}>
        <Button type="submit" color="brique" disabled={!reason.trim()}>
          {t("cancelTask")}
        </Button>
        <Button variant="subtle" onClick={onLeave}>
          {common("cancel")}
        </Button>
      </div>
    </form>
  );
}

/** What it said before; asked for, since each opening of it is in the journal. */
function Versions({ id }: { id: string }) {
  const t = useTranslations("tasks");
  const say = useErrorText();
  const trpc = useTRPC();
  const recipients = useRecipients();
  const [asked, setAsked] = useState(false);
  const versions = useQuery({ ...trpc.task.versions.queryOptions({ id }), enabled: asked, staleTime: 0 });
  return (
    <div className={classes.part}>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconHistory size={16} aria-hidden />}
        aria-expanded={asked}
        onClick={() => setAsked(!asked)}
      >
        {t("history")}
      </Button>
      {asked && versions.isError && <p className={classes.none}>{say(versions.error).message}</p>}
      {asked && versions.data?.length === 0 && <p className={classes.none}>{t("noHistory")}</p>}
      {asked && versions.data && (
        <ul className={classes.versions}>
          {versions.data.map((one) => (
            <li key={one.version}>
              <strong>{one.title}</strong>
              <span className={classes.under}>
                {[t(`statuses.${one.status}`), recipients.say(one.owner, one.ownerName), one.dueOn]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
              <span className={classes.under}>
                {t("replacedBy", { by: one.replacedBy || t("program") })}{" "}
                <Moment at={one.validUntil} as="dateAndTime" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

"use client";

import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { EntryKind } from "#server/record-entry/schema.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { MakeTask } from "../../../_tasks/make-task.tsx";
import type { TaskStart } from "../../../_tasks/task-form.tsx";
import classes from "./summary.module.css";
import { useRefreshRecord } from "./use-summary.ts";

interface EntryActsProps {
  kind: EntryKind;
  id: string;
  version: number;
  by: string;
  writtenAt: Date;
  mayWrite: boolean;
  onGone: () => void;
  /** What a task that is made of it begins with. */
  task?: TaskStart;
}

/** Who wrote it, what it was before, and « entered in error » with its reason: the same under every statement. */
export function EntryActs({ kind, id, version, by, writtenAt, mayWrite, onGone, task }: EntryActsProps) {
  const t = useTranslations("record");
  const format = useFormatter();
  const [shown, setShown] = useState<"versions" | "error">();
  const date = format.dateTime(writtenAt, "date");
  const toggle = (what: "versions" | "error") => setShown((before) => (before === what ? undefined : what));
  return (
    <div className={classes.acts}>
      <p className={classes.written}>{by ? t("written", { date, by }) : t("writtenNobody", { date })}</p>
      <div className={classes.actRow}>
        <Button
          variant="subtle"
          size="compact-sm"
          aria-expanded={shown === "versions"}
          onClick={() => toggle("versions")}
        >
          {t("versions")}
        </Button>
        {mayWrite && task && <MakeTask start={task} />}
        {mayWrite && (
          <Button
            variant="subtle"
            color="brique"
            size="compact-sm"
            aria-expanded={shown === "error"}
            onClick={() => toggle("error")}
          >
            {t("inError")}
          </Button>
        )}
      </div>
      {shown === "versions" && <Versions kind={kind} id={id} />}
      {shown === "error" && <InError kind={kind} id={id} version={version} onGone={onGone} />}
    </div>
  );
}

function Versions({ kind, id }: { kind: EntryKind; id: string }) {
  const t = useTranslations("record");
  const columns = useTranslations("record.columns");
  const format = useFormatter();
  const trpc = useTRPC();
  const versions = useQuery(trpc.recordEntry.versions.queryOptions({ kind, id }));
  if (!versions.data) return null;
  if (versions.data.length === 0) return <p className={classes.written}>{t("noVersion")}</p>;
  return (
    <ol className={classes.versions}>
      {versions.data.map(({ version, validUntil, replacedBy, content }) => (
        <li key={version}>
          <span className={classes.written}>
            {t("until", { date: format.dateTime(validUntil, "dateAndTime"), by: replacedBy || "–" })}
          </span>
          <dl className={classes.facts}>
            {Object.entries(content).map(([name, value]) => (
              <div key={name}>
                <dt>{columns.has(name as "label") ? columns(name as "label") : name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}

function InError({ kind, id, version, onGone }: Pick<EntryActsProps, "kind" | "id" | "version" | "onGone">) {
  const t = useTranslations("record");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const refresh = useRefreshRecord();
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  async function mark(event: FormEvent) {
    event.preventDefault();
    if (reason.trim() === "") return;
    setBusy(true);
    try {
      await client.recordEntry.markInError.mutate({ kind, id, version, reason });
      toast({ message: t("inErrorDone") });
      onGone();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    } finally {
      setBusy(false);
      await refresh();
    }
  }
  return (
    <form className={classes.inError} onSubmit={mark}>
      <TextInput
        label={t("inErrorWhy")}
        description={t("inErrorHint")}
        value={reason}
        maxLength={300}
        onChange={(event) => setReason(event.currentTarget.value)}
        autoComplete="off"
      />
      <Button type="submit" color="brique" size="compact-sm" loading={busy} disabled={reason.trim() === ""}>
        {t("inErrorDo")}
      </Button>
    </form>
  );
}

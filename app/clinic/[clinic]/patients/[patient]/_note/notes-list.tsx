"use client";

import { Button } from "@mantine/core";
import { IconClockExclamation, IconLink, IconLock, IconNotes } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { NoteLine } from "#server/note/list-notes.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import { EmptyState } from "../../../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { Moment } from "../../../../../_ui/moment/moment.tsx";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import { firstNotes, justRead } from "./first-notes.ts";
import classes from "./note.module.css";
import type { AskedProblem } from "./problem-notes.tsx";
import { type Span, Timeline } from "./timeline.tsx";
import { VisitMark } from "./visit-mark.tsx";

interface NotesListProps {
  patientId: string;
  /** Those that are being written stand above the list already. */
  withoutDrafts: boolean;
  /** Only what hangs on this one. */
  problem: AskedProblem | undefined;
  onEveryNote: () => void;
  onOpen: (id: string) => void;
  onEdit: (id: string) => void;
}

/** A patient's notes, the newest first; the timeline above narrows them from years to days. */
export function NotesList({ patientId, withoutDrafts, problem, onEveryNote, onOpen, onEdit }: NotesListProps) {
  const t = useTranslations("notes");
  const say = useErrorText();
  const client = useTRPCClient();
  const [chosen, setSpan] = useState<Span>();
  // All the notes of a problem, whenever: its years are not those of the timeline.
  const span = problem ? undefined : chosen;
  const pages = useInfiniteQuery({
    queryKey: firstNotes.queryKey(patientId, span?.from, span?.until, problem?.id),
    queryFn: ({ pageParam, signal }) =>
      client.note.list.query(
        {
          patientId,
          most: firstNotes.most,
          from: span?.from,
          until: span?.until,
          conditionId: problem?.id,
          ...(pageParam && { after: pageParam }),
        },
        { signal },
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.after ?? undefined,
    staleTime: justRead,
  });
  const rows = pages.data?.pages
    .flatMap((page) => page.rows)
    .filter(({ status }) => !withoutDrafts || status !== "preliminary");
  return (
    <div className={classes.notes}>
      {problem ? (
        <p className={classes.asked} role="status">
          <IconLink size={16} aria-hidden />
          <strong>{t("ofProblemTitle", { label: problem.label })}</strong>
          <Button variant="default" size="compact-sm" onClick={onEveryNote}>
            {t("allNotes")}
          </Button>
        </p>
      ) : (
        <Timeline patientId={patientId} span={span} onSpan={setSpan} />
      )}
      {pages.isError && (
        <ErrorPanel requestId={say(pages.error).requestId} onRetry={() => void pages.refetch()}>
          {say(pages.error).message}
        </ErrorPanel>
      )}
      {!rows && !pages.isError && <SkeletonRows />}
      {rows?.length === 0 && (
        <EmptyState icon={<IconNotes size={24} />} title={t("none")}>
          {t(problem ? "noneOfProblem" : "noneText")}
        </EmptyState>
      )}
      {rows && rows.length > 0 && (
        <ul className={classes.lines}>
          {rows.map((row) => (
            <li key={row.id}>
              <Line row={row} onOpen={() => (row.status === "preliminary" ? onEdit(row.id) : onOpen(row.id))} />
            </li>
          ))}
        </ul>
      )}
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => void pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {t("older")}
        </Button>
      )}
    </div>
  );
}

function Line({ row, onOpen }: { row: NoteLine; onOpen: () => void }) {
  const t = useTranslations("notes");
  return (
    <button type="button" className={classes.line} onClick={onOpen} data-status={row.status}>
      <span className={classes.lineHead}>
        <span className={classes.day}>
          <Moment at={row.occurredAt} />
        </span>
        <strong>{row.reason || row.title}</strong>
        <VisitMark visitAt={row.visitAt} occurredAt={row.occurredAt} />
        {row.status === "preliminary" && <Chip tone="attention">{t(row.mine ? "unsignedMine" : "unsigned")}</Chip>}
        {row.status === "entered-in-error" && <Chip tone="danger">{t("inError")}</Chip>}
        {row.awaitsCosign && <Chip tone="attention">{t("toCosign")}</Chip>}
        {row.late && (
          <Chip tone="attention" icon={<IconClockExclamation size={14} />}>
            {t("late")}
          </Chip>
        )}
        {row.private && (
          <Chip tone="info" icon={<IconLock size={14} />}>
            {t("private")}
          </Chip>
        )}
        {row.status === "amended" && <Chip>{t("amended")}</Chip>}
        {row.addenda > 0 && <Chip>{t("addenda", { count: row.addenda })}</Chip>}
      </span>
      <span className={classes.under}>
        {row.author}
        {row.reason && row.title ? ` · ${row.title}` : ""}
      </span>
      {row.excerpt && <span className={classes.excerpt}>{row.excerpt}</span>}
    </button>
  );
}

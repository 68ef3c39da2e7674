"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { IconMessagePlus } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { Moment } from "../../../../../_ui/moment/moment.tsx";
import { Section } from "../../../../../_ui/section/section.tsx";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import classes from "../../../_discussions/discussions.module.css";
import { StartDrawer } from "../../../_discussions/start-drawer.tsx";
import { ThreadDrawer } from "../../../_discussions/thread-drawer.tsx";
import { useLive } from "../../../_schedule/use-live.ts";

const shown = 4;

/** What staff say to each other about this patient, the last said first. */
export function DiscussionsCard({ patientId }: { patientId: string }) {
  const t = useTranslations("discussions");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const say = useErrorText();
  const { clinic } = useParams<{ clinic: string }>();
  const list = useQuery(trpc.discussion.list.queryOptions({ list: "all", patientId, most: shown, refresh: true }));
  useLive(() => void list.refetch(), "discussion");
  const [open, setOpen] = useState<string>();
  const [starting, setStarting] = useState(false);
  const rows = list.data?.rows ?? [];
  const unread = rows.filter((row) => row.unread).length;
  return (
    <Section
      title={t("title")}
      action={
        <>
          {unread > 0 && <Chip tone="attention">{t("unread", { count: unread })}</Chip>}
          <Tooltip label={t("start")} openDelay={400}>
            <ActionIcon variant="subtle" color="encre" aria-label={t("start")} onClick={() => setStarting(true)}>
              <IconMessagePlus size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </>
      }
    >
      {list.isError && (
        <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
          {say(list.error).message}
        </ErrorPanel>
      )}
      {list.isPending && <SkeletonRows rows={2} />}
      {list.isSuccess && rows.length === 0 && <p className={classes.none}>{t("noneHere")}</p>}
      <ul className={classes.list} aria-label={t("title")}>
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              data-row
              className={classes.row}
              data-unread={row.unread || undefined}
              onClick={() => setOpen(row.id)}
            >
              <span className={classes.subject}>
                {row.subject} {row.unread && <Chip tone="attention">{t("new")}</Chip>}
              </span>
              <span className={classes.when}>
                <Moment at={row.lastMessageAt} as="date" />
              </span>
              <span className={classes.last}>{t("last", { by: row.lastAuthor, body: row.lastBody })}</span>
            </button>
          </li>
        ))}
      </ul>
      {list.data?.after && (
        <Link href={`/clinic/${clinic}/discussions?patient=${patientId}`} prefetch={false} className={classes.all}>
          {t("allHere")}
        </Link>
      )}
      {starting && (
        <StartDrawer
          patientId={patientId}
          onClose={() => setStarting(false)}
          onStarted={(id) => {
            setStarting(false);
            setOpen(id);
            void queries.invalidateQueries(trpc.discussion.pathFilter());
          }}
        />
      )}
      {open && <ThreadDrawer key={open} id={open} onClose={() => setOpen(undefined)} />}
    </Section>
  );
}

"use client";

import { Button } from "@mantine/core";
import { IconChevronLeft, IconPhonePlus, IconSend } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { EmptyState } from "../../../../../_ui/empty-state/empty-state.tsx";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { useShortcutList } from "../../../../../_ui/shortcuts/use-shortcut-list.ts";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import classes from "../../../_sending/sending.module.css";
import { TellDrawer } from "../../../_sending/tell-drawer.tsx";
import { CommunicationRow } from "./communication-row.tsx";

interface CommunicationsProps {
  slug: string;
  patientId: string;
  timeZone: string;
}

/** The register of one chart, with what is still to do: a fax to send, a link to revoke, a code to give again. */
export function Communications({ slug, patientId, timeZone }: CommunicationsProps) {
  const t = useTranslations("sending.list");
  const trpc = useTRPC();
  const say = useErrorText();
  const [telling, setTelling] = useState(false);
  const list = useInfiniteQuery({
    ...trpc.communication.list.infiniteQueryOptions(
      { patientId, refresh: true },
      { getNextPageParam: ({ after }) => after ?? undefined },
    ),
    // A fax on its way, a link that is opened: they change by themselves.
    refetchInterval: 15_000,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  useShortcutList([{ keys: "i", label: t("tell"), group: t("title"), run: () => setTelling(true) }]);
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <Link href={`/clinic/${slug}/patients/${patientId}`} aria-label={t("back")}>
          <IconChevronLeft size={20} aria-hidden />
        </Link>
        <h2>{t("title")}</h2>
        <span className={classes.quiet}>{t("lead")}</span>
        <Button
          className={classes.push}
          variant="default"
          leftSection={<IconPhonePlus size={18} aria-hidden />}
          onClick={() => setTelling(true)}
        >
          {t("tell")}
        </Button>
      </div>
      {list.isError && (
        <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
          {say(list.error).message}
        </ErrorPanel>
      )}
      {list.isPending && <SkeletonRows rows={6} />}
      {list.isSuccess && rows.length === 0 && (
        <EmptyState icon={<IconSend size={24} />} title={t("none")}>
          {t("noneText")}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <ul className={classes.list} aria-label={t("title")}>
          {rows.map((row) => (
            <CommunicationRow
              key={row.id}
              slug={slug}
              patientId={patientId}
              row={row}
              timeZone={timeZone}
              onChanged={() => void list.refetch()}
            />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
      {telling && (
        <TellDrawer
          patientId={patientId}
          onClose={() => setTelling(false)}
          onSaved={() => {
            setTelling(false);
            void list.refetch();
          }}
        />
      )}
    </div>
  );
}

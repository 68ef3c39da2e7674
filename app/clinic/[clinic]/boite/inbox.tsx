"use client";

import { Button, FileButton, SegmentedControl } from "@mantine/core";
import { IconChevronLeft, IconInbox, IconUpload } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { useTRPC } from "../../../_trpc/client.tsx";
import { EmptyState } from "../../../_ui/empty-state/empty-state.tsx";
import { PageHead } from "../../../_ui/page-head/page-head.tsx";
import { useShortcuts } from "../../../_ui/shortcuts/shortcuts.tsx";
import { accepted } from "../_documents/accepted.ts";
import { DocumentSearch } from "../_documents/document-search.tsx";
import classes from "../_documents/documents.module.css";
import { DropHere } from "../_documents/drop-here.tsx";
import { OpenDocument, type Rights } from "../_documents/open-document.tsx";
import { UploadList } from "../_documents/upload-list.tsx";
import { useDrop } from "../_documents/use-drop.ts";
import { useUploads } from "../_documents/use-uploads.ts";
import { useLive } from "../_schedule/use-live.ts";
import { MineList } from "./mine-list.tsx";
import { ReviewList } from "./review-list.tsx";
import { ReviewOpen } from "./review-open.tsx";
import { UnfiledList } from "./unfiled-list.tsx";
import { UnfiledPane } from "./unfiled-pane.tsx";

type View = "unfiled" | "reviews" | "search" | "mine";

/** What came in: filed in a chart, then reviewed by whoever it is addressed to. One screen, the hands on the keyboard. */
export function Inbox({ mayReview, mayFile, first, opened }: Rights & { first: View; opened: string | undefined }) {
  const t = useTranslations("documents");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [view, setView] = useState<View>(first);
  const [open, setOpen] = useState(opened);
  const [closed, setClosed] = useState(false);
  const count = useQuery(trpc.document.count.queryOptions());
  const stopped = useQuery({ ...trpc.document.uploads.queryOptions(), staleTime: Number.POSITIVE_INFINITY });
  const readAgain = () => void queries.invalidateQueries(trpc.document.pathFilter());
  useLive(readAgain, "document");
  const uploads = useUploads(null, readAgain);
  const held = useDrop((files) => void uploads.add(files));
  const sending = uploads.list.length > 0;
  const interrupted = sending ? 0 : (stopped.data?.length ?? 0);

  function show(next: View) {
    setView(next);
    setOpen(undefined);
    setClosed(false);
  }
  const choose = (id: string | undefined) => {
    setOpen(id);
    setClosed(false);
    // The address that opened one says it no more once another is open: a reload would bring back what is filed.
    if (id !== opened) window.history.replaceState(null, "", window.location.pathname);
  };
  useInboxKeys(() => show("search"));

  const badge = (label: string, waiting: number | undefined) =>
    waiting ? `${label} · ${waiting > 99 ? "99+" : waiting}` : label;
  const views: { value: View; label: string }[] = [
    { value: "unfiled", label: badge(t("unfiled"), count.data?.toFile) },
    ...(mayReview ? [{ value: "reviews" as const, label: badge(t("reviews"), count.data?.toReview) }] : []),
    { value: "mine", label: t("mine") },
    ...(mayReview ? [{ value: "search" as const, label: t("search") }] : []),
  ];
  const rights = { mayReview, mayFile };
  const list = { selected: open, onSelect: choose };

  return (
    <>
      <PageHead
        title={t("title")}
        context={
          <SegmentedControl
            aria-label={t("tabs")}
            data={views}
            value={view}
            onChange={(next) => show(next as View)}
            size="xs"
          />
        }
      >
        <FileButton multiple accept={accepted} onChange={(files) => void uploads.add(files)}>
          {(props) => (
            <Button {...props} leftSection={<IconUpload size={18} aria-hidden />}>
              {t("add")}
            </Button>
          )}
        </FileButton>
      </PageHead>
      <div className={classes.panes} data-open={open && !closed ? "" : undefined} data-wide={open ? undefined : ""}>
        {view === "search" ? (
          <DocumentSearch patientId={null} selected={open} onOpen={choose} />
        ) : (
          <div className={classes.list}>
            {interrupted > 0 && <p className={classes.count}>{t("upload.interrupted", { count: interrupted })}</p>}
            {view === "unfiled" && <UnfiledList {...list} />}
            {view === "reviews" && <ReviewList {...list} />}
            {view === "mine" && <MineList {...list} />}
            <UploadList list={uploads.list} onDismiss={uploads.dismiss} />
          </div>
        )}
        {open ? (
          <>
            <div className={classes.back}>
              <Button
                variant="default"
                leftSection={<IconChevronLeft size={18} aria-hidden />}
                onClick={() => setClosed(true)}
              >
                {t("back")}
              </Button>
            </div>
            {view === "unfiled" ? (
              <UnfiledPane key={open} id={open} mayAnswer={mayReview} onSelect={choose} onChanged={readAgain} />
            ) : view === "reviews" ? (
              <ReviewOpen key={open} id={open} {...rights} onSelect={choose} onChanged={readAgain} />
            ) : (
              <OpenDocument
                key={open}
                id={open}
                {...rights}
                inList={false}
                onGone={() => {
                  setOpen(undefined);
                  readAgain();
                }}
                onChanged={readAgain}
              />
            )}
          </>
        ) : (
          <div className={classes.view}>
            <EmptyState icon={<IconInbox size={24} />} title={t("choose")}>
              {view === "unfiled" ? t("chooseText") : undefined}
            </EmptyState>
          </div>
        )}
      </div>
      {held && <DropHere title={t("drop")} />}
    </>
  );
}

function useInboxKeys(search: () => void) {
  const t = useTranslations("documents.keys");
  const { add } = useShortcuts();
  const label = t("search");
  const group = t("group");
  const run = useMemo(
    () => () => {
      search();
      requestAnimationFrame(() => document.getElementById("document-search")?.focus());
    },
    [search],
  );
  useEffect(() => add({ keys: "f", label, group, run }), [add, label, group, run]);
}

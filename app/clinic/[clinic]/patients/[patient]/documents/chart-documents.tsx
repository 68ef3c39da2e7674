"use client";

import { Button } from "@mantine/core";
import { IconChevronLeft, IconFileSearch, IconSend } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { EmptyState } from "../../../../../_ui/empty-state/empty-state.tsx";
import { DocumentSearch } from "../../../_documents/document-search.tsx";
import classes from "../../../_documents/documents.module.css";
import { OpenDocument, type Rights } from "../../../_documents/open-document.tsx";
import { useLive } from "../../../_schedule/use-live.ts";
import { SendDrawer } from "../../../_sending/send-drawer.tsx";

/** All the documents of one chart: found by their words, read beside the list. */
export function ChartDocuments({
  patientId,
  first,
  ...rights
}: Rights & { patientId: string; first: string | undefined }) {
  const t = useTranslations("documents");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { clinic } = useParams<{ clinic: string }>();
  const [open, setOpen] = useState(first);
  const words = useTranslations("sending.send");
  // null: none are being chosen.
  const [picked, setPicked] = useState<ReadonlySet<string> | null>(null);
  // What was picked then: the drawer goes on to the code once they have left.
  const [sending, setSending] = useState<readonly string[]>();
  const toggle = (id: string) =>
    setPicked((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const readAgain = () => void queries.invalidateQueries(trpc.document.pathFilter());
  useLive(readAgain, "document");
  return (
    <div className={classes.panes} data-open={open ? "" : undefined} data-wide={open ? undefined : ""}>
      <div className={classes.list}>
        <div className={classes.picking}>
          <Link
            href={`/clinic/${clinic}/patients/${patientId}`}
            prefetch={false}
            className={classes.toChart}
            aria-label={t("toChart")}
          >
            <IconChevronLeft size={20} aria-hidden />
          </Link>
          {rights.mayFile &&
            (picked === null ? (
              <Button
                variant="default"
                size="compact-sm"
                leftSection={<IconSend size={16} aria-hidden />}
                onClick={() => setPicked(new Set())}
              >
                {words("choose")}
              </Button>
            ) : (
              <>
                <Button size="compact-sm" disabled={picked.size === 0} onClick={() => setSending([...picked])}>
                  {words("open")}
                </Button>
                <span role="status">{words("chosen", { count: picked.size })}</span>
                <Button variant="subtle" size="compact-sm" onClick={() => setPicked(null)}>
                  {words("leave")}
                </Button>
              </>
            ))}
        </div>
        <DocumentSearch
          patientId={patientId}
          selected={open}
          onOpen={setOpen}
          {...(picked && { picking: { picked, toggle } })}
        />
      </div>
      {sending && (
        <SendDrawer
          patientId={patientId}
          documentIds={sending}
          onClose={() => setSending(undefined)}
          onSent={() => setPicked(null)}
        />
      )}
      {open ? (
        <>
          <div className={classes.back}>
            <Button
              variant="default"
              leftSection={<IconChevronLeft size={18} aria-hidden />}
              onClick={() => setOpen(undefined)}
            >
              {t("back")}
            </Button>
          </div>
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
        </>
      ) : (
        <div className={classes.view}>
          <EmptyState
            icon={<IconFileSearch size={24} />}
            title={t("choose")}
            action={
              <Link href={`/clinic/${clinic}/patients/${patientId}`} prefetch={false}>
                {t("toChart")}
              </Link>
            }
          />
        </div>
      )}
    </div>
  );
}

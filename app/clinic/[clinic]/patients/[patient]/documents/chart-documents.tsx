"use client";

import { Button } from "@mantine/core";
import { IconChevronLeft, IconFileSearch } from "@tabler/icons-react";
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
  const readAgain = () => void queries.invalidateQueries(trpc.document.pathFilter());
  useLive(readAgain, "document");
  return (
    <div className={classes.panes} data-open={open ? "" : undefined} data-wide={open ? undefined : ""}>
      <DocumentSearch patientId={patientId} selected={open} onOpen={setOpen} />
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
                {t("review.chart")}
              </Link>
            }
          />
        </div>
      )}
    </div>
  );
}

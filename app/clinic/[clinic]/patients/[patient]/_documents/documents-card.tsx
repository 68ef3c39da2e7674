"use client";

import { ActionIcon, FileButton } from "@mantine/core";
import { IconSearch, IconUpload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { Chip } from "../../../../../_ui/chip/chip.tsx";
import { ErrorPanel } from "../../../../../_ui/error-panel/error-panel.tsx";
import { Section } from "../../../../../_ui/section/section.tsx";
import { SkeletonRows } from "../../../../../_ui/skeleton/skeleton.tsx";
import { accepted } from "../../../_documents/accepted.ts";
import { KindIcon } from "../../../_documents/document-row.tsx";
import { DropHere } from "../../../_documents/drop-here.tsx";
import { UploadList } from "../../../_documents/upload-list.tsx";
import { useDrop } from "../../../_documents/use-drop.ts";
import { useUploads } from "../../../_documents/use-uploads.ts";
import { useLive } from "../../../_schedule/use-live.ts";
import { cardList } from "./card-list.ts";
import { DocumentLink } from "./document-link.tsx";
import classes from "./documents-card.module.css";

interface DocumentsCardProps {
  patientId: string;
  /** May bring files in: they go to the inbox, with this chart proposed. */
  mayWrite: boolean;
  /** Reads what is filed; to the front desk, an empty card says nothing of what is. */
  mayRead: boolean;
}

/** The latest documents of a chart: what, of which day, by whom, and whether somebody still has to read it. */
export function DocumentsCard({ patientId, mayWrite, mayRead }: DocumentsCardProps) {
  const t = useTranslations("documents");
  const trpc = useTRPC();
  const say = useErrorText();
  const { clinic } = useParams<{ clinic: string }>();
  const list = useQuery(trpc.document.list.queryOptions(cardList(patientId)));
  useLive(() => void list.refetch(), "document");
  const uploads = useUploads(patientId, () => undefined);
  const held = useDrop(mayWrite ? (files) => void uploads.add(files) : undefined);
  const received = uploads.list.filter(({ state }) => state === "done");
  const all = `/clinic/${clinic}/patients/${patientId}/documents`;
  const rows = list.data?.rows ?? [];
  return (
    <Section
      title={t("card.title")}
      action={
        <>
          <ActionIcon
            component={Link}
            href={all}
            prefetch={false}
            variant="subtle"
            color="encre"
            aria-label={t("card.find")}
          >
            <IconSearch size={18} />
          </ActionIcon>
          {mayWrite && (
            <FileButton multiple accept={accepted} onChange={(files) => void uploads.add(files)}>
              {(props) => (
                <ActionIcon {...props} variant="subtle" color="encre" aria-label={t("card.add")}>
                  <IconUpload size={18} />
                </ActionIcon>
              )}
            </FileButton>
          )}
        </>
      }
    >
      {list.isError && (
        <ErrorPanel requestId={say(list.error).requestId} onRetry={() => void list.refetch()}>
          {say(list.error).message}
        </ErrorPanel>
      )}
      {list.isPending && <SkeletonRows rows={3} />}
      {list.isSuccess && rows.length === 0 && (
        <p className={classes.none}>{t(mayRead ? "card.none" : "card.noneDesk")}</p>
      )}
      <ul className={classes.list}>
        {rows.map((row) => (
          <li key={row.id}>
            <DocumentLink patientId={patientId} documentId={row.id} className={classes.row}>
              <KindIcon mediaType={row.mediaType} />
              <span>
                <strong data-error={row.status === "entered-in-error" ? "" : undefined}>{row.title}</strong>
                <span className={classes.facts}>
                  {[row.datedOn, row.sourceAuthor || (row.documentType && t(`types.${row.documentType}`))]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
              {row.reviewer && <Chip tone="attention">{t("card.toRead")}</Chip>}
            </DocumentLink>
          </li>
        ))}
      </ul>
      {list.data?.after && (
        <Link href={all} prefetch={false} className={classes.all}>
          {t("card.all")}
        </Link>
      )}
      {received[0] && (
        <p className={classes.none}>
          <Link href={`/clinic/${clinic}/boite?doc=${received[0].id}`}>
            {t("card.received", { count: received.length })}
          </Link>
        </p>
      )}
      <UploadList list={uploads.list} onDismiss={uploads.dismiss} />
      {held && <DropHere title={t("card.drop")} />}
    </Section>
  );
}

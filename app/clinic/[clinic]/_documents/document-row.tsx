"use client";

import { IconAlertTriangle, IconFileText, IconFileTypePdf, IconPhoto, IconTable } from "@tabler/icons-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { DocumentLine } from "#server/document/record.ts";
import { Withheld } from "../../../_ground/say-why.tsx";
import { Chip } from "../../../_ui/chip/chip.tsx";
import classes from "./documents.module.css";

interface DocumentRowProps {
  document: DocumentLine;
  selected: boolean;
  onOpen: () => void;
  /** Whose it is, where the list is of more than one chart. */
  showPatient: boolean;
  children?: ReactNode;
}

export function KindIcon({ mediaType }: { mediaType: string }) {
  if (mediaType === "application/pdf") return <IconFileTypePdf size={18} aria-hidden />;
  if (mediaType.startsWith("image/")) return <IconPhoto size={18} aria-hidden />;
  if (mediaType.includes("sheet")) return <IconTable size={18} aria-hidden />;
  return <IconFileText size={18} aria-hidden />;
}

/** One document of a list: what it is, whose, of which day, by whom. */
export function DocumentRow({ document, selected, onOpen, showPatient, children }: DocumentRowProps) {
  const t = useTranslations("documents");
  const format = useFormatter();
  const now = useNow();
  const { status, documentType, withheld, title, fileName, datedOn, sourceAuthor, patientName, birthDate, pages } =
    document;
  const waiting = status === "received";
  const facts = waiting
    ? [
        format.relativeTime(Math.min(new Date(document.receivedAt).getTime(), now.getTime()), now),
        document.receivedBy,
        pages !== null && t("pages", { count: pages }),
      ]
    : [datedOn, !withheld && documentType && t(`types.${documentType}`), sourceAuthor];
  return (
    <button
      type="button"
      className={classes.row}
      data-document={document.id}
      aria-current={selected ? "true" : undefined}
      onClick={onOpen}
    >
      <span className={classes.kind}>
        <KindIcon mediaType={document.mediaType} />
      </span>
      <span className={classes.words}>
        <span className={classes.head}>
          <strong className={classes.title}>
            {withheld ? <Withheld>{t(`types.${documentType || "other"}`)}</Withheld> : title || fileName}
          </strong>
          {document.urgent && (
            <Chip tone="attention" icon={<IconAlertTriangle />}>
              {t("review.urgent")}
            </Chip>
          )}
          {document.replacedById && <Chip>{t("replaced")}</Chip>}
          {status === "entered-in-error" && <Chip>{t("status.entered-in-error")}</Chip>}
          {!document.urgent && document.reviewer && status !== "received" && (
            <Chip tone="attention">{t("card.toRead")}</Chip>
          )}
        </span>
        {showPatient && patientName && (
          <span className={classes.whose}>{[patientName, birthDate].filter(Boolean).join(" · ")}</span>
        )}
        <span className={classes.facts}>{facts.filter(Boolean).join(" · ")}</span>
        {children}
      </span>
    </button>
  );
}

"use client";

import { useTranslations } from "next-intl";
import type { RequestView } from "#server/letter/record.ts";
import { type SentHow, sentHows } from "#server/referral/schema.ts";
import { DocumentLink } from "../_documents/document-link.tsx";
import classes from "./letters.module.css";

/** Each state that it was in, with its day, who said it and how. */
export function RequestSteps({ request, patientId }: { request: RequestView; patientId: string }) {
  const t = useTranslations("letters");
  const isWaiting = ["signed", "sent", "booked", "seen"].includes(request.status);
  return (
    <>
      <ol className={classes.steps}>
        {request.steps.map(({ status, on, by, note, at }) => (
          <li key={at + status}>
            <span className={classes.day}>{on}</span>
            <span>
              {t(`states.${status}`)}
              <span className={classes.under}>{[sayNote(note, t), by].filter(Boolean).join(" · ")}</span>
            </span>
          </li>
        ))}
        {isWaiting && request.expectedOn && (
          <li data-late={request.late || undefined}>
            <span className={classes.day}>{request.expectedOn}</span>
            <span>{t(request.late ? "expectedPast" : "expectedThen")}</span>
          </li>
        )}
      </ol>
      {request.reportDocumentId && (
        <DocumentLink patientId={patientId} documentId={request.reportDocumentId}>
          {t("readReport")}
        </DocumentLink>
      )}
    </>
  );
}

const sayNote = (note: string, t: ReturnType<typeof useTranslations<"letters">>) =>
  (sentHows as readonly string[]).includes(note) ? t(`hows.${note as SentHow}`) : note === "—" ? "" : note;

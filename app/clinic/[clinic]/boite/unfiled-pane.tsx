"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "../../../_trpc/client.tsx";
import { DocumentViewer } from "../_documents/document-viewer.tsx";
import classes from "../_documents/documents.module.css";
import { FileForm } from "../_documents/file-form.tsx";
import { MakeTask } from "../_tasks/make-task.tsx";
import { useUnfiled } from "./use-unfiled.ts";

interface UnfiledPaneProps {
  id: string;
  mayAnswer: boolean;
  onSelect: (id: string | undefined) => void;
  onChanged: () => void;
}

/** A document that waits: its pages, and what is needed to file it. */
export function UnfiledPane({ id, mayAnswer, onSelect, onChanged }: UnfiledPaneProps) {
  const t = useTranslations("documents");
  const trpc = useTRPC();
  const { rows = [], leave } = useUnfiled(id);
  const opened = useQuery(trpc.document.read.queryOptions({ id }));
  const at = rows.findIndex((row) => row.id === id);
  const document = rows[at];

  async function gone() {
    const next = (rows[at + 1] ?? rows[at - 1])?.id;
    onSelect(next);
    await leave(id);
    onChanged();
  }

  if (!document) return <div className={classes.view} />;
  return (
    <>
      <div className={classes.view}>
        <DocumentViewer document={document} text={opened.data?.text} />
      </div>
      <aside className={classes.side}>
        <h2 className={classes.sideTitle}>{t("file.title")}</h2>
        <MakeTask
          start={{
            title: document.title || document.fileName.slice(0, 200),
            patientId: null,
            focus: { kind: "document", id },
          }}
        />
        <FileForm
          key={`${id} ${document.version}`}
          document={document}
          mayAnswer={mayAnswer}
          onGone={() => void gone()}
          onChanged={onChanged}
        />
      </aside>
    </>
  );
}

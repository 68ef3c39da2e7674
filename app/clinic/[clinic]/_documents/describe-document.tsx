"use client";

import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { DocumentView } from "#server/document/read-document.ts";
import { type DescribeDocumentInput, describeDocumentInput, documentTypes } from "#server/document/schema.ts";
import { DayInput } from "../../../_ui/day-input/day-input.tsx";
import classes from "./documents.module.css";

interface DescribeDocumentProps {
  document: DocumentView;
  busy: boolean;
  onClose: () => void;
  onDescribe: (input: DescribeDocumentInput) => void;
}

/** What a filed document is, under which title, of which day and by whom: put right where it is read. */
export function DescribeDocument({ document, busy, onClose, onDescribe }: DescribeDocumentProps) {
  const t = useTranslations("documents");
  const common = useTranslations("common");
  const [type, setType] = useState<string | null>(document.documentType || null);
  const [title, setTitle] = useState(document.title);
  const [datedOn, setDatedOn] = useState<string | null>(document.datedOn);
  const [author, setAuthor] = useState(document.sourceAuthor);
  const [isTried, setTried] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    const { id, version } = document;
    const parsed = describeDocumentInput.safeParse({
      id,
      version,
      documentType: type,
      title,
      datedOn,
      sourceAuthor: author,
    });
    if (parsed.success && !busy) onDescribe(parsed.data);
  }

  return (
    <Modal opened onClose={onClose} title={t("describe.title")} closeButtonProps={{ "aria-label": common("close") }}>
      <form className={classes.form} onSubmit={submit} noValidate>
        <Select
          label={t("file.type")}
          data={documentTypes.map((value) => ({ value, label: t(`types.${value}`) }))}
          value={type}
          onChange={setType}
          error={isTried && !type && t("file.typeNeeded")}
          searchable
        />
        <TextInput
          label={t("file.name")}
          value={title}
          maxLength={200}
          onChange={(event) => setTitle(event.currentTarget.value)}
          error={isTried && !title.trim() && t("file.nameNeeded")}
          autoComplete="off"
          data-autofocus
        />
        <DayInput
          label={t("file.date")}
          value={datedOn}
          onChange={setDatedOn}
          error={isTried && !datedOn ? t("file.dateNeeded") : undefined}
        />
        <TextInput
          label={t("file.author")}
          placeholder={t("file.authorExample")}
          value={author}
          maxLength={200}
          onChange={(event) => setAuthor(event.currentTarget.value)}
          autoComplete="off"
        />
        <div className={classes.acts}>
          <Button type="submit" loading={busy}>
            {t("describe.save")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

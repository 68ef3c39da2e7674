"use client";

import { Alert, Button, FileInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import type { ImportResult } from "#server/terminology/import-concepts.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";

/** The clinic's own list of words for problems, substances, vaccines and measures: a CSV file, checked whole before any of it is kept. */
export function WordsSection() {
  const t = useTranslations("settings.words");
  const errors = useTranslations("errors");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const [file, setFile] = useState<File | null>(null);
  const [faults, setFaults] = useState<ImportResult["faults"]>([]);
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function load(event: FormEvent) {
    event.preventDefault();
    if (!file) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const {
        added,
        changed,
        retired,
        faults: found,
      } = await client.terminology.import.mutate({ csv: decode(await file.arrayBuffer()) });
      setFaults(found);
      if (found.length > 0) return;
      toast({ message: t("loaded", { added, changed, retired }) });
      setFile(null);
    } catch (error) {
      setFailure(say(error).message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Section title={t("title")} lead={t("lead")}>
      <form className={classes.form} onSubmit={load}>
        {failure && (
          <Alert color="brique" role="alert">
            {failure}
          </Alert>
        )}
        {faults.length > 0 && (
          <Alert color="brique" role="alert" title={t("faults", { count: faults.length })}>
            <ul>
              {faults.map(({ line, field, key }) => (
                <li key={`${line} ${field}`}>
                  {t("line", { line, field })}{" "}
                  {errors.has(key as "invalid") ? errors(key as "invalid") : errors("invalid")}
                </li>
              ))}
            </ul>
          </Alert>
        )}
        <FileInput
          label={t("file")}
          description={t("form")}
          placeholder={t("choose")}
          accept=".csv,text/csv"
          value={file}
          onChange={setFile}
          clearable
        />
        <div className={classes.acts}>
          <Button type="submit" loading={busy} disabled={!file}>
            {t("load")}
          </Button>
        </div>
      </form>
    </Section>
  );
}

/** UTF-8, or what Excel writes here when it is not asked for UTF-8. */
function decode(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

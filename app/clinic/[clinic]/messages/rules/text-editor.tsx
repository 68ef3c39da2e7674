"use client";

import { Button, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import type { TextRecord } from "#server/reminder/read-wording.ts";
import { mergeFields } from "#server/reminder/schema.ts";
import { useTRPC, useTRPCClient } from "../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../_trpc/use-error-text.ts";
import { useToast } from "../../../../_ui/toast/toast.tsx";
import classes from "../messages.module.css";

interface TextEditorProps {
  text: TextRecord;
  version: number | null;
  onSaved: () => void;
}

/** One text and, beside it, the message as it would be read: written by the functions that send. */
export function TextEditor({ text, version, onSaved }: TextEditorProps) {
  const t = useTranslations("messages");
  const errors = useTranslations("errors");
  const say = useErrorText();
  const toast = useToast();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const heading = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const { kind, channel, locale } = text;
  const [subject, setSubject] = useState(text.subject);
  const [body, setBody] = useState(text.body);
  const [busy, setBusy] = useState(false);
  const [shown] = useDebouncedValue({ kind, channel, locale, subject, body }, 250);
  const preview = useQuery(trpc.reminder.preview.queryOptions(shown, { placeholderData: (before) => before }));
  const faults = preview.data?.faults ?? {};
  const fault = (name: "subject" | "body") => {
    const key = faults[name];
    if (!key) return undefined;
    if (key === "reminder.forbiddenWord") return t("forbidden", { word: preview.data?.forbidden ?? "" });
    return errors(key as "required");
  };
  const changed = subject !== text.subject || body !== text.body;

  async function save(words: { subject: string; body: string }) {
    setBusy(true);
    try {
      await client.reminder.changeWording.mutate({ kind, channel, locale, ...words, version });
      toast({ message: t("textSaved") });
      onSaved();
    } catch (error) {
      const { message, fields } = say(error);
      toast({ message: Object.values(fields)[0] ?? message, tone: "danger" });
    } finally {
      setBusy(false);
    }
  }

  function insert(name: string) {
    const { selectionStart: from = body.length, selectionEnd: until = body.length } = area.current ?? {};
    setBody(`${body.slice(0, from)}{${name}}${body.slice(until)}`);
    area.current?.focus();
  }

  return (
    <div className={classes.editor}>
      <div className={classes.fields}>
        {channel === "email" && (
          <TextInput
            label={t("subject")}
            value={subject}
            maxLength={150}
            error={fault("subject")}
            onChange={(event) => setSubject(event.currentTarget.value)}
          />
        )}
        <Textarea
          ref={area}
          label={t("body")}
          description={t("bodyHelp")}
          value={body}
          maxLength={2000}
          autosize
          minRows={channel === "email" ? 10 : 4}
          maxRows={20}
          error={fault("body")}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        <fieldset className={classes.insert} aria-label={t("insert")}>
          {Object.values(mergeFields).map((names) => (
            <Button key={names.fr} size="compact-sm" variant="default" onClick={() => insert(names[locale])}>
              {`{${names[locale]}}`}
            </Button>
          ))}
        </fieldset>
        <div className={classes.choices}>
          <Button loading={busy} disabled={!changed} onClick={() => void save({ subject, body })}>
            {t("save")}
          </Button>
          {text.own && (
            <Button variant="subtle" disabled={busy} onClick={() => void save({ subject: "", body: "" })}>
              {t("ours")}
            </Button>
          )}
        </div>
      </div>
      <section className={classes.preview} aria-labelledby={heading} aria-live="polite">
        <h3 id={heading}>
          {preview.data?.segments
            ? t("previewText", { count: preview.data.segments, length: preview.data.text.length })
            : t("preview")}
        </h3>
        {preview.data?.subject && <p className={classes.subject}>{preview.data.subject}</p>}
        <pre className={classes.text}>{preview.data?.text}</pre>
      </section>
    </div>
  );
}

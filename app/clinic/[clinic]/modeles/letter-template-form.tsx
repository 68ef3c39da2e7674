"use client";

import { Button, FileButton, SegmentedControl, Select, TextInput } from "@mantine/core";
import { IconFileTypeDocx } from "@tabler/icons-react";
import type { Editor } from "@tiptap/react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { type FieldKey, mergeRuns, tokenOf } from "#server/letter/fields-schema.ts";
import { type LetterKind, letterKinds, priorityCodes } from "#server/letter/schema.ts";
import type { LetterTemplateRecord } from "#server/letter-template/list-letter-templates.ts";
import {
  addLetterTemplateInput,
  changeLetterTemplateInput,
  type TemplateContent,
} from "#server/letter-template/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { FieldMenu } from "../_letters/field-menu.tsx";
import { LetterText } from "../_letters/letter-text.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import { fromEditor } from "../patients/[patient]/_note/rich-text.ts";
import classes from "./models.module.css";
import { readOdt } from "./read-odt.ts";
import { readWord } from "./read-word.ts";

interface LetterTemplateFormProps {
  /** Absent for a new one. */
  template: LetterTemplateRecord | undefined;
  onClose: () => void;
  onSaved: () => void;
}

interface Values {
  kind: LetterKind;
  title: string;
  content: TemplateContent;
}

const blank: Values = {
  kind: "letter",
  title: "",
  content: { fr: { subject: "", body: [] }, en: { subject: "", body: [] }, specialty: "", priority: "" },
};

/** A template of a letter: subject and text in each language, with fields. Changed, it is a new version: letters that were begun keep theirs. */
export function LetterTemplateForm({ template, onClose, onSaved }: LetterTemplateFormProps) {
  const t = useTranslations("models");
  const words = useTranslations("letters");
  const say = useErrorText();
  const client = useTRPCClient();
  const toast = useToast();
  const [language, setLanguage] = useState<"fr" | "en">("fr");
  const editor = useRef<Editor | null>(null);
  const form = useRecordForm<Values>({
    draft: `letter template ${template?.id ?? "new"}`,
    ...(template && { id: template.id }),
    schema: template
      ? changeLetterTemplateInput.omit({ id: true, version: true })
      : addLetterTemplateInput.omit({ id: true }),
    start: template ?? blank,
    version: template?.version ?? 1,
    onSaved: () => {
      toast({ message: t("templateSaved") });
      onSaved();
    },
    send: ({ kind, title, content }, version, id) =>
      template
        ? client.letterTemplate.change.mutate({ id, version, title, content })
        : client.letterTemplate.add.mutate({ id, kind, title, content }),
  });
  const { values, set, errors } = form;
  const { content } = values;
  const said = content[language];
  const labels = { title: t("name"), content: t("text") };
  const put = (part: Partial<TemplateContent>) => set({ content: { ...content, ...part } });

  async function bring(file: File | null) {
    if (!file) return;
    try {
      const html = await (/\.odt$/i.test(file.name) ? readOdt(file) : readWord(file));
      editor.current?.commands.setContent(html, { emitUpdate: false });
      put({ [language]: { ...said, body: mergeRuns(fromEditor(editor.current?.getJSON() ?? {})) } });
      toast({ message: t("wordRead") });
    } catch {
      toast({ tone: "danger", message: t("wordUnreadable") });
    }
  }

  async function retire() {
    if (!template) return;
    try {
      await client.letterTemplate.retire.mutate({ id: template.id, version: template.version });
      toast({ message: t("templateRetired") });
      onSaved();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
  }

  return (
    <RecordDrawer
      title={template?.title ?? t("addLetter")}
      verb={t("save")}
      onClose={onClose}
      labels={labels}
      form={form}
      size={820}
      differences={form.differences(labels, (name, from) =>
        name === "content" ? `${from.content.fr.subject} / ${from.content.en.subject}` : String(from[name] ?? ""),
      )}
    >
      {template ? (
        <p className={classes.hint}>{t("letterVersionHelp", { number: template.number })}</p>
      ) : (
        <SegmentedControl
          aria-label={t("letterKind")}
          data={letterKinds.map((value) => ({ value, label: words(`kinds.${value}`) }))}
          value={values.kind}
          onChange={(kind) => set({ kind: kind as LetterKind })}
        />
      )}
      <TextInput
        id="title"
        label={labels.title}
        value={values.title}
        error={errors.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        autoComplete="off"
      />
      {values.kind === "referral" && (
        <div className={classes.pair}>
          <TextInput
            label={words("specialty")}
            value={content.specialty}
            onChange={(event) => put({ specialty: event.currentTarget.value })}
            autoComplete="off"
          />
          <Select
            label={words("priority")}
            placeholder={words("choose")}
            data={priorityCodes.map((value) => ({
              value,
              label: `${value.toUpperCase()} · ${words(`delays.${value}`)}`,
            }))}
            value={content.priority || null}
            onChange={(next) => put({ priority: (next ?? "") as TemplateContent["priority"] })}
            clearable
          />
        </div>
      )}
      <div className={classes.languages}>
        <SegmentedControl
          aria-label={words("language")}
          data={[
            { value: "fr", label: "Français" },
            { value: "en", label: "English" },
          ]}
          value={language}
          onChange={(next) => setLanguage(next as "fr" | "en")}
        />
        <FileButton
          accept="application/vnd.openxmlformats-officedocument.wordprocessingml.document,.docx,application/vnd.oasis.opendocument.text,.odt"
          onChange={(file) => void bring(file)}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="compact-sm"
              leftSection={<IconFileTypeDocx size={16} aria-hidden />}
            >
              {t("bringWord")}
            </Button>
          )}
        </FileButton>
      </div>
      <TextInput
        key={`subject ${language}`}
        label={words("subject")}
        value={said.subject}
        onChange={(event) => put({ [language]: { ...said, subject: event.currentTarget.value } })}
        autoComplete="off"
      />
      <LetterText
        key={language}
        label={`${t("text")}, ${language === "fr" ? "français" : "English"}`}
        help={t("letterHelp", { braces: tokenOf("patientname", language) })}
        language={language}
        text={said.body}
        editable
        onChange={(body) => put({ [language]: { ...said, body } })}
        onEditor={(one) => {
          editor.current = one;
        }}
        tools={() => (
          <FieldMenu
            language={language}
            without={values.kind === "referral" ? [] : ["request"]}
            onInsert={(key: FieldKey) => editor.current?.chain().focus().insertContent(tokenOf(key, language)).run()}
          />
        )}
      />
      {errors.content && <p className={classes.error}>{errors.content}</p>}
      {template && (
        <Button variant="subtle" color="brique" onClick={retire} className={classes.retire}>
          {t("retireTemplate")}
        </Button>
      )}
    </RecordDrawer>
  );
}

"use client";

import { ActionIcon, Button, Checkbox, Select, TagsInput, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { professionCodes } from "#server/clinic/schema.ts";
import type { QuestionnaireRecord } from "#server/questionnaire/list-questionnaires.ts";
import {
  addQuestionnaireInput,
  changeQuestionnaireInput,
  itemTypes,
  type QuestionnaireItem,
} from "#server/questionnaire/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import classes from "./models.module.css";

interface TemplateFormProps {
  /** Absent for a new one; a shipped one is copied. */
  template: QuestionnaireRecord | undefined;
  onClose: () => void;
  onSaved: () => void;
}

/** A template: its sections in order. Changed, it is a new version: the notes that were written keep theirs. */
export function TemplateForm({ template, onClose, onSaved }: TemplateFormProps) {
  const t = useTranslations("models");
  const vocabulary = useTranslations("vocabulary.professions");
  const say = useErrorText();
  const client = useTRPCClient();
  const toast = useToast();
  const known = template?.id ? template : undefined;
  // Made once: a section has a name of its own, and a start that differs at each drawing never comes to rest.
  const [first] = useState(() => [section("text", "")]);
  const form = useRecordForm({
    draft: `template ${template?.id ?? template?.shipped ?? "new"}`,
    ...(known?.id && { id: known.id }),
    schema: known
      ? changeQuestionnaireInput.omit({ id: true, version: true })
      : addQuestionnaireInput.omit({ id: true }),
    start: {
      title: template ? (known ? template.title : t("copyOf", { title: template.title })) : "",
      profession: template?.profession ?? "",
      items: template ? [...template.items] : first,
      own: known?.own ?? true,
    },
    version: known?.version ?? 1,
    onSaved: () => {
      toast({ message: t("templateSaved") });
      onSaved();
    },
    send: ({ title, profession, items, own }, version, id) => {
      const card = { id, title, profession: profession as (typeof professionCodes)[number] | "", items };
      return known
        ? client.questionnaire.change.mutate({ ...card, version })
        : client.questionnaire.add.mutate({ ...card, own });
    },
  });
  const { values, set, errors } = form;
  const labels = { title: t("name"), profession: t("profession"), items: t("sections") };
  const { items } = values;
  const put = (next: QuestionnaireItem[]) => set({ items: next });
  const edit = (at: number, part: Partial<QuestionnaireItem>) =>
    put(items.map((item, index) => (index === at ? { ...item, ...part } : item)));

  function move(at: number, by: -1 | 1) {
    const next = [...items];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    put(next);
  }

  async function retire() {
    if (!known?.id) return;
    try {
      await client.questionnaire.retire.mutate({ id: known.id, version: known.version });
      toast({ message: t("templateRetired") });
      onSaved();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
  }

  return (
    <RecordDrawer
      title={known?.title ?? (template ? t("copy", { title: template.title }) : t("addTemplate"))}
      verb={t(template && !known ? "keepCopy" : "save")}
      onClose={onClose}
      labels={labels}
      form={form}
      size={620}
      differences={form.differences(labels, (name, from) =>
        name === "items" ? from.items.map(({ label }) => label).join(", ") : String(from[name] ?? ""),
      )}
    >
      {known && <p className={classes.hint}>{t("versionHelp", { number: known.number })}</p>}
      <TextInput
        id="title"
        label={labels.title}
        value={values.title}
        error={errors.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        autoComplete="off"
      />
      <Select
        id="profession"
        label={labels.profession}
        data={[
          { value: "", label: t("everybody") },
          ...professionCodes.map((value) => ({ value, label: vocabulary(value) })),
        ]}
        value={values.profession}
        onChange={(next) => set({ profession: next ?? "" })}
        allowDeselect={false}
        searchable
      />
      <fieldset className={classes.items} id="items">
        <legend>{labels.items}</legend>
        {errors.items && (
          <p className={classes.error} role="alert">
            {errors.items}
          </p>
        )}
        <ol>
          {items.map((item, at) => (
            <li key={item.linkId} className={classes.item}>
              <TextInput
                aria-label={t("letter", { number: at + 1 })}
                placeholder={t("letterShort")}
                value={item.letter}
                maxLength={2}
                onChange={(event) => edit(at, { letter: event.currentTarget.value })}
                autoComplete="off"
              />
              <TextInput
                aria-label={t("sectionName", { number: at + 1 })}
                placeholder={t("sectionShort")}
                value={item.label}
                error={errors[`items-${at}-label`]}
                onChange={(event) => edit(at, { label: event.currentTarget.value })}
                autoComplete="off"
              />
              <Select
                aria-label={t("kind", { number: at + 1 })}
                data={itemTypes.map((value) => ({ value, label: t(`kinds.${value}`) }))}
                value={item.type}
                onChange={(next) => next && edit(at, { type: next as QuestionnaireItem["type"] })}
                allowDeselect={false}
              />
              <span className={classes.moves}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("up", { name: item.label })}
                  disabled={at === 0}
                  onClick={() => move(at, -1)}
                >
                  <IconArrowUp size={16} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("down", { name: item.label })}
                  disabled={at === items.length - 1}
                  onClick={() => move(at, 1)}
                >
                  <IconArrowDown size={16} aria-hidden />
                </ActionIcon>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("removeSection", { name: item.label })}
                  disabled={items.length === 1}
                  onClick={() => put(items.filter((_, index) => index !== at))}
                >
                  <IconX size={16} aria-hidden />
                </ActionIcon>
              </span>
              {item.type === "choice" && (
                <TagsInput
                  className={classes.wide}
                  aria-label={t("options", { number: at + 1 })}
                  placeholder={t("optionsHelp")}
                  value={item.options}
                  onChange={(options) => edit(at, { options })}
                />
              )}
              <Checkbox
                className={classes.wide}
                size="xs"
                label={t("required")}
                aria-label={t("requiredOf", { number: at + 1 })}
                checked={item.required ?? false}
                onChange={(event) => edit(at, { required: event.currentTarget.checked })}
              />
            </li>
          ))}
        </ol>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => put([...items, section("text", "")])}
          disabled={items.length >= 40}
        >
          {t("addSection")}
        </Button>
      </fieldset>
      {!known && (
        <Checkbox
          label={t("shareWithClinic")}
          checked={!values.own}
          onChange={(event) => set({ own: !event.currentTarget.checked })}
        />
      )}
      {known && (
        <Button variant="subtle" color="brique" onClick={retire} className={classes.retire}>
          {t("retireTemplate")}
        </Button>
      )}
    </RecordDrawer>
  );
}

/** A section has a name of its own for good: answers are kept by it, whatever it is called later. */
function section(type: QuestionnaireItem["type"], label: string): QuestionnaireItem {
  const linkId = `s${crypto.randomUUID().slice(0, 8)}`;
  return { linkId, label, letter: "", type, options: [], unit: "", help: "", required: false };
}

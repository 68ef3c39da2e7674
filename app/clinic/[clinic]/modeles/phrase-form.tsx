"use client";

import { Button, Checkbox, Textarea, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { PhraseRecord } from "#server/phrase/list-phrases.ts";
import { addPhraseInput, changePhraseInput } from "#server/phrase/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { useErrorText } from "../../../_trpc/use-error-text.ts";
import { useToast } from "../../../_ui/toast/toast.tsx";
import { RecordDrawer } from "../_record/record-drawer.tsx";
import { useRecordForm } from "../_record/use-record-form.ts";
import classes from "./models.module.css";

interface PhraseFormProps {
  /** Absent for a new one. */
  phrase: PhraseRecord | undefined;
  onClose: () => void;
  onSaved: () => void;
}

/** What the chart may say in a phrase, by the words that a clinician types. */
const variables = [
  ...(["ta", "pouls", "temperature", "saturation", "poids", "taille", "imc"] as const),
  ...(["resultats", "allergies", "medicaments", "problemes", "plan", "derniere"] as const),
  ...(["nom", "age", "naissance", "date", "heure", "moi", "rdv"] as const),
];

/** A phrase: the word that calls it, and its text. */
export function PhraseForm({ phrase, onClose, onSaved }: PhraseFormProps) {
  const t = useTranslations("models");
  const say = useErrorText();
  const client = useTRPCClient();
  const toast = useToast();
  const form = useRecordForm({
    draft: `phrase ${phrase?.id ?? "new"}`,
    id: phrase?.id,
    schema: phrase ? changePhraseInput.omit({ id: true, version: true }) : addPhraseInput.omit({ id: true }),
    start: phrase ?? { code: "", title: "", body: "", own: true },
    version: phrase?.version ?? 1,
    onSaved: () => {
      toast({ message: t("phraseSaved") });
      onSaved();
    },
    send: ({ code, title, body, own }, version, id) =>
      phrase
        ? client.phrase.change.mutate({ id, version, code, title, body })
        : client.phrase.add.mutate({ id, code, title, body, own }),
  });
  const { values, set, errors } = form;
  const labels = { code: t("word"), title: t("name"), body: t("text") };

  async function retire() {
    if (!phrase) return;
    try {
      await client.phrase.retire.mutate({ id: phrase.id, version: phrase.version });
      toast({ message: t("phraseRetired") });
      onSaved();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
  }

  return (
    <RecordDrawer
      title={phrase ? `.${phrase.code}` : t("addPhrase")}
      verb={t("save")}
      onClose={onClose}
      labels={labels}
      form={form}
      differences={form.differences(labels, (name, from) => String(from[name] ?? ""))}
    >
      <TextInput
        id="code"
        label={labels.code}
        description={t("wordHelp")}
        value={values.code}
        error={errors.code}
        onChange={(event) => set({ code: event.currentTarget.value })}
        leftSection="."
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
      />
      <TextInput
        id="title"
        label={labels.title}
        value={values.title}
        error={errors.title}
        onChange={(event) => set({ title: event.currentTarget.value })}
        autoComplete="off"
      />
      <Textarea
        id="body"
        label={labels.body}
        description={t("textHelp")}
        value={values.body}
        error={errors.body}
        onChange={(event) => set({ body: event.currentTarget.value })}
        autosize
        minRows={6}
      />
      <div>
        <p className={classes.hint}>{t("variables")}</p>
        <div className={classes.variables}>
          {variables.map((name) => (
            <Button
              key={name}
              variant="default"
              size="compact-sm"
              onClick={() => set({ body: `${values.body}{${name}}` })}
            >
              {t(`variable.${name}`)}
            </Button>
          ))}
        </div>
      </div>
      {!phrase && (
        <Checkbox
          label={t("shareWithClinic")}
          checked={!values.own}
          onChange={(event) => set({ own: !event.currentTarget.checked })}
        />
      )}
      {phrase && (
        <Button variant="subtle" color="brique" onClick={retire} className={classes.retire}>
          {t("retirePhrase")}
        </Button>
      )}
    </RecordDrawer>
  );
}

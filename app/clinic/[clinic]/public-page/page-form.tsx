"use client";

import { Button, Switch, TagsInput, Textarea } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import type { DraftView } from "#server/public-page/read-draft.ts";
import { savePageInput } from "#server/public-page/schema.ts";
import { useTRPCClient } from "../../../_trpc/client.tsx";
import { Section } from "../../../_ui/section/section.tsx";
import { useToast } from "../../../_ui/toast/toast.tsx";
import classes from "../_record/record.module.css";
import { RecordFields } from "../_record/record-drawer.tsx";
import { isSame } from "../_record/use-draft.ts";
import { useRecordForm } from "../_record/use-record-form.ts";
import { CopiedText } from "./copied-text.tsx";
import { CoverField } from "./cover-field.tsx";
import { ShownChoices } from "./shown-choices.tsx";

const names = [
  "welcomeFr",
  "welcomeEn",
  "directionsFr",
  "directionsEn",
  "emergency",
  "coverFileId",
  "hiddenServices",
  "hiddenPractitioners",
  "hiddenLocations",
  "frameOrigins",
] as const;
type Values = Pick<DraftView["draft"], (typeof names)[number]>;
const texts = ["welcomeFr", "welcomeEn", "directionsFr", "directionsEn"] as const;
const lists = ["hiddenServices", "hiddenPractitioners", "hiddenLocations"] as const;

interface PageFormProps {
  slug: string;
  view: DraftView;
  address: string;
  onUnsaved: (unsaved: boolean) => void;
}

/** What the clinic writes, and what it leaves off. Saved as a draft: nobody outside sees it before it is published. */
export function PageForm({ slug, view, address, onUnsaved }: PageFormProps) {
  const t = useTranslations("publicPage");
  const [client, router, toast] = [useTRPCClient(), useRouter(), useToast()];
  const start = Object.fromEntries(names.map((name) => [name, view.draft[name]])) as unknown as Values;
  const form = useRecordForm<Values>({
    draft: "public page",
    schema: savePageInput.omit({ version: true }),
    start,
    version: view.draft.version,
    onSaved: () => {
      toast({ message: t("saved") });
      router.refresh();
    },
    send: (values, version) =>
      client.publicPage.save.mutate({ ...values, frameOrigins: [...values.frameOrigins], version }),
  });
  const { values, set, errors } = form;
  const unsaved = !isSame(values, start);
  useEffect(() => onUnsaved(unsaved), [unsaved, onUnsaved]);

  const labels = { ...Object.fromEntries(names.map((name) => [name, ""])), ...labelsOf(t) } as Record<
    keyof Values,
    string
  >;
  const choices = {
    hiddenServices: view.services,
    hiddenPractitioners: view.practitioners,
    hiddenLocations: view.locations,
  };
  const show = (name: keyof Values, from: Values): string => {
    if (name === "emergency") return t(from.emergency ? "shown" : "coverRemove");
    if (name === "coverFileId") return from.coverFileId ? t("cover") : t("coverNone");
    if (name === "frameOrigins") return from.frameOrigins.join(", ");
    const list = lists.find((one) => one === name);
    if (!list) return String(from[name]);
    const shown = choices[list].filter(({ id }) => !from[list].includes(id));
    return shown.map((one) => one.name).join(", ");
  };
  const originError = Object.entries(errors).find(([name]) => name.startsWith("frameOrigins"))?.[1];
  const site = new URL(address).origin;

  return (
    <RecordFields labels={labels} form={form} differences={form.differences(labels, show)}>
      <Section title={t("texts")} lead={t("textsLead")}>
        <div className={classes.form}>
          {texts.map((name) => (
            <Textarea
              key={name}
              id={name}
              label={labels[name]}
              description={name === "welcomeFr" ? t("welcomeHelp") : name === "directionsFr" && t("directionsHelp")}
              value={values[name]}
              error={errors[name]}
              autosize
              minRows={2}
              maxRows={8}
              lang={name.endsWith("En") ? "en" : "fr"}
              onChange={(event) => set({ [name]: event.currentTarget.value })}
            />
          ))}
          <Switch
            id="emergency"
            label={labels.emergency}
            description={t("emergencyHelp")}
            checked={values.emergency}
            onChange={(event) => set({ emergency: event.currentTarget.checked })}
          />
        </div>
      </Section>
      <Section title={t("cover")} lead={t("coverLead")}>
        <CoverField slug={slug} fileId={values.coverFileId} onChange={(coverFileId) => set({ coverFileId })} />
      </Section>
      <Section title={t("shown")} lead={t("shownLead")}>
        <div className={classes.form}>
          <ShownChoices
            label={labels.hiddenServices}
            choices={view.services}
            none={t("noServices")}
            hidden={values.hiddenServices}
            onChange={(hiddenServices) => set({ hiddenServices })}
          />
          <ShownChoices
            label={labels.hiddenPractitioners}
            choices={view.practitioners}
            none={t("noPractitioners")}
            hidden={values.hiddenPractitioners}
            onChange={(hiddenPractitioners) => set({ hiddenPractitioners })}
          />
          <ShownChoices
            label={labels.hiddenLocations}
            choices={view.locations}
            none=""
            hidden={values.hiddenLocations}
            onChange={(hiddenLocations) => set({ hiddenLocations })}
          />
        </div>
      </Section>
      <Section title={t("frame")} lead={t("frameLead")}>
        <div className={classes.form}>
          <TagsInput
            id="frameOrigins"
            label={labels.frameOrigins}
            description={t("frameOriginsHelp")}
            value={[...values.frameOrigins]}
            error={originError}
            splitChars={[",", " "]}
            acceptValueOnBlur
            maxTags={20}
            onChange={(frameOrigins) => set({ frameOrigins })}
          />
          <CopiedText
            label={t("snippet")}
            help={t("snippetHelp")}
            copy={t("copySnippet")}
            value={`<iframe src="${site}${new URL(address).pathname}" title="${t("snippetTitle")}" style="width:100%;height:900px;border:0" loading="lazy"></iframe>`}
          />
        </div>
      </Section>
      <div className={classes.acts}>
        <Button type="submit" loading={form.busy}>
          {t("save")}
        </Button>
      </div>
    </RecordFields>
  );
}

function labelsOf(t: ReturnType<typeof useTranslations<"publicPage">>) {
  return {
    welcomeFr: t("welcomeFr"),
    welcomeEn: t("welcomeEn"),
    directionsFr: t("directionsFr"),
    directionsEn: t("directionsEn"),
    emergency: t("emergency"),
    coverFileId: t("cover"),
    hiddenServices: t("hiddenServices"),
    hiddenPractitioners: t("hiddenPractitioners"),
    hiddenLocations: t("hiddenLocations"),
    frameOrigins: t("frameOrigins"),
  };
}

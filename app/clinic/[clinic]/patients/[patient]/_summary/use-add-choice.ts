"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { v7 } from "uuid";
import type { Understood } from "#server/quick-add/reading.ts";
import type { EntryKind } from "#server/record-entry/schema.ts";
import type { ConceptView } from "#server/terminology/search-concepts.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import { useTRPC, useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { useRefreshTasks } from "../../../_tasks/use-tasks.ts";
import type { Standing } from "./already.tsx";
import { useRefreshRecord } from "./use-summary.ts";

/** What a line may mean, in the words of a list or in its own. */
export interface Choice {
  readonly meaning: Understood;
  readonly concept: ConceptView | undefined;
  /** It is there already: to be opened, and not written again. */
  readonly standing?: Standing;
}

/** What the line writes; a medication has its own screen. */
export type Writable = Choice & { readonly meaning: Exclude<Understood, { kind: "medication" | "stop" }> };

interface Written {
  readonly kind: EntryKind | "task";
  readonly ids: readonly string[];
}

/** Writes what was understood; the toast takes it back, which leaves it among what was entered in error. */
export function useAddChoice(patientId: string) {
  const t = useTranslations("record.quick");
  const language = languageOf(useLocale());
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const refreshRecord = useRefreshRecord();
  const refreshTasks = useRefreshTasks();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const refresh = () => Promise.all([refreshRecord(), refreshTasks()]);

  async function write({ meaning, concept }: Writable): Promise<Written> {
    const id = v7();
    const coding = concept && { codeSystem: concept.system, code: concept.code, codeVersion: concept.version };
    const named = (own: string) => ({ ...coding, name: concept?.[language] ?? own });
    switch (meaning.kind) {
      case "observations": {
        const values = meaning.values.map((one) => ({ ...one, id: v7() }));
        const now = Date.now();
        // Lying and then standing: each pressure is taken by itself, one after the other.
        for (const [nth, taken] of inPanels(values).entries())
          await client.observation.record.mutate({
            patientId,
            panelId: nth === 0 ? id : v7(),
            at: new Date(now + nth),
            values: taken,
          });
        // The two numbers of a pressure go together.
        const ids = values.filter(({ code }) => code !== "bp-diastolic").map((one) => one.id);
        return { kind: "observation", ids };
      }
      case "problem": {
        const { name, ...code } = named(meaning.label);
        await client.condition.add.mutate({ id, patientId, label: name, onset: meaning.onset, ...code });
        return { kind: "condition", ids: [id] };
      }
      case "allergy": {
        const { name, ...code } = named(meaning.substance);
        const { intolerance, reaction, severity } = meaning;
        const kind = intolerance ? "intolerance" : "allergy";
        await client.allergy.add.mutate({ id, patientId, kind, substance: name, reaction, severity, ...code });
        return { kind: "allergy", ids: [id] };
      }
      case "allergies": {
        const ids: string[] = [];
        for (const { intolerance, substance, reaction, severity } of meaning.entries) {
          const own = v7();
          const kind = intolerance ? "intolerance" : "allergy";
          await client.allergy.add.mutate({ id: own, patientId, kind, substance, reaction, severity });
          ids.push(own);
        }
        return { kind: "allergy", ids };
      }
      case "task": {
        const { user } = await queries.ensureQueryData(trpc.membership.me.queryOptions());
        const { title, dueOn } = meaning;
        const owner = { kind: "user" as const, userId: user.id };
        // Written in a chart, it is of care.
        await client.task.add.mutate({ id, patientId, title, detail: "", owner, clinical: true, dueOn });
        return { kind: "task", ids: [id] };
      }
      case "no-allergy": {
        const stated = await client.allergy.stateNone.mutate({ id, patientId });
        return { kind: "allergy", ids: [stated.id] };
      }
      case "vaccine": {
        const { name, ...code } = named(meaning.vaccine);
        const { occurred, refused, reason, doseNumber, site, lot } = meaning;
        const status = refused ? "not-done" : "completed";
        await client.immunization.add.mutate({
          id,
          patientId,
          vaccine: name,
          occurred,
          status,
          notDoneReason: reason,
          doseNumber,
          site,
          lot,
          ...code,
        });
        return { kind: "immunization", ids: [id] };
      }
      case "history":
      case "histories": {
        const entries = meaning.kind === "history" ? [meaning] : meaning.entries;
        const ids: string[] = [];
        for (const { of: kind, relation, label, occurred, atAge, note } of entries) {
          const own = v7();
          await client.history.add.mutate({ id: own, patientId, kind, relation, label, occurred, atAge, note });
          ids.push(own);
        }
        return { kind: "history", ids };
      }
    }
  }

  async function undo({ kind, ids }: Written) {
    try {
      if (kind === "task")
        for (const id of ids) await client.task.cancel.mutate({ id, version: 1, reason: t("undone") });
      else
        for (const id of ids)
          await client.recordEntry.markInError.mutate({ kind, id, version: 1, reason: t("undone") });
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    }
    await refresh();
  }

  /** @returns whether it was written */
  async function run(choice: Writable, what: string): Promise<boolean> {
    try {
      const written = await write(choice);
      toast({ message: t("added", { what, agrees: agreementOf(choice.meaning) }), onUndo: () => undo(written) });
      await refresh();
      return true;
    } catch (error) {
      const { message, fields } = say(error);
      toast({ tone: "danger", message: Object.values(fields)[0] ?? message });
      return false;
    }
  }

  return run;
}

const feminine: readonly string[] = [
  "bp-systolic",
  "temperature",
  "oxygen-saturation",
  "respiratory-rate",
  "height",
  "pain",
  "capillary-glucose",
  "creatinine",
];

/** What « ajouté » agrees with. */
function agreementOf(meaning: Understood): "feminine" | "plural" | "masculine" {
  if (["allergy", "no-allergy", "task"].includes(meaning.kind)) return "feminine";
  if (meaning.kind === "histories" || meaning.kind === "allergies") return "plural";
  if (meaning.kind !== "observations") return "masculine";
  const [first, ...others] = meaning.values.filter(({ code }) => code !== "bp-diastolic");
  if (others.length > 0) return "plural";
  return feminine.includes(first?.code ?? "") ? "feminine" : "masculine";
}

/** What is taken together, each measure once; one that comes again begins another. */
function inPanels<T extends { readonly code: string }>(values: readonly T[]): T[][] {
  const panels: T[][] = [];
  for (const one of values) {
    const last = panels.at(-1);
    if (last && !last.some(({ code }) => code === one.code)) last.push(one);
    else panels.push([one]);
  }
  return panels;
}

"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { foldText } from "#server/patient/fold-name.ts";
import { isSameEntry, type Named } from "#server/record-entry/same-entry.ts";
import { sameHistory } from "#server/record-entry/same-history.ts";
import type { SummaryView } from "#server/summary/record.ts";
import classes from "./summary.module.css";

/** An entry that stands already, as a line says it. */
export interface Standing {
  readonly id: string;
  readonly label: string;
  readonly details: readonly string[];
  /** How old they were, of a line of the history. */
  readonly atAge?: number | null;
  /** It is of another year, or at another age. */
  readonly isOtherTime?: boolean;
}

export type Entries = Pick<SummaryView, "conditions" | "allergies" | "immunizations" | "history">;

/** What is already active under that name; a vaccine, given that day. */
export function standingEntry(
  entries: Entries | undefined,
  kind: "problem" | "allergy" | "vaccine",
  named: Named,
  occurred = "",
): Standing | undefined {
  if (!entries) return undefined;
  const isSame = (one: { codeSystem: string; code: string }, words: string) =>
    isSameEntry(named, { codeSystem: one.codeSystem, code: one.code, words: [words] });
  if (kind === "problem") {
    const found = entries.conditions.find((one) => one.status === "active" && isSame(one, one.label));
    return found && { id: found.id, label: found.label, details: [found.onset] };
  }
  if (kind === "allergy") {
    const found = entries.allergies.find(
      (one) => one.status === "active" && one.certainty !== "refuted" && isSame(one, one.substance),
    );
    return found && { id: found.id, label: found.substance, details: [found.reaction] };
  }
  const given = entries.immunizations.find(
    (one) => one.status === "completed" && one.occurred === occurred && isSame(one, one.vaccine),
  );
  return given && { id: given.id, label: given.vaccine, details: [given.occurred] };
}

/** What the history has of it, of the same relative; an operation may come again. */
export function standingHistory(
  entries: Entries | undefined,
  one: Parameters<typeof sameHistory>[1],
): Standing | undefined {
  const active = entries?.history.filter(({ status }) => status === "active") ?? [];
  const found = one.label.trim() === "" ? undefined : sameHistory(active, one);
  if (!found) return undefined;
  const { entry, isOtherTime } = found;
  return { id: entry.id, label: entry.label, details: [entry.occurred], atAge: entry.atAge, isOtherTime };
}

/** A medication that is taken, by the first word of what was typed: « metformine 500 bid ». */
export function standingMedication(
  active: readonly { readonly id: string; readonly label: string; readonly strength: string }[],
  words: string,
): Standing | undefined {
  const [first = ""] = wordsOf(words);
  const found = first.length < 4 ? undefined : active.find(({ label }) => wordsOf(label)[0] === first);
  return found && { id: found.id, label: `${found.label} ${found.strength}`.trim(), details: [] };
}

const wordsOf = (text: string) =>
  foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** All but the one that is being written. */
export function without(entries: Entries | undefined, id: string | undefined): Entries | undefined {
  const others = <T extends { id: string }>(all: readonly T[]) => all.filter((one) => one.id !== id);
  return (
    entries && {
      conditions: others(entries.conditions),
      allergies: others(entries.allergies),
      immunizations: others(entries.immunizations),
      history: others(entries.history),
    }
  );
}

/** Says in a form that it stands already, with one gesture to it. */
export function Already({ one, onOpen }: { one: Standing | undefined; onOpen: (id: string) => void }) {
  const t = useTranslations("record.already");
  const h = useTranslations("record.history");
  if (!one) return null;
  const age = one.atAge == null ? "" : h("at", { years: one.atAge });
  return (
    <p className={classes.already} role="status">
      {t(one.isOtherTime ? "otherTime" : "standing", {
        name: [one.label, ...one.details, age].filter(Boolean).join(" · "),
      })}{" "}
      <Button variant="default" size="compact-xs" onClick={() => onOpen(one.id)}>
        {t("open")}
      </Button>
    </p>
  );
}

"use client";

import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconBolt } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { ageOn } from "#server/chart/age-on.ts";
import { readQuickLine } from "#server/quick-add/read-quick-line.ts";
import type { SummaryView } from "#server/summary/record.ts";
import type { ConceptView } from "#server/terminology/search-concepts.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { KeyCap } from "../../../../../_ui/key-cap/key-cap.tsx";
import { useShortcutList } from "../../../../../_ui/shortcuts/use-shortcut-list.ts";
import { useUncover } from "../_documents/beside.tsx";
import { useGiveBack } from "../_note/note-hand.ts";
import { standingEntry, standingHistory, standingMedication } from "./already.tsx";
import { lastOf, useAge, useDoubtWords } from "./doubt-words.ts";
import { useMeasureWords } from "./measure-words.ts";
import classes from "./quick-add.module.css";
import { type Choice, useAddChoice, type Writable } from "./use-add-choice.ts";
import { useChoiceWords } from "./use-choice-words.tsx";

interface QuickAddProps {
  patientId: string;
  summary: SummaryView;
  /** Brings an entry that stands already into view, open. */
  onOpen: (id: string) => void;
}

/**
 * One line that is understood while it is typed, and says what it understood before Enter. Where it is sure, Enter adds it; where it is
 * not, it shows what the line may mean and waits for a choice.
 */
export function QuickAdd({ patientId, summary, onOpen }: QuickAddProps) {
  const { today, birthDate, values } = summary;
  const t = useTranslations("record.quick");
  const words = useMeasureWords();
  const id = useId();
  const router = useRouter();
  const { clinic } = useParams<{ clinic: string }>();
  const input = useRef<HTMLInputElement>(null);
  const [line, setLine] = useState("");
  const [chosen, setChosen] = useState<number>();
  const [isClosed, setClosed] = useState(false);
  const add = useAddChoice(patientId);
  const age = useAge();
  const ask = useTranslations("record.doubt");
  const doubt = useDoubtWords(birthDate, today);
  const wordsOf = useChoiceWords(birthDate);
  const c = useTranslations("record.cards");
  const uncover = useUncover();
  const giveBack = useGiveBack();
  const opener = useRef<Element>(null);
  function enter() {
    if (document.activeElement !== input.current) opener.current = document.activeElement;
    // Words that were left there are chosen whole: the next line takes their place, an arrow keeps them.
    uncover(input.current, () => input.current?.select());
  }
  useCtrlJ(enter);
  // For the sheet of keys; the key itself is heard everywhere, in fields too.
  useShortcutList([{ keys: "Ctrl J", label: c("quick"), group: c("group"), run: enter }]);

  const reading = readQuickLine(line, today, { birthDate, last: lastOf(values) });
  const meanings = reading.is === "sure" ? [reading.meaning] : reading.is === "unsure" ? reading.meanings : [];
  const concept = useConcept(meanings.length === 1 ? meanings[0] : undefined);
  const taken = useTaken(patientId);
  const medication = meanings.map((meaning) => standingMedicationOf(taken, meaning)).find(Boolean);
  const hasAllergies = summary.allergies.some(
    ({ kind, status, certainty }) => kind !== "none-known" && status === "active" && certainty !== "refuted",
  );
  const choices = [
    ...(medication ? [medication] : []),
    ...withStanding(summary, [
      ...(concept && meanings[0] ? [{ meaning: meanings[0], concept }] : []),
      ...meanings.map((meaning) => ({ meaning, concept: undefined })),
    ]).filter(({ meaning }) => !medication || isWritten(meaning)),
  ].filter(({ meaning }) => meaning.kind !== "no-allergy" || !hasAllergies);
  const at = chosen ?? (reading.is === "sure" ? 0 : -1);
  const option = (index: number) => `${id}-${index}`;

  const isOpen = line.trim() !== "" && !isClosed;

  async function onKeyDown(event: KeyboardEvent) {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (choices.length === 0) return;
      event.preventDefault();
      setClosed(false);
      setChosen((at + (event.key === "ArrowDown" ? 1 : -1) + choices.length) % choices.length);
    } else if (event.key === "Escape") {
      // The list is closed first, and the words stay; a second one leaves the field, with them.
      setChosen(undefined);
      // Taken here: the note that the hand goes back to would let it go again.
      event.preventDefault();
      if (isOpen) setClosed(true);
      else leave();
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      // Nothing is written that is not on the screen.
      if (isOpen) await take(choices[at]);
      else setClosed(false);
    }
  }

  /** The hand goes back where the key found it: into the note, most of the time. */
  function leave() {
    const from = opener.current;
    opener.current = null;
    if (from instanceof HTMLElement && from.isConnected && from !== document.body) from.focus({ preventScroll: true });
    else if (!giveBack()) input.current?.blur();
  }

  async function take(choice: Choice | undefined) {
    if (!choice) return;
    // What it waits for is written where the hand is.
    if (isHeld(choice)) {
      setLine((now) => `${now.trimEnd()} : `);
      return;
    }
    // The field keeps the caret and is ready for the next line at once: otherwise what is typed while this one is being
    // written would be heard as the keys of the page, and open a letter or another patient.
    const typed = line;
    setLine("");
    setChosen(undefined);
    if (!isWritable(choice)) {
      const stopping = choice.meaning.kind === "stop" && choice.standing ? `?cesser=${choice.standing.id}` : "";
      router.push(`/clinic/${clinic}/patients/${patientId}/medicaments${stopping}`);
      return;
    }
    if (choice.standing) {
      onOpen(choice.standing.id);
      return;
    }
    input.current?.focus();
    if (!(await add(choice, wordsOf.title(choice)))) setLine((now) => now || typed);
  }

  return (
    <div className={classes.bar}>
      <TextInput
        ref={input}
        aria-label={t("label")}
        placeholder={t("placeholder")}
        leftSection={<IconBolt size={16} aria-hidden />}
        rightSection={
          <span className={classes.keys} aria-hidden>
            <KeyCap>Ctrl</KeyCap>
            <KeyCap>J</KeyCap>
          </span>
        }
        rightSectionWidth={72}
        rightSectionPointerEvents="none"
        value={line}
        onChange={(event) => {
          setLine(event.currentTarget.value);
          setChosen(undefined);
          setClosed(false);
        }}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-activedescendant={isOpen && choices[at] ? option(at) : undefined}
        maxLength={300}
        autoComplete="off"
        spellCheck={false}
      />
      {isOpen && (
        <div className={classes.panel}>
          <div id={`${id}-list`} role="listbox" aria-label={t("results")}>
            {choices.map((choice, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys of its list.
              <div
                // biome-ignore lint/suspicious/noArrayIndexKey: choices have no other name than their place.
                key={index}
                id={option(index)}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                className={classes.choice}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => void take(choice)}
              >
                {wordsOf.line(choice)}
                {index === at && <KeyCap>↵</KeyCap>}
              </div>
            ))}
          </div>
          <p className={classes.hint} role="status" data-tone={tone(reading.is)}>
            {reading.is === "impossible" &&
              t(birthDate && reading.atAge ? "impossibleAtAge" : "impossible", {
                measure: words.name(reading.code),
                value: reading.value.replace(".", words.language === "fr" ? "," : "."),
                age: birthDate ? age(ageOn(birthDate, today)) : "",
              })}
            {reading.is === "derived" && t("derived", { measure: words.name(reading.code) })}
            {reading.is === "half" && t("half")}
            {reading.is === "future" && t("future", { date: reading.date })}
            {reading.is === "nothing" && t("nothing")}
            {reading.is === "unsure" && (reading.doubt ? ask("keys", { doubt: doubt(reading.doubt) }) : t("choose"))}
            {reading.is === "sure" &&
              t(reading.meaning.kind === "no-allergy" && hasAllergies ? "hasAllergies" : whatEnterDoes(choices[at]))}
          </p>
        </div>
      )}
    </div>
  );
}

type Taken = Extract<Choice["meaning"], { kind: "medication" | "stop" }>;
const isWritten = (meaning: Choice["meaning"]): meaning is Exclude<Choice["meaning"], Taken> =>
  meaning.kind !== "medication" && meaning.kind !== "stop";
const isWritable = (choice: Choice): choice is Writable => isWritten(choice.meaning);

function whatEnterDoes(choice: Choice | undefined) {
  if (isHeld(choice)) return "refusal";
  if (choice?.meaning.kind === "stop") return choice.standing ? "stop1" : "stopNone";
  if (choice?.standing) return "open1";
  return choice?.meaning.kind === "medication" ? "medication1" : "add1";
}

/** What the patient takes; the card of medications asks for it too, and it is asked once. */
function useTaken(patientId: string) {
  const trpc = useTRPC();
  const read = useQuery(trpc.medication.read.queryOptions({ patientId }));
  return (read.data?.medications ?? []).filter(({ status }) => status === "active");
}

/** A medication, or words that are nothing else yet. */
function standingMedicationOf(active: Parameters<typeof standingMedication>[0], meaning: Choice["meaning"]) {
  if (isWritten(meaning) && meaning.kind !== "problem") return undefined;
  const { label } = meaning;
  const standing = standingMedication(active, label);
  const kind = meaning.kind === "stop" ? "stop" : "medication";
  return standing && { meaning: { kind, label } as const, concept: undefined, standing };
}

const tone = (is: string) =>
  is === "impossible" || is === "future" || is === "half" ? "danger" : is === "unsure" ? "attention" : undefined;

/** A refusal without its reason waits for it. */
const isHeld = (choice: Choice | undefined) =>
  choice?.meaning.kind === "vaccine" && choice.meaning.refused && choice.meaning.reason === "";

/**
 * What stands already is offered first, to be opened; a problem may come again, a vaccine and a line of the history too, deliberately, while
 * an allergy is only completed.
 */
function withStanding(summary: SummaryView, choices: readonly Choice[]): Choice[] {
  const opened = new Map<string, Choice>();
  const left = choices.filter((choice) => {
    const { meaning, concept } = choice;
    for (const one of historyOf(meaning)) {
      const known = standingHistory(summary, { ...one, kind: one.of });
      if (known && !opened.has(known.id)) opened.set(known.id, { meaning: one, concept: undefined, standing: known });
    }
    const [kind, words] = searched(meaning);
    if (!kind || (meaning.kind === "vaccine" && meaning.refused)) return true;
    const named = {
      codeSystem: concept?.system ?? "",
      code: concept?.code ?? "",
      words: [words, ...(concept ? [concept.fr, concept.en] : [])],
    };
    const of = kind === "substance" ? "allergy" : kind;
    const standing = standingEntry(summary, of, named, meaning.kind === "vaccine" ? meaning.occurred : "");
    if (standing && !opened.has(standing.id)) opened.set(standing.id, { ...choice, standing });
    return !standing || of !== "allergy";
  });
  return [...opened.values(), ...left];
}

function historyOf(meaning: Choice["meaning"]) {
  if (meaning.kind === "histories") return meaning.entries;
  return meaning.kind === "history" ? [meaning] : [];
}

/** What a list calls it, when it has exactly these words. Never what it called the line before: until the answer is there, there is none. */
function useConcept(meaning: Choice["meaning"] | undefined): ConceptView | undefined {
  const trpc = useTRPC();
  const [asked, text] = searched(meaning);
  const [settled] = useDebouncedValue(text, 150);
  const found = useQuery(
    trpc.terminology.search.queryOptions(
      { kind: asked ?? "problem", text: settled.slice(0, 100), most: 1 },
      { enabled: asked !== undefined && settled.length >= 2 },
    ),
  );
  const one = found.data?.[0];
  return asked && one?.exact && settled === text ? one : undefined;
}

function searched(meaning: Choice["meaning"] | undefined) {
  if (meaning?.kind === "problem") return ["problem", meaning.label] as const;
  if (meaning?.kind === "allergy") return ["substance", meaning.substance] as const;
  if (meaning?.kind === "vaccine") return ["vaccine", meaning.vaccine] as const;
  return [undefined, ""] as const;
}

/** Ctrl J, or ⌘ J, from anywhere on the page, also from a field. */
function useCtrlJ(focus: () => void) {
  const live = useRef(focus);
  useEffect(() => {
    live.current = focus;
  });
  useEffect(() => {
    function onKeyDown(event: globalThis.KeyboardEvent) {
      if (event.key.toLowerCase() !== "j" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
        return;
      event.preventDefault();
      live.current();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}

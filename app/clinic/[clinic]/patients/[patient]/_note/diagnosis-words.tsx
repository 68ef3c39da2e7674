"use client";

import { Autocomplete } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useRef, useState } from "react";
import type { Diagnosis } from "#server/note/schema.ts";
import { foldText } from "#server/patient/fold-name.ts";
import type { ConceptView } from "#server/terminology/search-concepts.ts";
import { languageOf } from "../../../../../_i18n/locale.ts";
import { useTRPC } from "../../../../../_trpc/client.tsx";
import { withWords } from "./like-problem.ts";
import { codingOf, type Listed, withListed } from "./listed-diagnosis.ts";
import classes from "./note.module.css";
import type { DiagnosisLines } from "./use-diagnosis-lines.ts";

interface DiagnosisWordsProps {
  of: DiagnosisLines;
  line: Diagnosis;
  index: number;
  disabled: boolean;
}

/**
 * The words of a diagnosis: the patient's own problems first, then what the loaded lists call so, with its code. Enter takes the first when it
 * begins with what was typed, and it is seen to before; Escape then Enter, or leaving, keeps the words as they are.
 */
export function DiagnosisWords({ of, line, index, disabled }: DiagnosisWordsProps) {
  const t = useTranslations("notes");
  const language = languageOf(useLocale());
  const picked = useRef<ConceptView>(undefined);
  const [listed, setListed] = useState<Listed>();
  const [isOpen, setOpen] = useState(false);
  const { problems, labels, put } = of;
  // Of a problem already, there is nothing to choose: what opens under it would cover what comes next.
  const isSettled = line.conditionId !== undefined || (listed !== undefined && line.text === listed.label);
  const concepts = useConcepts(line.text, isSettled);
  const typed = foldText(line.text).trim();
  const own = labels.filter((label) => foldText(label).includes(typed));
  const byName = new Map<string, ConceptView>();
  for (const one of concepts)
    if (!own.includes(one[language]) && !byName.has(one[language]) && !addsNothing(one, one[language], typed))
      byName.set(one[language], one);
  const names = isSettled ? [] : [...own, ...byName.keys()];
  const offered = names[0] !== undefined && typed.length >= 2 && foldText(names[0]).startsWith(typed) ? names[0] : "";

  function change(text: string, one: ConceptView | undefined) {
    const chosen = one && { label: text, ...codingOf(one) };
    setListed(chosen ?? listed);
    put(index, withListed(withWords(line, text, problems), { chosen, before: listed }));
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing) return;
    if (event.shiftKey) {
      if (line.conditionId || line.text.trim() === "") return;
      event.preventDefault();
      void of.list(line);
      setOpen(false);
      return;
    }
    // The arrows chose one: the list takes it by itself.
    if (!isOpen || isAnyChosen(event.currentTarget)) return;
    event.preventDefault();
    if (offered !== "") change(offered, byName.get(offered));
    setOpen(false);
  }

  return (
    <Autocomplete
      aria-label={t("diagnosisText", { number: index + 1 })}
      placeholder={t("diagnosisHint")}
      data={names}
      dropdownOpened={isOpen}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      filter={({ options }) => options}
      renderOption={({ option }) => {
        const one = byName.get(option.value);
        return (
          <span className={classes.listedDiagnosis} data-offered={option.value === offered || undefined}>
            {option.value} {one && <span>{codingOf(one).code}</span>}
          </span>
        );
      }}
      value={line.text}
      maxLength={200}
      disabled={disabled}
      onOptionSubmit={(name) => {
        picked.current = byName.get(name);
      }}
      onChange={(text) => {
        const one = picked.current;
        picked.current = undefined;
        change(text, one);
      }}
      onKeyDown={onKeyDown}
      classNames={{ option: classes.diagnosisOption }}
      comboboxProps={{ shadow: "md" }}
    />
  );
}

const isAnyChosen = (field: HTMLInputElement) =>
  document.getElementById(field.getAttribute("aria-controls") ?? "")?.querySelector("[data-combobox-selected]") != null;

/** Words that are typed already, and no code for them. */
const addsNothing = (one: ConceptView, name: string, typed: string) =>
  codingOf(one).code === "" && foldText(name) === typed;

function useConcepts(words: string, isSettled: boolean): readonly ConceptView[] {
  const trpc = useTRPC();
  const [text] = useDebouncedValue(words.trim(), 150);
  const isTyped = !isSettled && text.length >= 2 && words.trim().length >= 2;
  const found = useQuery({
    ...trpc.terminology.search.queryOptions({ kind: "problem", text: text.slice(0, 100) }, { enabled: isTyped }),
    placeholderData: keepPreviousData,
  });
  return isTyped ? (found.data ?? []) : [];
}

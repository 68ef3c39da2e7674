"use client";

import { ActionIcon, Button, TextInput, Tooltip } from "@mantine/core";
import { IconLink, IconPlaylistAdd, IconPlus, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import type { Diagnosis } from "#server/note/schema.ts";
import { DiagnosisWords } from "./diagnosis-words.tsx";
import classes from "./note.module.css";
import type { DiagnosisLines } from "./use-diagnosis-lines.ts";

interface DiagnosesFieldProps {
  of: DiagnosisLines;
  disabled: boolean;
}

/**
 * What the note concludes: a problem of the list, what a loaded list calls so, or words and a code where there is one. What is of the list says so; what is not can
 * join it in one gesture. A line without words is not kept.
 */
export function DiagnosesField({ of, disabled }: DiagnosesFieldProps) {
  const t = useTranslations("notes");
  const list = useRef<HTMLUListElement>(null);
  const { lines, problems, put } = of;

  function add() {
    of.begin();
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>("li:last-child input")?.focus());
  }

  return (
    <div>
      <ul ref={list} className={classes.diagnosisLines}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: their order is all that tells them apart
          <li key={index}>
            <DiagnosisWords of={of} line={line} index={index} disabled={disabled} />
            <TextInput
              aria-label={t("diagnosisCode", { number: index + 1 })}
              placeholder={t("code")}
              value={line.code}
              maxLength={60}
              disabled={disabled}
              onChange={(event) => {
                const typed = event.currentTarget.value;
                const { codeVersion: _, ...own } = line;
                put(index, { ...own, code: typed, system: typed.trim() === "" ? "" : systemOf(typed) });
              }}
              autoComplete="off"
            />
            <OfProblem
              label={problems.find(({ id }) => id === line.conditionId)?.label}
              number={index + 1}
              disabled={disabled || line.text.trim() === "" || of.busy}
              onAdd={() => void of.list(line)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("removeDiagnosis", { number: index + 1 })}
              disabled={disabled}
              onClick={() => of.remove(index)}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={add}
        disabled={disabled || lines.length >= 30}
      >
        {t("addDiagnosis")}
      </Button>
    </div>
  );
}

interface OfProblemProps {
  /** The problem that the diagnosis is of, if any. */
  label: string | undefined;
  number: number;
  disabled: boolean;
  onAdd: () => void;
}

/** Says that the diagnosis is of the list, or puts it there. */
function OfProblem({ label, number, disabled, onAdd }: OfProblemProps) {
  const t = useTranslations("notes");
  if (label !== undefined)
    return (
      <Tooltip label={t("ofProblem", { label })}>
        <span className={classes.ofProblem} role="img" aria-label={t("ofProblem", { label })}>
          <IconLink size={16} aria-hidden />
        </span>
      </Tooltip>
    );
  return (
    <Tooltip label={`${t("addToProblems")} (${t("addToProblemsKey")})`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t("addToProblemsNumber", { number })}
        disabled={disabled}
        onClick={onAdd}
      >
        <IconPlaylistAdd size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

/** Of a code that was written by hand: « 401.9 » is of the ninth revision, as Québec bills; « I10 » of the tenth. */
function systemOf(code: string): Diagnosis["system"] {
  if (/^[EV]?\d{3}(\.\d{0,2})?$/i.test(code.trim())) return "icd-9";
  return /^[A-TV-Z]\d\w(\.\w{0,4})?$/i.test(code.trim()) ? "icd-10" : "other";
}

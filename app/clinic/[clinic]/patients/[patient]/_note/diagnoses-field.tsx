"use client";

import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Diagnosis } from "#server/note/schema.ts";
import classes from "./note.module.css";

interface DiagnosesFieldProps {
  diagnoses: readonly Diagnosis[];
  disabled: boolean;
  onChange: (diagnoses: Diagnosis[]) => void;
}

/** What the note concludes: words, and a code where there is one. A line without words is not kept. */
export function DiagnosesField({ diagnoses, disabled, onChange }: DiagnosesFieldProps) {
  const t = useTranslations("notes");
  // A line that is begun stays on screen while it has no words.
  const [lines, setLines] = useState<Diagnosis[]>([...diagnoses]);
  const list = useRef<HTMLUListElement>(null);

  function change(next: Diagnosis[]) {
    setLines(next);
    onChange(next.filter(({ text }) => text.trim() !== ""));
  }
  const set = (index: number, part: Partial<Diagnosis>) =>
    change(lines.map((line, at) => (at === index ? { ...line, ...part } : line)));

  function add() {
    setLines([...lines, { text: "", code: "", system: "" }]);
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>("li:last-child input")?.focus());
  }

  return (
    <div>
      <ul ref={list} className={classes.diagnosisLines}>
        {lines.map(({ text, code }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: their order is all that tells them apart
          <li key={index}>
            <TextInput
              aria-label={t("diagnosisText", { number: index + 1 })}
              value={text}
              maxLength={200}
              disabled={disabled}
              onChange={(event) => set(index, { text: event.currentTarget.value })}
              autoComplete="off"
            />
            <TextInput
              aria-label={t("diagnosisCode", { number: index + 1 })}
              placeholder={t("code")}
              value={code}
              maxLength={20}
              disabled={disabled}
              onChange={(event) => {
                const typed = event.currentTarget.value;
                set(index, { code: typed, system: typed.trim() === "" ? "" : systemOf(typed) });
              }}
              autoComplete="off"
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("removeDiagnosis", { number: index + 1 })}
              disabled={disabled}
              onClick={() => change(lines.filter((_, at) => at !== index))}
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

/** « 401.9 » is of the ninth revision, as Québec bills; « I10 » of the tenth. */
function systemOf(code: string): Diagnosis["system"] {
  if (/^[EV]?\d{3}(\.\d{0,2})?$/i.test(code.trim())) return "icd-9";
  return /^[A-TV-Z]\d\w(\.\w{0,4})?$/i.test(code.trim()) ? "icd-10" : "other";
}

"use client";

import { ActionIcon, Autocomplete, Button, TextInput, Tooltip } from "@mantine/core";
import { IconLink, IconPlaylistAdd, IconPlus, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Diagnosis } from "#server/note/schema.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { useRefreshRecord, useSummary } from "../_summary/use-summary.ts";
import { withWords } from "./like-problem.ts";
import classes from "./note.module.css";

interface DiagnosesFieldProps {
  patientId: string;
  diagnoses: readonly Diagnosis[];
  disabled: boolean;
  onChange: (diagnoses: Diagnosis[]) => void;
}

/**
 * What the note concludes: a problem of the list, or words and a code where there is one. What is of the list says so; what is not can
 * join it in one gesture. A line without words is not kept.
 */
export function DiagnosesField({ patientId, diagnoses, disabled, onChange }: DiagnosesFieldProps) {
  const t = useTranslations("notes");
  // A line that is begun stays on screen while it has no words.
  const [lines, setLines] = useState<Diagnosis[]>([...diagnoses]);
  // A problem that is being added is of the line as it will be then.
  const latest = useRef(lines);
  const list = useRef<HTMLUListElement>(null);
  const summary = useSummary(patientId);
  const problems = summary.data?.conditions ?? [];
  const labels = [...new Set(problems.filter(({ status }) => status === "active").map(({ label }) => label))];

  function change(next: Diagnosis[]) {
    latest.current = next;
    setLines(next);
    onChange(next.filter(({ text }) => text.trim() !== ""));
  }
  const put = (index: number, one: Diagnosis) => change(latest.current.map((line, at) => (at === index ? one : line)));
  const addProblem = useAddProblem(patientId, (text, conditionId) =>
    change(latest.current.map((line) => (line.text.trim() === text ? { ...line, conditionId } : line))),
  );

  function add() {
    latest.current = [...lines, { text: "", code: "", system: "" }];
    setLines(latest.current);
    requestAnimationFrame(() => list.current?.querySelector<HTMLInputElement>("li:last-child input")?.focus());
  }

  return (
    <div>
      <ul ref={list} className={classes.diagnosisLines}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: their order is all that tells them apart
          <li key={index}>
            <Autocomplete
              aria-label={t("diagnosisText", { number: index + 1 })}
              placeholder={t("diagnosisHint")}
              data={labels}
              value={line.text}
              maxLength={200}
              disabled={disabled}
              onChange={(text) => put(index, withWords(line, text, problems))}
              comboboxProps={{ shadow: "md" }}
            />
            <TextInput
              aria-label={t("diagnosisCode", { number: index + 1 })}
              placeholder={t("code")}
              value={line.code}
              maxLength={20}
              disabled={disabled}
              onChange={(event) => {
                const typed = event.currentTarget.value;
                put(index, { ...line, code: typed, system: typed.trim() === "" ? "" : systemOf(typed) });
              }}
              autoComplete="off"
            />
            <OfProblem
              label={problems.find(({ id }) => id === line.conditionId)?.label}
              number={index + 1}
              disabled={disabled || line.text.trim() === "" || addProblem.busy}
              onAdd={() => void addProblem.run(line)}
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
    <Tooltip label={t("addToProblems")}>
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

/** Puts a diagnosis's words on the list of problems. Pressed twice, it is one problem. */
function useAddProblem(patientId: string, onAdded: (text: string, conditionId: string) => void) {
  const t = useTranslations("notes");
  const client = useTRPCClient();
  const say = useErrorText();
  const toast = useToast();
  const refresh = useRefreshRecord();
  const [busy, setBusy] = useState(false);
  const ids = useRef(new Map<string, string>());

  async function run({ text, code, system }: Diagnosis) {
    const label = text.trim();
    const id = ids.current.get(label) ?? crypto.randomUUID();
    ids.current.set(label, id);
    setBusy(true);
    try {
      const coded = code.trim() !== "" && system !== "" && system !== "other";
      await client.condition.add.mutate({
        id,
        patientId,
        label,
        ...(coded && { codeSystem: system, code: code.trim() }),
      });
      onAdded(label, id);
      toast({ message: t("addedToProblems", { label }) });
      await refresh();
    } catch (error) {
      toast({ tone: "danger", message: say(error).message });
    } finally {
      setBusy(false);
    }
  }
  return { run, busy };
}

/** « 401.9 » is of the ninth revision, as Québec bills; « I10 » of the tenth. */
function systemOf(code: string): Diagnosis["system"] {
  if (/^[EV]?\d{3}(\.\d{0,2})?$/i.test(code.trim())) return "icd-9";
  return /^[A-TV-Z]\d\w(\.\w{0,4})?$/i.test(code.trim()) ? "icd-10" : "other";
}

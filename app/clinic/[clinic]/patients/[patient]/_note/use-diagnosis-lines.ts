"use client";

import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Diagnosis } from "#server/note/schema.ts";
import { useTRPCClient } from "../../../../../_trpc/client.tsx";
import { useErrorText } from "../../../../../_trpc/use-error-text.ts";
import { useToast } from "../../../../../_ui/toast/toast.tsx";
import { useRefreshRecord, useSummary } from "../_summary/use-summary.ts";

export interface DiagnosisLines {
  /** Those on screen: one that is begun stays while it has no words. */
  readonly lines: readonly Diagnosis[];
  readonly problems: readonly { readonly id: string; readonly label: string }[];
  /** Of the active ones, to choose from. */
  readonly labels: readonly string[];
  put(index: number, line: Diagnosis): void;
  begin(): void;
  remove(index: number): void;
  /** Puts a diagnosis on the list of problems: signed, the note is among that problem's. */
  list(line: Diagnosis): Promise<void>;
  readonly busy: boolean;
}

/** The diagnoses of a note that is written, and the problems that they are of. */
export function useDiagnosisLines(
  patientId: string,
  diagnoses: readonly Diagnosis[],
  onChange: (diagnoses: Diagnosis[]) => void,
): DiagnosisLines {
  const [lines, setLines] = useState<readonly Diagnosis[]>([...diagnoses]);
  // A problem that is being added is of the line as it will be then.
  const latest = useRef(lines);
  const summary = useSummary(patientId);
  const problems = summary.data?.conditions ?? [];
  const labels = [...new Set(problems.filter(({ status }) => status === "active").map(({ label }) => label))];

  function show(next: readonly Diagnosis[]) {
    latest.current = next;
    setLines(next);
  }
  function change(next: readonly Diagnosis[]) {
    show(next);
    onChange(next.filter(({ text }) => text.trim() !== ""));
  }
  const { run, busy } = useAddProblem(patientId, (text, conditionId) =>
    change(latest.current.map((line) => (line.text.trim() === text ? { ...line, conditionId } : line))),
  );
  return {
    lines,
    problems,
    labels,
    put: (index, one) => change(latest.current.map((line, at) => (at === index ? one : line))),
    begin: () => show([...latest.current, { text: "", code: "", system: "" }]),
    remove: (index) => change(latest.current.filter((_, at) => at !== index)),
    list: run,
    busy,
  };
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

  async function run({ text, code, system, codeVersion = "" }: Diagnosis) {
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
        ...(coded && { codeSystem: system, code: code.trim(), codeVersion }),
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

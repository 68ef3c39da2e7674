import type { Draft } from "./draft.ts";
import type { Step } from "./use-step.ts";
import type { Refused } from "./use-step-form.ts";

/** What each step is given. */
export interface StepProps {
  readonly draft: Draft;
  readonly change: (edit: (before: Draft) => Draft) => void;
  readonly go: (step: Step) => void;
  readonly refused: Refused;
  /** Field path → sentence: shown by the step that holds the field. */
  readonly onRefused: (fields: Record<string, string>) => void;
  readonly onOpened: (slug: string) => void;
  /** "chevet.example/c/" */
  readonly prefix: string;
}

import type { Relation } from "#server/history/schema.ts";
import type { Site } from "#server/immunization/schema.ts";
import type { Doubt } from "#server/observation/doubt-value.ts";
import type { BodyPosition } from "#server/observation/schema.ts";

/** What a line of the quick-add bar may mean. */

export interface ReadValue {
  /** The measure's key. */
  readonly code: string;
  /** In the measure's own unit; null for a finding in words. */
  readonly value: string | null;
  readonly comparator: "" | "<" | "<=" | ">=" | ">";
  readonly text: string;
  /** What was typed, when that was another unit: « 172 lb ». */
  readonly entered: string;
  /** How they were: said of a pressure or a pulse. */
  readonly position: BodyPosition;
  /** Where and how it was taken: « bras gauche », « buccale », « à jeun ». */
  readonly note: string;
}

export interface HistoryRead {
  readonly kind: "history";
  readonly of: "personal" | "family" | "social";
  readonly relation: Relation;
  readonly label: string;
  readonly occurred: string;
  /** In years; null when nobody said. */
  readonly atAge: number | null;
  /** « décédé », of a relative. */
  readonly note?: string;
}

export interface AllergyRead {
  readonly kind: "allergy";
  readonly intolerance: boolean;
  readonly substance: string;
  readonly reaction: string;
  readonly severity: "" | "mild" | "moderate" | "severe";
}

export type Understood =
  | { readonly kind: "observations"; readonly values: readonly ReadValue[] }
  | AllergyRead
  /** « allergie pénicilline, sulfa »: one for each. */
  | { readonly kind: "allergies"; readonly entries: readonly AllergyRead[] }
  | { readonly kind: "no-allergy" }
  | {
      readonly kind: "task";
      readonly title: string;
      /** `YYYY-MM-DD`; null without a day. */
      readonly dueOn: string | null;
    }
  | { readonly kind: "problem"; readonly label: string; readonly onset: string }
  | {
      readonly kind: "vaccine";
      readonly vaccine: string;
      readonly occurred: string;
      readonly refused: boolean;
      readonly reason: string;
      readonly doseNumber: number | null;
      readonly site: Site;
      readonly lot: string;
    }
  /** It has its own screen, where it is prescribed or written down. */
  | { readonly kind: "medication"; readonly label: string }
  /** Of one that is taken, to be stopped on that same screen. */
  | { readonly kind: "stop"; readonly label: string }
  | HistoryRead
  /** « mère asthme, père eczéma »: one for each. */
  | { readonly kind: "histories"; readonly entries: readonly HistoryRead[] };

/** Sure: Enter adds it. Unsure: one of these, for the person to choose, or one that can be and most likely is not (`doubt`). Impossible: which measure, and what it may be. Derived: it is calculated from others. Half: the second number of a pressure is missing. */
export type Reading =
  | { readonly is: "sure"; readonly meaning: Understood }
  | { readonly is: "unsure"; readonly meanings: readonly Understood[]; readonly doubt?: Doubt }
  | { readonly is: "impossible"; readonly code: string; readonly value: string; readonly atAge: boolean }
  | { readonly is: "derived"; readonly code: string }
  | { readonly is: "half" }
  | { readonly is: "future"; readonly date: string }
  | { readonly is: "nothing" };

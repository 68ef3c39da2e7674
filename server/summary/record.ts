import type { AllergyKind, Certainty, Severity } from "#server/allergy-intolerance/schema.ts";
import type { Standing } from "#server/growth/query-reference.ts";
import type { HistoryKind, Relation } from "#server/history/schema.ts";
import type { ImmunizationStatus, Origin, Route, Site } from "#server/immunization/schema.ts";
import type { Deviation } from "#server/observation/judge-value.ts";
import type { ObservationView } from "#server/observation/record.ts";

/** Who wrote it, and when. */
interface Written {
  readonly id: string;
  readonly version: number;
  readonly by: string;
  readonly writtenAt: Date;
}

interface Coded {
  readonly codeSystem: string;
  readonly code: string;
  readonly codeVersion: string;
}

export interface ConditionView extends Written, Coded {
  readonly label: string;
  readonly onset: string;
  readonly abatement: string;
  readonly note: string;
  readonly status: "active" | "resolved";
  /** How many notes hang on it. */
  readonly notes: number;
  /** The series whose last value is shown beside it. */
  readonly measure?: string;
}

export interface AllergyView extends Written, Coded {
  readonly kind: AllergyKind | "none-known";
  readonly substance: string;
  readonly reaction: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly onset: string;
  readonly note: string;
  readonly status: "active" | "resolved";
}

export interface HistoryView extends Written {
  readonly kind: HistoryKind;
  readonly relation: Relation;
  readonly label: string;
  readonly occurred: string;
  /** In years. */
  readonly atAge: number | null;
  readonly note: string;
  readonly status: "active" | "ended";
}

export interface ImmunizationView extends Written, Coded {
  readonly vaccine: string;
  readonly product: string;
  readonly occurred: string;
  readonly lot: string;
  readonly expiresOn: string | null;
  readonly site: Site;
  readonly route: Route;
  readonly dose: string;
  readonly doseNumber: number | null;
  readonly origin: Origin;
  readonly notDoneReason: string;
  readonly note: string;
  readonly status: ImmunizationStatus;
}

/** A series at a glance: its last value, whether that is out of the ordinary, and the line of the last twelve. */
export interface LastValue extends ObservationView {
  readonly deviation: Deviation | undefined;
  /** Oldest first. */
  readonly line: readonly { readonly at: Date; readonly value: string }[];
  /** The document of the chart that it was read in. */
  readonly reportId: string | null;
  /** Calculated, not written. */
  readonly derived: boolean;
  /** Where a child stands, by the growth reference of this host. */
  readonly standing?: Standing;
}

/** The left side of the chart, less medications. */
export interface SummaryView {
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
  readonly today: string;
  readonly conditions: readonly ConditionView[];
  readonly allergies: readonly AllergyView[];
  readonly history: readonly HistoryView[];
  readonly immunizations: readonly ImmunizationView[];
  readonly values: readonly LastValue[];
  /** The flowsheets that go with the problems. */
  readonly flowsheets: readonly { readonly key: string; readonly fr: string; readonly en: string }[];
}

import type { ConsentPurpose } from "#server/consent/schema.ts";
import type { PatientView } from "#server/patient/record.ts";
import type { Age } from "./age-on.ts";
import type { NamedPerson } from "./name-closed.ts";

/** On what ground a chart is open: see clinic.chart_basis. */
export type ChartBasis = "visit" | "care-team" | "declared" | "assigned" | "administration" | "break-glass";

export interface VisitLine {
  readonly id: string;
  readonly status: "booked" | "arrived" | "checked-in" | "fulfilled" | "noshow";
  /** ISO instant. */
  readonly startsAt: string;
  /** `YYYY-MM-DD`, on the wall of the place. */
  readonly date: string;
  /** Minutes since midnight, on the wall of the place. */
  readonly minute: number;
  readonly timeZone: string;
  readonly service: string | null;
  readonly practitioner: string | null;
  readonly reason: string;
}

export interface VisitSummary {
  /** At most three, the next first. */
  readonly coming: readonly VisitLine[];
  /** At most six, the last first. */
  readonly past: readonly VisitLine[];
  /** How many were given, and since which year. */
  readonly count: number;
  readonly since: number | null;
}

/** What the head of a chart shows. */
export type ChartView =
  /** A reason is asked for first, and nothing is shown. */
  | { readonly basis: null; readonly person: NamedPerson | null }
  /** The patient closed it to this person, who may pass that in an emergency; nothing is shown. */
  | { readonly basis: "closed" }
  | OpenChartView;

/** A refusal that stands (FHIR R4 Consent, `provision.type` deny). */
export interface Refusal {
  readonly purpose: Exclude<ConsentPurpose, "promotion">;
  /** What exactly, in the person's words; up to 500 characters. */
  readonly scope: string;
}

export interface OpenChartView {
  readonly basis: ChartBasis;
  readonly patient: PatientView;
  /** Today, or on the day they died; null without a birth date. */
  readonly age: Age | null;
  /** How many written restrictions hold on this person's information. */
  readonly restrictions: number;
  /** Something of this chart is closed to this person: a restriction, or notes that are for others. Not what. */
  readonly hidden: boolean;
  /** The broken glass that it is seen through, and until when (ISO instant). */
  readonly glass: { readonly id: string; readonly expiresAt: string } | null;
  readonly mayBreakGlass: boolean;
  /** May write down what the patient closes, or answers for who looked: the page of access is for them. */
  readonly maySeeAccess: boolean;
  /** What the person refused and did not take back, the newest first; at most six. Offers of the clinic are not of care. */
  readonly refusals: readonly Refusal[];
  readonly visits: VisitSummary;
}

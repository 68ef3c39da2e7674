import type { PatientView } from "#server/patient/record.ts";
import type { Age } from "./age-on.ts";

/** On what ground a chart is open: see clinic.chart_basis. */
export type ChartBasis = "visit" | "care-team" | "declared" | "administration" | "break-glass";

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

/** What the head of a chart shows; `basis: null` when a reason is asked for first, and then nothing else. */
export type ChartView =
  | { readonly basis: null }
  | {
      readonly basis: ChartBasis;
      readonly patient: PatientView;
      /** Today, or on the day they died; null without a birth date. */
      readonly age: Age | null;
      /** How many written restrictions hold on this person's information. */
      readonly restrictions: number;
      readonly visits: VisitSummary;
    };

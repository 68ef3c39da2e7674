import type { BodyPosition, Comparator } from "./schema.ts";

/** One value as every screen shows it. */
export interface ObservationView {
  readonly id: string;
  readonly code: string;
  readonly label: string;
  readonly at: Date;
  /** A decimal with a point; null for a finding in words. */
  readonly value: string | null;
  readonly comparator: Comparator;
  readonly unit: string;
  readonly text: string;
  readonly low: string | null;
  readonly high: string | null;
  readonly entered: string;
  readonly position: BodyPosition;
  readonly note: string;
  readonly panelId: string | null;
  readonly version: number;
}

/** What a screen that lost to another is shown of a value. */
export const observationSelect = {
  id: true,
  code: true,
  effectiveAt: true,
  value: true,
  comparator: true,
  unit: true,
  valueText: true,
  low: true,
  high: true,
  entered: true,
  note: true,
  status: true,
  panelId: true,
  version: true,
  lastUpdated: true,
} as const;

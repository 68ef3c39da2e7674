import type { PosologyCard } from "./schema.ts";

/** What a screen that lost to another is shown of a drug, and what is read of one before it changes. */
export const medicationSelect = {
  id: true,
  din: true,
  ingredientCodes: true,
  dataVersion: true,
  label: true,
  strength: true,
  form: true,
  route: true,
  dose: true,
  doseHigh: true,
  doseUnit: true,
  frequency: true,
  asNeeded: true,
  instructions: true,
  durationDays: true,
  quantity: true,
  repeats: true,
  noSubstitution: true,
  note: true,
  reason: true,
  started: true,
  stopped: true,
  stopReason: true,
  origin: true,
  status: true,
  version: true,
  lastUpdated: true,
} as const;

export interface MedicationView extends PosologyCard {
  readonly id: string;
  readonly version: number;
  readonly reason: string;
  readonly started: string;
  readonly stopped: string;
  readonly stopReason: string;
  readonly origin: "here" | "elsewhere";
  readonly status: "active" | "stopped";
  /** `YYYY-MM-DD` */
  readonly prescribedOn: string | null;
  readonly coveredUntil: string | null;
  readonly by: string;
}

export interface FavouriteView extends PosologyCard {
  readonly id: string;
  readonly version: number;
}

export interface PrescriptionLine {
  readonly id: string;
  readonly version: number;
  readonly status: "prepared" | "signed" | "cancelled" | "replaced";
  readonly number: number | null;
  readonly signedAt: string | null;
  /** Who signed it; of one that is prepared, who prepares it. */
  readonly by: string;
  /** Prepared by the reader. */
  readonly mine: boolean;
  readonly replacesId: string | null;
  readonly cancelReason: string;
  readonly items: readonly (PosologyCard & { medicationId: string; replaces: string })[];
}

export interface AllergyLine {
  readonly kind: "allergy" | "intolerance" | "none-known";
  readonly substance: string;
  readonly reaction: string;
  readonly severity: string;
}

export interface MedicationsView {
  readonly today: string;
  readonly medications: readonly MedicationView[];
  readonly reviewed: { readonly at: string; readonly by: string } | null;
  readonly favourites: readonly FavouriteView[];
  /** The last first; thirty at most. */
  readonly prescriptions: readonly PrescriptionLine[];
  /** As they are written in the record; nothing is compared with them. */
  readonly allergies: readonly AllergyLine[];
  /** How it is printed: who the reader would sign as. null for whoever may not prescribe. */
  readonly prescriber: { readonly name: string; readonly permitNumber: string } | null;
}

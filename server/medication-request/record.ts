import type { PrescriptionItem } from "./schema.ts";

/** All that is printed of a signed prescription but the NAM, as it was when it was signed: made again from it, the same page comes out. */
export interface SignedContent {
  /** The form of what follows, for whoever reads it in ten years. */
  readonly form: 1;
  /** « 2026-000042 » */
  readonly number: string;
  /** `YYYY-MM-DD`, the clinic's day. */
  readonly signedOn: string;
  /** ISO instant. */
  readonly signedAt: string;
  /** The number of the one that it corrects. */
  readonly replaces: string | null;
  readonly language: "fr" | "en";
  readonly clinic: { readonly name: string; readonly lines: readonly string[]; readonly phone: string };
  readonly prescriber: {
    readonly name: string;
    /** A code of server/clinic/professions.ts. */
    readonly profession: string;
    readonly permitNumber: string;
    readonly phone: string;
    readonly signatureLine: string;
    /** A picture as a data address; null: a line to sign on. */
    readonly signature: string | null;
  };
  readonly patient: { readonly name: string; readonly birthDate: string | null; readonly fileNumber: string };
  readonly items: readonly PrescriptionItem[];
}

/** A drug that a prescription renews, and that somebody stopped or set aside meanwhile. */
export interface EndedDrug {
  readonly medicationId: string;
  readonly version: number;
  readonly label: string;
  readonly strength: string;
  readonly status: "stopped" | "entered-in-error";
  /** A partial date; '' for a mistake. */
  readonly on: string;
  readonly reason: string;
  /** '' when nobody of the team did. */
  readonly by: string;
}

export const namPlaceOf = (clinic: string, prescriptionId: string) => ({
  clinic,
  table: "clinic.prescription",
  column: "nam_sealed",
  row: prescriptionId,
});

/** What a screen that lost to another is shown of a prescription. */
export const prescriptionSelect = {
  id: true,
  status: true,
  number: true,
  content: true,
  version: true,
  lastUpdated: true,
} as const;

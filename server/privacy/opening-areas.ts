import type { InformationCategory } from "./schema.ts";

/** What of a chart a line of the journal touched, as a person would ask: « have they seen my notes? ». */
export const openingAreas = [
  "identity",
  "summary",
  "note",
  "condition",
  "history",
  "allergy",
  "medication",
  "observation",
  "immunization",
  "document",
  "task",
  "message",
  "referral",
  "appointment",
  "consent",
  "journal",
] as const satisfies readonly (Exclude<InformationCategory, "*"> | "summary" | "consent" | "journal")[];
export type OpeningArea = (typeof openingAreas)[number];

/** The noun of an event (`note.signed` → note) → its area, where the two differ. */
const areaOfNoun: Readonly<Record<string, OpeningArea>> = {
  patient: "identity",
  encounter: "note",
  prescription: "medication",
  flowsheet: "observation",
  phrase: "summary",
  timeline: "summary",
  record: "summary",
  recall: "appointment",
  waitlist: "appointment",
  contact: "message",
  reminder: "message",
};
/** What opens, asks or restricts says nothing of what was read. */
const noArea: readonly string[] = [
  "patient.glass-broken",
  "patient.restricted",
  "patient.restriction-ended",
  "patient.restrictions-read",
];

/** @returns undefined for an event that reads nothing of the person */
export function areaOf(event: string): OpeningArea | undefined {
  const noun = event.split(".")[0] ?? "";
  if (noun === "chart" || noun === "privacy" || noArea.includes(event)) return undefined;
  const area = areaOfNoun[noun] ?? noun;
  return openingAreas.find((one) => one === area);
}

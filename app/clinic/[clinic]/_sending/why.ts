import type { DisclosureGround, Purpose, RecipientInput } from "#server/communication/schema.ts";

/** What every form of this room holds: to whom, why, on what ground, and what was refused. */
export interface WhyValues {
  /** « patient », « correspondent:<id> », « related:<id> », « other »; '' before one is chosen. */
  readonly to: string;
  readonly toName: string;
  readonly purpose: Purpose;
  readonly ground: DisclosureGround;
  readonly justification: string;
  readonly refusalReason: string;
  readonly language: "fr" | "en";
}

export const usualWhy = (language: "fr" | "en"): WhyValues => ({
  to: "",
  toName: "",
  purpose: "care",
  ground: "care",
  justification: "",
  refusalReason: "",
  language,
});

export function recipientOf({ to, toName }: Pick<WhyValues, "to" | "toName">): RecipientInput | undefined {
  const [kind, id = ""] = to.split(":");
  if (kind === "patient") return { kind };
  if (kind === "correspondent" || kind === "related") return { kind, id };
  return kind === "other" ? { kind, name: toName } : undefined;
}

/** As the server judges it (server/communication/refusals.ts): what goes to the patient is never refused by them. */
export const isConcerned = (purpose: "disclosure" | "relatives", to: string): boolean =>
  to !== "" && to !== "patient" && (purpose === "disclosure" || to.startsWith("related:") || to === "other");

/** What is usual for this recipient; a person changes it. */
export const usualFor = (to: string): Pick<WhyValues, "purpose" | "ground"> =>
  to.startsWith("correspondent:")
    ? { purpose: "care", ground: "care" }
    : { purpose: "patient-request", ground: "consent" };

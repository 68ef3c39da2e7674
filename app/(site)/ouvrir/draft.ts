import type { ProfessionCode, RegionCode, timeZones } from "#server/clinic/schema.ts";

export interface ClinicFields {
  name: string;
  professions: ProfessionCode[];
  region: RegionCode | "";
  timeZone: (typeof timeZones)[number];
  slug: string;
  /** Whether the address was chosen by hand: until then it follows the clinic's name. */
  slugChosen: boolean;
  ownerIsOfficer: boolean;
  officerName: string;
  officerTitle: string;
  officerEmail: string;
  officerPhone: string;
}

export interface AcceptedTerms {
  version: string;
  locale: "fr" | "en";
  receipt: string;
  /** ISO instant, for the summary. */
  at: string;
}

export interface SentCode {
  secretId: string;
  email: string;
  sentAt: string;
  expiresAt: string;
}

/** What the browser keeps of a sign-up that is under way: everything but the password. */
export interface Draft {
  clinic: ClinicFields;
  account: { displayName: string; email: string };
  terms?: AcceptedTerms;
  code?: SentCode;
}

export const emptyDraft: Draft = {
  clinic: {
    name: "",
    professions: [],
    region: "",
    timeZone: "America/Toronto",
    slug: "",
    slugChosen: false,
    ownerIsOfficer: true,
    officerName: "",
    officerTitle: "",
    officerEmail: "",
    officerPhone: "",
  },
  account: { displayName: "", email: "" },
};

const key = "chevet-ouvrir-1";
const lifeMs = 7 * 86_400_000;

/** The draft kept in this browser, forgotten after seven days or when it cannot be read. */
export function readDraft(): Draft | null {
  try {
    const { draft, savedAt } = JSON.parse(localStorage.getItem(key) ?? "null") ?? {};
    if (!draft || Date.now() - savedAt > lifeMs) return null;
    return {
      ...emptyDraft,
      ...draft,
      clinic: { ...emptyDraft.clinic, ...draft.clinic },
      account: { ...emptyDraft.account, ...draft.account },
    };
  } catch {
    return null;
  }
}

/** @returns false where the browser keeps nothing (private window, full storage). */
export function keepDraft(draft: Draft): boolean {
  try {
    localStorage.setItem(key, JSON.stringify({ draft, savedAt: Date.now() }));
    return true;
  } catch {
    return false;
  }
}

export function forgetDraft(): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** The draft as the server reads it. */
export function clinicInput(fields: ClinicFields) {
  return {
    name: fields.name,
    professions: fields.professions,
    region: fields.region,
    timeZone: fields.timeZone,
    slug: fields.slug,
    privacyOfficer: {
      name: fields.officerName,
      title: fields.officerTitle,
      email: fields.officerEmail,
      phone: fields.officerPhone,
    },
    ownerIsOfficer: fields.ownerIsOfficer,
  };
}

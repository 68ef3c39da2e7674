import { toDay } from "#server/patient/check-dates.ts";
import { showPhone } from "#server/phone.ts";
import type { RequestState } from "./schema.ts";
import type { SuggestedPatient } from "./suggest-matches.ts";

/** A visit that somebody of whom nothing is known has asked for. */
export interface RequestedVisit {
  readonly id: string;
  readonly status: string;
  readonly service: string;
  readonly startsAt: Date;
  readonly timeZone: string;
}

/** Who asked on the public page: only what they typed, until staff say whose record it is. */
export interface RequestRecord {
  readonly id: string;
  readonly status: RequestState;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string | null;
  readonly language: "fr" | "en";
  readonly email: string;
  readonly phone: string;
  readonly relation: "self" | "child" | "cared-for";
  readonly bookerName: string;
  readonly newPatient: boolean;
  readonly namLast2: string | null;
  /** When the address was proved by a code. */
  readonly verifiedAt: Date | null;
  readonly patientId: string | null;
  readonly createdAt: Date;
  readonly lastUpdated: Date;
  readonly version: number;
  readonly visits: readonly RequestedVisit[];
  readonly suggestions: readonly SuggestedPatient[];
}

export const requestSelect = {
  id: true,
  status: true,
  familyName: true,
  givenName: true,
  birthDate: true,
  language: true,
  email: true,
  phone: true,
  relation: true,
  bookerName: true,
  newPatient: true,
  namHash: true,
  namLast2: true,
  verifiedAt: true,
  patientId: true,
  createdAt: true,
  lastUpdated: true,
  version: true,
} as const;

export const visitSelect = {
  id: true,
  status: true,
  requestPersonId: true,
  sittingRef: { select: { startsAt: true, timeZone: true, serviceRef: { select: { name: true } } } },
} as const;

interface RequestRow {
  readonly id: string;
  readonly status: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: Date | null;
  readonly language: string;
  readonly email: string;
  readonly phone: string;
  readonly relation: string;
  readonly bookerName: string;
  readonly newPatient: boolean;
  readonly namLast2: string | null;
  readonly verifiedAt: Date | null;
  readonly patientId: string | null;
  readonly createdAt: Date;
  readonly lastUpdated: Date;
  readonly version: number;
}

/** The row as every verb returns it: no hash of a NAM leaves the server. */
export function viewRequest(
  row: RequestRow,
  visits: readonly RequestedVisit[] = [],
  suggestions: readonly SuggestedPatient[] = [],
): RequestRecord {
  const { id, familyName, givenName, email, bookerName, newPatient, namLast2, verifiedAt, patientId } = row;
  const { createdAt, lastUpdated, version } = row;
  return {
    id,
    status: row.status as RequestState,
    familyName,
    givenName,
    birthDate: toDay(row.birthDate),
    language: row.language as "fr" | "en",
    email,
    phone: showPhone(row.phone),
    relation: row.relation as RequestRecord["relation"],
    bookerName,
    newPatient,
    namLast2,
    verifiedAt,
    patientId,
    createdAt,
    lastUpdated,
    version,
    visits,
    suggestions,
  };
}

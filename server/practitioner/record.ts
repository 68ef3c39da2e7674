import type { Db } from "#server/db/database.ts";

const practitionerSelect = {
  id: true,
  membershipId: true,
  prefix: true,
  familyName: true,
  givenName: true,
  profession: true,
  professionalOrder: true,
  permitNumber: true,
  signatureLine: true,
  signatureFileId: true,
  status: true,
  version: true,
  lastUpdated: true,
} as const;

/** A practitioner as every verb returns it (FHIR R4 Practitioner, with the permit as its qualification). */
export type PractitionerRecord = NonNullable<Awaited<ReturnType<typeof readPractitioner>>>;

export function readPractitioner(db: Db, clinicId: string, id: string) {
  return db.practitioner.findFirst({ where: { clinicId, id }, select: practitionerSelect });
}

/** The practitioner that a member is; null when they are none. */
export function readPractitionerOf(db: Db, clinicId: string, membershipId: string) {
  return db.practitioner.findFirst({ where: { clinicId, membershipId }, select: practitionerSelect });
}

/** A page in the order of names; `after` is the last id of the page before. */
export function readPractitioners(db: Db, clinicId: string, { after, most }: { after?: string; most: number }) {
  return db.practitioner.findMany({
    where: { clinicId },
    orderBy: [{ status: "asc" }, { familyName: "asc" }, { givenName: "asc" }, { id: "asc" }],
    select: practitionerSelect,
    take: most + 1,
    ...(after ? { cursor: { clinicId_id: { clinicId, id: after } }, skip: 1 } : {}),
  });
}

import type { Db } from "#server/db/database.ts";
import type { ResourceKind, ServiceAudience, ServiceColor, ServiceMode } from "./schema.ts";

const serviceSelect = {
  id: true,
  name: true,
  nameEn: true,
  description: true,
  descriptionEn: true,
  preparation: true,
  preparationEn: true,
  durationMinutes: true,
  stepMinutes: true,
  bufferBeforeMinutes: true,
  bufferAfterMinutes: true,
  priceCents: true,
  costShown: true,
  insured: true,
  modes: true,
  videoLink: true,
  color: true,
  online: true,
  audience: true,
  noticeMinutes: true,
  horizonDays: true,
  dailyLimit: true,
  capacity: true,
  cancelNoticeMinutes: true,
  rank: true,
  status: true,
  version: true,
  lastUpdated: true,
  serviceRequirementServiceRefs: {
    orderBy: { rank: "asc" },
    select: {
      kind: true,
      quantity: true,
      resourceType: true,
      serviceCandidateRequirementRefs: { orderBy: { resourceId: "asc" }, select: { resourceId: true } },
    },
  },
} as const;

/** A service as every verb returns it (FHIR R4 HealthcareService), with what it needs in order; the code itself is nowhere. */
export type ServiceRecord = Awaited<ReturnType<typeof readServices>>[number];

interface Which {
  id?: string;
  status?: "active" | "inactive";
  after?: string;
  most: number;
}

/** A page in the order that the clinic gave them; `after` is the last id of the page before. Those in service come first. */
export async function readServices(db: Db, clinicId: string, { id, status, after, most }: Which) {
  const rows = await db.healthcareService.findMany({
    where: { clinicId, ...(id && { id }), ...(status && { status }) },
    orderBy: [{ status: "asc" }, { rank: "asc" }, { name: "asc" }, { id: "asc" }],
    select: serviceSelect,
    take: most,
    ...(after ? { cursor: { clinicId_id: { clinicId, id: after } }, skip: 1 } : {}),
  });
  return rows.map(({ serviceRequirementServiceRefs, priceCents, ...row }) => ({
    ...row,
    priceCents: priceCents === null ? null : Number(priceCents),
    color: row.color as ServiceColor,
    modes: row.modes as ServiceMode[],
    audience: row.audience as ServiceAudience,
    status: row.status as "active" | "inactive",
    requirements: serviceRequirementServiceRefs.map(({ serviceCandidateRequirementRefs, kind, ...need }) => ({
      ...need,
      kind: kind as ResourceKind,
      candidates: serviceCandidateRequirementRefs.map(({ resourceId }) => resourceId),
    })),
  }));
}

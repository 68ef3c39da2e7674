import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { atMyPlaces } from "./at-my-places.ts";
import { type RequestRecord, requestSelect, viewRequest, visitSelect } from "./record.ts";
import type { ListRequestsInput } from "./schema.ts";
import { suggestMatches } from "./suggest-matches.ts";

export interface RequestPage {
  readonly rows: readonly RequestRecord[];
  /** How many wait in all, for the page's title. */
  readonly open: number;
  readonly more: boolean;
}

/** Who booked on the public page and is in no record yet, the longest waiting first, each with the records that it may be. */
export async function listRequests(ctx: ClinicContext, input: ListRequestsInput): Promise<RequestPage> {
  requirePermission(ctx, "appointment:write");
  const clinicId = ctx.clinic.id;
  const { status, cursor, limit } = input;
  return withStaff(ctx, async (db) => {
    const rows = await db.requestPerson.findMany({
      where: {
        clinicId,
        status,
        ...atMyPlaces(ctx),
        ...(cursor && {
          OR: [{ createdAt: { gt: cursor.createdAt } }, { createdAt: cursor.createdAt, id: { gt: cursor.id } }],
        }),
      },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      select: requestSelect,
      take: limit + 1,
    });
    const page = rows.slice(0, limit);
    const ids = page.map(({ id }) => id);
    const open = await db.requestPerson.count({ where: { clinicId, status: "open", ...atMyPlaces(ctx) } });
    const visits = await db.appointment.findMany({
      where: { clinicId, requestPersonId: { in: ids }, sittingRef: { clinicId } },
      orderBy: { id: "asc" },
      select: visitSelect,
      take: 200,
    });
    const suggested = status === "open" ? await suggestMatches(db, clinicId, page) : new Map<string, never[]>();
    const found = [...suggested.values()].flat();
    if (page.length > 0)
      await recordAudit(db, ctx, {
        event: "request.listed",
        action: "R",
        entity: "RequestPerson",
        entityIds: ids,
        ground: groundOf(ctx),
      });
    if (found.length > 0)
      await recordAudit(db, ctx, {
        event: "patient.searched",
        action: "R",
        entity: "Patient",
        entityIds: [...new Set(found.map(({ id }) => id))],
        ground: groundOf(ctx),
        detail: { by: ["likeness"] },
      });
    return {
      rows: page.map((row) =>
        viewRequest(
          row,
          visits
            .filter(({ requestPersonId }) => requestPersonId === row.id)
            .map((visit) => ({
              id: visit.id,
              status: visit.status,
              service: visit.sittingRef.serviceRef?.name ?? "",
              startsAt: visit.sittingRef.startsAt,
              timeZone: visit.sittingRef.timeZone,
            })),
          suggested.get(row.id),
        ),
      ),
      open,
      more: rows.length > limit,
    };
  });
}

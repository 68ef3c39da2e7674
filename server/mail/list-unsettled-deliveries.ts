import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext, HostContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withHost } from "#server/db/with-host.ts";
import { withStaff } from "#server/db/with-staff.ts";

/** A send that needs a person: `unknown` (it may or may not have arrived) `failed` (the server refused it for good) or `bounced` (it came back later). No address, no text. */
export interface UnsettledDelivery {
  id: string;
  channel: string;
  kind: string;
  state: string;
  errorCode: string | null;
  attempts: number;
  createdAt: Date;
  settledAt: Date | null;
}

interface Page {
  most: number;
  /** The last id of the page before. */
  before?: string | undefined;
}

/** The platform's own sends that need a person, newest first: the host's to look after. */
export function listPlatformDeliveries(ctx: HostContext, page: Page): Promise<UnsettledDelivery[]> {
  return withHost(ctx, (db) => list(db, null, page));
}

/** A clinic's sends that need a person, newest first: its staff's, and nobody else's. */
export function listClinicDeliveries(ctx: ClinicContext, page: Page): Promise<UnsettledDelivery[]> {
  requirePermission(ctx, "clinic:manage");
  return withStaff(ctx, (db) => list(db, ctx.clinic.id, page));
}

function list(db: Db, clinicId: string | null, { most, before }: Page): Promise<UnsettledDelivery[]> {
  return db.delivery.findMany({
    // UUIDv7: the id's order is the order of asking.
    where: { clinicId, state: { in: ["unknown", "failed", "bounced"] }, ...(before && { id: { lt: before } }) },
    orderBy: { id: "desc" },
    take: most,
    select: {
      id: true,
      channel: true,
      kind: true,
      state: true,
      errorCode: true,
      attempts: true,
      createdAt: true,
      settledAt: true,
    },
  });
}

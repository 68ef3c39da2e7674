import type { z } from "zod";
import type { HostContext } from "#server/context.ts";
import { withHost } from "#server/db/with-host.ts";
import type { HostEventName } from "./record-host-event.ts";
import type { newestFirst } from "./schema.ts";

export interface HostEventView {
  readonly id: string;
  readonly recordedAt: Date;
  readonly event: HostEventName;
  /** The reader's own gesture; otherwise another operator's. */
  readonly mine: boolean;
  /** The clinic concerned, as the host knows it today. */
  readonly clinicName: string | null;
  /** Which settings changed, by the name of their field. */
  readonly fields: readonly string[];
}

/** What operators did, newest first, one page at a time. */
export async function listHostEvents(
  ctx: HostContext,
  { before, most }: z.output<typeof newestFirst>,
): Promise<{ events: HostEventView[]; next: string | null }> {
  return withHost(ctx, async (db) => {
    const rows = await db.hostAuditEvent.findMany({
      where: before ? { id: { lt: before } } : {},
      orderBy: { id: "desc" },
      take: most + 1,
    });
    const shown = rows.slice(0, most);
    const clinics = await db.clinicRegistration.findMany({
      where: { clinicId: { in: shown.flatMap(({ clinicId }) => clinicId ?? []) } },
      select: { clinicId: true, displayName: true },
    });
    const names = new Map(clinics.map(({ clinicId, displayName }) => [clinicId, displayName]));
    const events = shown.map(({ id, recordedAt, event, operatorId, clinicId, detail }) => ({
      id,
      recordedAt,
      event: event as HostEventName,
      mine: operatorId === ctx.user.id,
      clinicName: names.get(clinicId ?? "") ?? null,
      fields: (detail as { fields?: string[] }).fields ?? [],
    }));
    return { events, next: rows.length > most ? (shown.at(-1)?.id ?? null) : null };
  });
}

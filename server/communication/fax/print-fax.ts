import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid, notFound, precondition } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { readPhone } from "#server/phone.ts";
import { type FileRoom, processFileRoom } from "#server/storage/file-room.ts";
import type { MarkFaxedInput } from "../schema.ts";
import { makeFax, readFax } from "./make-fax.ts";

/**
 * A fax on paper, to be put in the clinic's own machine: each printing is journaled before its bytes leave.
 * @throws NotFound, also for whoever may not read what goes; Precondition `communication.over`
 */
export async function printFax(
  ctx: ClinicContext,
  id: string,
  room: FileRoom = processFileRoom(),
): Promise<{ pdf: Uint8Array; pages: number }> {
  requirePermission(ctx, "document:file");
  const facts = await withStaff(ctx, async (db) => {
    const found = await readFax(db, ctx, id);
    if (found.revoked) throw precondition("communication.over");
    // The pages are the documents themselves: whoever prints them reads each in its chart.
    if (found.closed > 0) throw notFound();
    await recordAudit(db, ctx, {
      event: "communication.printed",
      action: "R",
      entity: "Communication",
      entityIds: [id, ...found.content.map((file) => file.id)],
      patientId: found.patientId,
      ground: groundOf(ctx),
    });
    return found;
  });
  return makeFax(facts, room);
}

/**
 * « It was faxed »: by hand, at this hour, to this number. Said twice, it is written once. Also for a fax that the service lost: somebody sent it
 * from the clinic's own machine.
 * @throws NotFound; Invalid beside `at` or `number`; Precondition `communication.over` for one that was cancelled, `communication.gone` for one under way
 */
export async function markFaxed(ctx: ClinicContext, { id, number, at }: MarkFaxedInput): Promise<void> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  if (at.getTime() > Date.now() + 60_000) throw invalid("invalid", { at: "communication.future" });
  const other = readPhone(number, "number");
  await withStaff(ctx, async (db) => {
    const one = await db.transmission.findFirst({
      where: { clinicId, id, channel: "fax" },
      select: { patientId: true, status: true, contact: true, driver: true },
    });
    if (!one) throw notFound();
    if (one.status === "revoked") throw precondition("communication.over");
    const contact = other || one.contact;
    const { count } = await db.transmission.updateMany({
      where: {
        clinicId,
        id,
        OR: [{ driver: "manual", status: "queued" }, { status: { in: ["failed", "unknown"] } }],
      },
      data: { status: "sent", contact, driver: "manual", errorCode: null, settledAt: at },
    });
    if (count === 0) {
      if (one.status === "sent") return;
      throw precondition("communication.gone");
    }
    await recordAudit(db, ctx, {
      event: "communication.faxed",
      action: "U",
      entity: "Communication",
      entityIds: [id],
      patientId: one.patientId,
      ground: groundOf(ctx),
      detail: { otherNumber: contact !== one.contact },
    });
  });
}

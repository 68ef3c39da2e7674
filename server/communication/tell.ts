import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { findRecipient } from "./recipient.ts";
import { checkRefusals, liveRefusals } from "./refusals.ts";
import type { TellInput } from "./schema.ts";

/**
 * Writes into the register what was told without a document: by telephone, in person. Sent twice, it is one line.
 * @throws Invalid beside the field; Precondition `chart.reasonNeeded`; NotFound
 */
export async function tell(ctx: ClinicContext, input: TellInput): Promise<{ id: string }> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  const { id, patientId, channel, contact, refusals, occurredAt } = input;
  // A clock that is a little fast is no fault.
  if (occurredAt.getTime() > Date.now() + 60_000) throw invalid("invalid", { occurredAt: "communication.future" });
  return withStaff(ctx, async (db) => {
    const again = { clinicId, id, patientId, authorId: ctx.user.id };
    if (await db.communication.findFirst({ where: again, select: { id: true } })) return { id };
    // Before anything is compared with what the person refused: that refusal would tell it, and the screen asks why first.
    await db.$queryRaw`select clinic.grounded(p.id) from clinic.patient p where p.clinic_id = ${clinicId}::uuid and p.id = ${patientId}::uuid`;
    const to = await findRecipient(db, ctx, patientId, input.recipient);
    checkRefusals(await liveRefusals(db, clinicId, patientId, ctx.clinic.timeZone), refusals, to.recipientKind);
    await db.communication.createMany({
      data: {
        ...again,
        ...to,
        category: "message",
        channel,
        recipientContact: contact,
        purpose: input.purpose,
        ground: input.ground,
        justification: input.justification,
        nature: input.nature,
        refusals: [...refusals],
        refusalReason: refusals.length > 0 ? input.refusalReason : "",
        language: input.language,
        occurredAt,
      },
    });
    await recordAudit(db, ctx, {
      event: "communication.told",
      action: "C",
      entity: "Communication",
      entityIds: [id],
      patientId,
      ground: groundOf(ctx),
      detail: { channel, recipientKind: to.recipientKind, purpose: input.purpose, ground: input.ground },
    });
    return { id };
  });
}

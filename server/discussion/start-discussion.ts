import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { requireLivePatient } from "#server/patient/require-live-patient.ts";
import type { StartDiscussionInput } from "./schema.ts";
import { addParticipants, writeMessage } from "./write-message.ts";

/** A first message about a patient, to some. Sent twice with one id, it is one. @throws NotFound; Invalid for whoever could not read it; Precondition */
export async function startDiscussion(ctx: ClinicContext, input: StartDiscussionInput): Promise<{ id: string }> {
  requirePermission(ctx, "task:use");
  const clinicId = ctx.clinic.id;
  const { id, messageId, patientId, subject, body, participants, clinical } = input;
  return withStaff(ctx, async (db) => {
    if (await db.discussion.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    if (clinical && !ctx.membership.permissions.has("chart:read"))
      throw invalid("task.readsNoChart", { clinical: "task.readsNoChart" });
    await requireLivePatient(db, ctx, patientId);
    const thread = { id, patientId, clinical };
    await db.discussion.createMany({ data: { clinicId, ...thread, authorId: ctx.user.id, subject } });
    await addParticipants(db, ctx, thread, [{ kind: "user", userId: ctx.user.id }, ...participants]);
    await writeMessage(db, ctx, thread, { id: messageId, body });
    await recordAudit(db, ctx, {
      event: "discussion.started",
      action: "C",
      entity: "Discussion",
      entityIds: [id, messageId],
      patientId,
      ground: groundOf(ctx),
    });
    return { id };
  });
}

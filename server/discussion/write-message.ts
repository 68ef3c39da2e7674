import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { checkRecipient } from "#server/membership/check-recipient.ts";
import type { Recipient } from "#server/membership/recipient-schema.ts";

interface Thread {
  readonly id: string;
  readonly patientId: string;
  readonly clinical: boolean;
}

/** Asks for the attention of these, once each. @throws NotFound, Invalid for whoever could not read it */
export async function addParticipants(
  db: Db,
  ctx: ClinicContext,
  { id: discussionId, patientId, clinical }: Thread,
  recipients: readonly Recipient[],
): Promise<void> {
  const clinicId = ctx.clinic.id;
  for (const recipient of recipients) {
    const participant = await checkRecipient(db, ctx, recipient, { clinical, field: "participants" });
    await db.discussionParticipant.createMany({
      skipDuplicates: true,
      data: { clinicId, id: newId(), discussionId, patientId, authorId: ctx.user.id, clinical, participant },
    });
  }
}

/** One message, as it stays. */
export async function writeMessage(
  db: Db,
  ctx: ClinicContext,
  { id: discussionId, patientId, clinical }: Thread,
  { id, body }: { readonly id: string; readonly body: string },
): Promise<void> {
  const [clinicId, authorId] = [ctx.clinic.id, ctx.user.id];
  await db.discussionMessage.createMany({
    data: { clinicId, id, discussionId, patientId, authorId, clinical, body },
  });
  // Whoever answers has read what they answer: their own word is not what waits for them.
  await db.$executeRaw`
    insert into clinic.discussion_reading as r (clinic_id, id, discussion_id, patient_id, author_id, read_until)
    values (${clinicId}::uuid, ${newId()}::uuid, ${discussionId}::uuid, ${patientId}::uuid, ${authorId}::uuid, now())
    on conflict (clinic_id, discussion_id, author_id) do update set read_until = greatest(r.read_until, excluded.read_until)`;
}

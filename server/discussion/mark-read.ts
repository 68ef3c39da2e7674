import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import type { MarkReadInput } from "./schema.ts";

/**
 * This person has seen as far as that message; never less far than before. Who opened the discussion is in the journal already.
 * @throws NotFound
 */
export async function markRead(ctx: ClinicContext, { id, messageId }: MarkReadInput): Promise<void> {
  requirePermission(ctx, "task:use");
  await withStaff(ctx, async (db) => {
    const marked = await db.$executeRaw`
      insert into clinic.discussion_reading as r (clinic_id, id, discussion_id, patient_id, author_id, read_until)
      select m.clinic_id, ${newId()}::uuid, m.discussion_id, m.patient_id, ${ctx.user.id}::uuid, m.created_at from clinic.discussion_message m
        where m.clinic_id = ${ctx.clinic.id}::uuid and m.discussion_id = ${id}::uuid and m.id = ${messageId}::uuid
      on conflict (clinic_id, discussion_id, author_id) do update set read_until = greatest(r.read_until, excluded.read_until)`;
    if (marked === 0) throw notFound();
  });
}

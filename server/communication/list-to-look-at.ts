import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { fate, fateCode, mailOf } from "./mail-fate.ts";
import type { SendingToLookAt } from "./record.ts";

/** Older than this nobody waits for it any more. */
const days = 60;
const most = 50;

/**
 * What was sent of charts and did not go, or came back: links whose mail was refused or waits for more than an hour, faxes that failed or wait for the machine; the latest first. Whoever
 * gives care sees them all, the front desk its own. One statement.
 */
export async function listSendingsToLookAt(
  ctx: ClinicContext,
  { refresh }: { refresh: boolean },
): Promise<SendingToLookAt[]> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<SendingToLookAt[]>`
      select t.id, t.patient_id as "patientId", concat_ws(' ', p.given_name, p.family_name) as "patientName", t.channel, ${fate} as status,
        c.recipient_name as "recipientName", t.contact, ${fateCode} as "errorCode", to_jsonb(c.occurred_at) #>> '{}' as "occurredAt"
      from clinic.transmission t
      join clinic.communication c on c.clinic_id = t.clinic_id and c.id = t.id
      join clinic.patient p on p.clinic_id = t.clinic_id and p.id = t.patient_id
      left join ${mailOf}
      where t.clinic_id = ${clinicId}::uuid and t.created_at > now() - make_interval(days => ${days}::int) and t.revoked_at is null
        and (t.expires_at is null or t.expires_at > now()) and t.opened_at is null
        and (${fate} in ('failed', 'bounced', 'unknown') or t.channel = 'fax' and t.driver = 'manual' and t.status = 'queued'
          or t.channel = 'link' and ${fate} = 'queued' and t.created_at < now() - interval '1 hour')
      order by t.created_at desc, t.id desc limit ${most}`;
    await recordRead(
      db,
      ctx,
      {
        event: "communication.listed",
        entity: "Communication",
        entityIds: rows.map(({ id }) => id),
        ground: groundOf(ctx),
      },
      { refresh },
    );
    return rows;
  });
}

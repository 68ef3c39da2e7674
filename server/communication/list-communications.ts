import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { groundOf } from "#server/patient/ground.ts";
import { fate, fateCode, mailOf } from "./mail-fate.ts";
import type { CommunicationView } from "./record.ts";
import { type ListCommunicationsInput, mostTries } from "./schema.ts";

/**
 * What left one chart, the latest first, a page at a time, in one statement. Titles of documents and how a link fares are shown to whoever gives
 * care and to whoever sent it; others see the line of the register.
 */
export async function listCommunications(
  ctx: ClinicContext,
  { patientId, cursor, most, refresh }: ListCommunicationsInput,
): Promise<{ rows: CommunicationView[]; after: string | null }> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const rows = await db.$queryRaw<CommunicationView[]>`
      select c.id, c.channel, c.recipient_kind as "recipientKind", c.recipient_name as "recipientName", c.recipient_contact as "recipientContact", c.correspondent_id as "correspondentId", c.purpose, c.ground,
        c.justification, c.nature, c.refusal_reason as "refusalReason", coalesce(m.display_name, '') as by, to_jsonb(c.occurred_at) #>> '{}' as "occurredAt",
        (select coalesce(jsonb_agg(jsonb_build_object('id', d.document_id, 'title', d.title,
            'replacedBy', (select f.replaced_by_id from clinic.document f where f.clinic_id = d.clinic_id and f.id = d.document_id)) order by d.place), '[]')
          from clinic.communication_document d where d.clinic_id = c.clinic_id and d.communication_id = c.id) as documents,
        case when t.id is not null then jsonb_build_object('status', ${fate}, 'driver', t.driver, 'contact', t.contact, 'codeBy', t.code_by,
          'spent', t.channel = 'link' and (t.tries >= ${mostTries} or t.code_hash is null), 'hasMobile', t.mobile <> '', 'expiresAt', t.expires_at, 'openedAt', t.opened_at, 'fetched', t.fetched,
          'revokedAt', t.revoked_at, 'settledAt', t.settled_at, 'withdrawn', exists (select from clinic.closed_exports(t.clinic_id, array(
            select d.chart_export_id from clinic.communication_document d where d.clinic_id = t.clinic_id and d.communication_id = t.id and d.chart_export_id is not null))),
           'errorCode', ${fateCode}) end as transmission
      from clinic.communication c
      left join clinic.transmission t on t.clinic_id = c.clinic_id and t.id = c.id
      left join ${mailOf}
      left join identity.membership m on m.clinic_id = c.clinic_id and m.user_id = c.author_id
      where c.clinic_id = ${clinicId}::uuid and c.patient_id = ${patientId}::uuid
        and (${cursor ?? null}::uuid is null or (c.occurred_at, c.id) < (select f.occurred_at, f.id from clinic.communication f where f.clinic_id = ${clinicId}::uuid and f.id = ${cursor ?? null}::uuid))
      order by c.occurred_at desc, c.id desc limit ${most + 1}`;
    const page = rows.slice(0, most);
    await recordRead(
      db,
      ctx,
      {
        event: "communication.listed",
        entity: "Communication",
        entityIds: page.map(({ id }) => id),
        patientId,
        ground: groundOf(ctx),
      },
      { refresh },
    );
    return { rows: page, after: rows.length > most ? (page.at(-1)?.id ?? null) : null };
  });
}

import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { join, sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import { practitionerNameColumn } from "#server/practitioner/practitioner-name-column.ts";
import type { MedicationsView } from "./record.ts";
import { posologyFields, type ReadMedicationsInput } from "./schema.ts";

const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const posology = join(Object.keys(posologyFields).map((name) => sql([`e.${snake(name)} as "${name}"`])));

/** A longer list is a mistake of an import, and its end is not shown. */
const mostMedications = 200;
const mostPrescriptions = 30;

/**
 * What a patient takes and took, what was prescribed, and beside it the allergies as they are written: one statement, one line of the
 * journal. Nothing is compared (AC-60).
 * @throws NotFound
 */
export async function readMedications(
  ctx: ClinicContext,
  { patientId, refresh }: ReadMedicationsInput,
): Promise<MedicationsView> {
  requirePermission(ctx, "chart:read");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const [row] = await db.$queryRaw<[{ found: Omit<MedicationsView, "today"> }] | []>`
      select jsonb_build_object(
        'medications', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
          select e.id, e.version, ${posology}, e.reason, e.started, e.stopped, e.stop_reason as "stopReason", e.origin, e.status,
            e.prescribed_on as "prescribedOn", e.covered_until as "coveredUntil", coalesce(m.display_name, '') as by
          from clinic.medication e left join identity.membership m on m.clinic_id = e.clinic_id and m.user_id = e.author_id
          where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status in ('active', 'stopped')
          order by e.status, e.created_at, e.id limit ${mostMedications}) t),
        'reviewed', (select jsonb_build_object('at', e.created_at, 'by', coalesce(m.display_name, ''))
          from clinic.medication_review e left join identity.membership m on m.clinic_id = e.clinic_id and m.user_id = e.author_id
          where e.clinic_id = p.clinic_id and e.patient_id = p.id order by e.id desc limit 1),
        'favourites', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
          select e.id, e.version, ${posology} from clinic.medication_favourite e
          where e.clinic_id = p.clinic_id and e.author_id = ${ctx.user.id}::uuid and e.status = 'active' order by e.rank, e.id limit 100) t),
        'prescriptions', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
          select e.id, e.version, e.status, e.number, e.signed_at as "signedAt", coalesce(m.display_name, '') as by,
            e.status = 'prepared' and e.author_id = ${ctx.user.id}::uuid as mine, e.replaces_id as "replacesId",
            e.cancel_reason as "cancelReason", e.content -> 'items' as items
          from clinic.prescription e
          left join identity.membership m on m.clinic_id = e.clinic_id and m.user_id = coalesce(e.signed_by, e.author_id)
          where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status in ('prepared', 'signed', 'cancelled', 'replaced')
          order by e.id desc limit ${mostPrescriptions}) t),
        'allergies', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
          select e.kind, e.substance, e.reaction, e.severity from clinic.allergy_intolerance e
          where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status = 'active' and e.certainty <> 'refuted'
          order by e.kind, e.severity <> 'severe', e.created_at, e.id limit 100) t),
        'prescriber', (select jsonb_build_object('name', ${practitionerNameColumn}, 'permitNumber', p.permit_number)
          from clinic.practitioner p where p.clinic_id = ${clinicId}::uuid and p.membership_id = ${ctx.membership.id}::uuid and p.status = 'active')
      ) as found
      from clinic.patient p where p.clinic_id = ${clinicId}::uuid and p.id = ${patientId}::uuid`;
    if (!row) throw notFound();
    await recordRead(
      db,
      ctx,
      { event: "medication.read", entity: "Patient", entityIds: [patientId], patientId, ground: groundOf(ctx) },
      { refresh },
    );
    const mayPrescribe = ctx.membership.permissions.has("chart:prescribe");
    return {
      ...row.found,
      prescriber: mayPrescribe ? row.found.prescriber : null,
      today: todayIn(ctx.clinic.timeZone),
    };
  });
}

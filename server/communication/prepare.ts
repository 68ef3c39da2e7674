import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import type { ClinicContext } from "#server/context.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { env } from "#server/env.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import { faxServiceOn } from "./fax/service-on.ts";
import { findFiles } from "./find-files.ts";
import { type LiveRefusal, liveRefusals } from "./refusals.ts";
import type { PrepareInput } from "./schema.ts";

/** Somebody whom a screen proposes to send to. Numbers are E.164. */
export interface ProposedRecipient {
  readonly kind: "correspondent" | "patient" | "related";
  /** null for the patient. */
  readonly id: string | null;
  readonly name: string;
  /** What they are to the patient: « family-doctor », « pharmacy », « mother », or of what is sent: « addressee ». */
  readonly as: string;
  readonly email: string;
  readonly fax: string;
  readonly mobile: string;
  readonly address: string;
}

export interface Preparation {
  readonly documents: readonly { readonly id: string; readonly title: string; readonly mediaType: string }[];
  readonly recipients: readonly ProposedRecipient[];
  /** Relatives on record who may not receive today (AC-17), so that nobody looks for them in vain. */
  readonly mayNot: readonly string[];
  readonly refusals: readonly LiveRefusal[];
  /** Live restrictions of what the clinic's own people see (AC-19). */
  readonly restrictions: number;
  readonly language: "fr" | "en";
  /** The clinic sends text messages. */
  readonly texts: boolean;
  /** The clinic's own fax service sends; otherwise it is printed and faxed by hand. */
  readonly faxService: boolean;
}

/** All that is to be known before something is sent, in one answer: what goes, who may receive it, what the patient refused. @throws NotFound */
export async function prepare(ctx: ClinicContext, input: PrepareInput): Promise<Preparation> {
  requirePermission(ctx, "document:file");
  const clinicId = ctx.clinic.id;
  const { patientId, correspondentId } = input;
  const { timeZone } = ctx.clinic;
  return withStaff(ctx, async (db) => {
    const files = await findFiles(db, ctx, input);
    const line = correspondentId && { where: { clinicId, id: correspondentId }, select: { id: true } };
    if (line && !(await db.correspondent.findFirst(line))) throw notFound();
    const [found] = await db.$queryRaw<
      {
        recipients: (ProposedRecipient & { may: boolean })[];
        language: "fr" | "en";
        restrictions: number;
        texts: boolean;
      }[]
    >`
      select case p.language when 'en' then 'en' else 'fr' end as language,
        (select count(*)::int from clinic.restriction r where r.clinic_id = p.clinic_id and r.patient_id = p.id and r.ended_at is null) as restrictions,
        exists (select from clinic.integration i where i.clinic_id = p.clinic_id and i.code = 'sms' and i.enabled) as texts,
        (select coalesce(jsonb_agg(to_jsonb(t) order by t.rank, t.name), '[]') from (
          select 1 as rank, 'correspondent' as kind, d.id, concat_ws(' ', nullif(d.given_name, ''), nullif(d.family_name, ''), nullif(d.name, '')) as name,
            case d.id when p.family_doctor_id then 'family-doctor' when p.pharmacy_id then 'pharmacy' else 'addressee' end as "as", d.email, d.fax, '' as mobile,
            concat_ws(', ', nullif(d.address_line, ''), nullif(d.city, ''), nullif(d.postal_code, '')) as address, true as may
          from clinic.correspondent d where d.clinic_id = p.clinic_id and d.id in (p.family_doctor_id, p.pharmacy_id, ${correspondentId}::uuid) and d.status = 'active'
          union all
          select 0, 'patient', null, p.given_name || ' ' || p.family_name, 'patient',
            coalesce((select c.value from clinic.patient_contact c where c.clinic_id = p.clinic_id and c.patient_id = p.id and c.system = 'email' and c.ended_at is null order by c.id limit 1), ''),
            '', coalesce((select c.value from clinic.patient_contact c where c.clinic_id = p.clinic_id and c.patient_id = p.id and c.system = 'phone' and c.ended_at is null order by c.use <> 'mobile', c.id limit 1), ''),
            coalesce((select concat_ws(', ', c.value, nullif(c.city, ''), nullif(c.postal_code, '')) from clinic.patient_contact c where c.clinic_id = p.clinic_id and c.patient_id = p.id and c.system = 'address' and c.ended_at is null order by c.id limit 1), ''), true
          union all
          select 2, 'related', r.id, r.given_name || ' ' || r.family_name, r.relationship, r.email, '', r.phone, '', clinic.may_act(r.clinic_id, r.id, ${todayIn(timeZone)}::date)
          from clinic.related_person r where r.clinic_id = p.clinic_id and r.patient_id = p.id and r.ended_at is null
        ) t) as recipients
      from clinic.patient p where p.clinic_id = ${clinicId}::uuid and p.id = ${patientId}::uuid`;
    if (!found) throw notFound();
    await recordRead(
      db,
      ctx,
      {
        event: "communication.prepared",
        entity: "Document",
        entityIds: files.map(({ id }) => id),
        patientId,
        ground: groundOf(ctx),
      },
      { refresh: true },
    );
    return {
      documents: files.map(({ id, title, mediaType }) => ({ id, title, mediaType })),
      recipients: found.recipients.filter(({ may }) => may).map(({ may: _, ...one }) => one),
      mayNot: found.recipients.filter(({ may }) => !may).map(({ name }) => name),
      refusals: await liveRefusals(db, clinicId, patientId, timeZone),
      restrictions: found.restrictions,
      language: found.language,
      texts: found.texts && env().SMS_DRIVER !== "none",
      faxService: await faxServiceOn(db, clinicId),
    };
  });
}

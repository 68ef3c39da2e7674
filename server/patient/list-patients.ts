import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import type { Db } from "#server/db/database.ts";
import { join, type Sql, sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { showPhone } from "#server/phone.ts";
import { groundOf } from "./ground.ts";
import { parseSearch } from "./parse-search.ts";
import type { AlertSeverity, ListPatientsInput, PatientFilters, Sex } from "./schema.ts";
import { hashNam } from "./seal-nam.ts";
import { todayIn } from "./today.ts";

/** One line of the list: who it is, how to reach them, when they come. */
export interface ListedPatient {
  readonly id: string;
  readonly familyName: string;
  readonly givenName: string;
  readonly preferredName: string;
  readonly fileNumber: string;
  readonly birthDate: string | null;
  /** Completed years today. */
  readonly age: number | null;
  readonly sex: Sex | null;
  readonly language: "fr" | "en" | "other";
  readonly phone: string;
  readonly familyDoctor: string | null;
  readonly lastVisitAt: Date | null;
  readonly nextVisitAt: Date | null;
  readonly alert: { readonly text: string; readonly severity: AlertSeverity } | null;
}

/**
 * The clinic's patients in the order of its directory (surname, then given name, accents aside), a page at a time by key. One statement,
 * two when something is searched: what a page costs does not grow with the clinic.
 */
export async function listPatients(
  ctx: ClinicContext,
  { filters, after, most }: ListPatientsInput,
): Promise<{ rows: ListedPatient[]; after: string | null }> {
  requirePermission(ctx, "patient:read");
  const clinicId = ctx.clinic.id;
  const today = todayIn(ctx.clinic.timeZone);
  const asked = (filters.text ?? "").trim();
  const terms = asked === "" ? null : parseSearch(asked, today);
  const namHash = terms?.nam ? hashNam(await openClinicKey(clinicId), terms.nam) : null;
  return withStaff(ctx, async (db) => {
    const ids = terms ? await search(db, clinicId, terms, namHash) : null;
    const conditions = [...asConditions(clinicId, today, filters), ...(ids ? [sql`p.id = any (${ids}::uuid[])`] : [])];
    // The page begins after this one.
    if (after)
      conditions.push(sql`(p.search_text collate "C", p.id) > (
        (select f.search_text collate "C" from clinic.patient f where f.clinic_id = ${clinicId}::uuid and f.id = ${after}::uuid), ${after}::uuid)`);
    const rows = await db.$queryRaw<ListedPatient[]>`
      with page as (
        select p.* from clinic.patient p
        where ${join(conditions, " and ")}
        order by p.search_text collate "C", p.id limit ${most + 1}
      )
      select p.id, p.family_name as "familyName", p.given_name as "givenName", p.preferred_name as "preferredName", p.file_number as "fileNumber",
        p.birth_date::text as "birthDate", extract(year from age(${today}::date, p.birth_date))::int as age, p.sex, p.language,
        coalesce((select c.value from clinic.patient_contact c where c.clinic_id = p.clinic_id and c.patient_id = p.id and c.system = 'phone'
          and c.ended_at is null order by c.rank, c.id limit 1), '') as phone,
        (select btrim(d.given_name || ' ' || d.family_name) from clinic.correspondent d where d.clinic_id = p.clinic_id and d.id = p.family_doctor_id) as "familyDoctor",
        (select max(s.starts_at) from clinic.appointment v join clinic.sitting s on s.clinic_id = v.clinic_id and s.id = v.sitting_id
          where v.clinic_id = p.clinic_id and v.patient_id = p.id and v.status in ('arrived', 'checked-in', 'fulfilled') and s.starts_at <= now()) as "lastVisitAt",
        (select min(s.starts_at) from clinic.appointment v join clinic.sitting s on s.clinic_id = v.clinic_id and s.id = v.sitting_id
          where v.clinic_id = p.clinic_id and v.patient_id = p.id and v.status = 'booked' and s.starts_at > now()) as "nextVisitAt",
        (select jsonb_build_object('text', a.text, 'severity', a.severity) from clinic.patient_alert a
          where a.clinic_id = p.clinic_id and a.patient_id = p.id and a.ended_at is null and (a.until is null or a.until >= ${today}::date)
          order by a.severity = 'danger' desc, a.severity = 'attention' desc, a.id limit 1) as alert
      from page p order by p.search_text collate "C", p.id`;
    const page = rows.slice(0, most);
    await recordAudit(db, ctx, {
      event: "patient.listed",
      action: "R",
      entity: "Patient",
      entityIds: page.map(({ id }) => id),
      ground: groundOf(ctx),
    });
    return {
      rows: page.map((row) => ({ ...row, phone: showPhone(row.phone, ctx.locale) })),
      after: rows.length > most ? (page.at(-1)?.id ?? null) : null,
    };
  });
}

/**
 * Only what is asked becomes a condition: « null or … » for each question that was not would be planned once for all of them, and read by none
 * of their indexes.
 */
function asConditions(clinicId: string, today: string, filters: PatientFilters): Sql[] {
  const { language, familyDoctorId: doctor, withAlert, noNextVisit, seenWithin, notSeenWithin } = filters;
  const conditions = [sql`p.clinic_id = ${clinicId}::uuid`, sql`p.status = ${filters.status}`];
  const [oldest, youngest] = [bornAfter(today, filters), bornBy(today, filters.ageFrom)];
  // + 0: a page is found sooner in the order of names than by sorting all who have that age.
  if (youngest) conditions.push(sql`p.birth_date + 0 <= ${youngest}::date`);
  if (oldest) conditions.push(sql`p.birth_date + 0 > ${oldest}::date`);
  if (language) conditions.push(sql`p.language = ${language}`);
  if (doctor) conditions.push(sql`p.family_doctor_id = ${doctor}::uuid`);
  if (doctor === null) conditions.push(sql`p.family_doctor_id is null`);
  // Few have an alert, or a visit to come: whom they are is read once, and each patient is looked up among them.
  if (withAlert)
    conditions.push(sql`p.id in (select a.patient_id from clinic.patient_alert a
      where a.clinic_id = ${clinicId}::uuid and a.ended_at is null and (a.until is null or a.until >= ${today}::date))`);
  if (noNextVisit)
    conditions.push(sql`p.id not in (select v.patient_id from clinic.sitting s
      join clinic.appointment v on v.clinic_id = s.clinic_id and v.sitting_id = s.id
      where s.clinic_id = ${clinicId}::uuid and s.starts_at > now() and v.status = 'booked' and v.patient_id is not null)`);
  if (seenWithin) conditions.push(sql`exists (${seenSince(seenWithin)})`);
  if (notSeenWithin) conditions.push(sql`not exists (${seenSince(notSeenWithin)})`);
  return conditions;
}

/** The visits of a patient that were kept, these last months. */
const seenSince = (months: number) => sql`select from clinic.appointment v
  join clinic.sitting s on s.clinic_id = v.clinic_id and s.id = v.sitting_id
  where v.clinic_id = p.clinic_id and v.patient_id = p.id and v.status in ('arrived', 'checked-in', 'fulfilled')
    and s.starts_at >= now() - make_interval(months => ${months}::int)`;

/** Ids that answer what was typed, at most 200: past row security, so they are read again under it. */
async function search(
  db: Db,
  clinicId: string,
  { words, birthDate, digits, fileNumbers, nam }: ReturnType<typeof parseSearch>,
  namHash: Uint8Array | null,
): Promise<string[]> {
  if (words.length === 0 && !birthDate && !digits && !fileNumbers && !nam) return [];
  const rows = await db.$queryRaw<{ id: string }[]>`
    select s.id from clinic.search_patients(${clinicId}::uuid, ${[...words]}::text[], ${birthDate ?? null}::date, ${digits ?? null},
      ${fileNumbers ? [...fileNumbers] : null}::text[], ${namHash && Buffer.from(namHash)}::bytea, 200) as s (id)`;
  return rows.map(({ id }) => id);
}

/** The last birth date of whoever has that many years. */
function bornBy(today: string, years: number | undefined): string | null {
  if (years === undefined) return null;
  return `${String(Number(today.slice(0, 4)) - years).padStart(4, "0")}${today.slice(4).replace("-02-29", "-02-28")}`;
}

/** Born on or before it, one is a year older than the filter goes. */
function bornAfter(today: string, { ageTo }: PatientFilters): string | null {
  return bornBy(today, ageTo === undefined ? undefined : ageTo + 1);
}

import { requirePermission } from "#server/access/require-permission.ts";
import { recordRead } from "#server/audit/record-read.ts";
import { titleOf } from "#server/clinic/profession-titles.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound } from "#server/errors.ts";
import type { Relation } from "#server/history/schema.ts";
import { readLetterhead } from "#server/location/read-letterhead.ts";
import { sayPosology } from "#server/medication/posology.ts";
import type { PosologyCard } from "#server/medication/schema.ts";
import { groundOf } from "#server/patient/ground.ts";
import { todayIn } from "#server/patient/today.ts";
import { showPhone } from "#server/phone.ts";
import { practitionerNameColumn } from "#server/practitioner/practitioner-name-column.ts";
import type { FieldValues } from "./fields-schema.ts";
import { nameOf, sayValue, type ValueRow, withPressure } from "./say-value.ts";
import type { LetterFieldsInput } from "./schema.ts";
import { type Language, letterWords, longDay } from "./words.ts";

/** Whoever writes, as a letter names them. */
export interface Author {
  readonly name: string;
  readonly title: string;
  readonly permitNumber: string;
}

interface Found {
  readonly name: string;
  readonly birthDate: string | null;
  readonly fileNumber: string;
  readonly hasNam: boolean;
  readonly phone: string | null;
  readonly address: string | null;
  readonly problems: readonly { label: string; onset: string }[];
  readonly medications: readonly (PosologyCard & { reason: string })[];
  /** What restrictions close to whoever writes, `patient:category;` after one another. */
  readonly denied: string;
  /** Somebody wrote of them once, were it to refute one. */
  readonly allergiesAsked: boolean;
  readonly allergies: readonly { kind: string; substance: string; reaction: string }[];
  readonly history: readonly {
    kind: string;
    relation: Relation;
    label: string;
    occurred: string;
    atAge: number | null;
  }[];
  readonly vitals: readonly ValueRow[];
}

const vitals = ["bp-systolic", "bp-diastolic", "heart-rate", "oxygen-saturation", "temperature", "weight", "height"];

/** What stands for the fields of a letter about this patient, and whether there is a NAM to print. @throws NotFound */
export async function letterFields(
  ctx: ClinicContext,
  { patientId, language }: LetterFieldsInput,
): Promise<{ values: FieldValues; hasNam: boolean }> {
  requirePermission(ctx, "chart:read");
  return withStaff(ctx, async (db) => {
    const found = await readFields(db, ctx, patientId, language);
    await recordRead(
      db,
      ctx,
      { event: "letter.fields-read", entity: "Patient", entityIds: [patientId], patientId, ground: groundOf(ctx) },
      { refresh: true },
    );
    return found;
  });
}

/** One statement of the chart, whatever its length. @throws NotFound */
export async function readFields(
  db: Db,
  ctx: ClinicContext,
  patientId: string,
  language: Language,
): Promise<{ values: FieldValues; hasNam: boolean }> {
  const clinicId = ctx.clinic.id;
  const zone = ctx.clinic.timeZone;
  const [row] = await db.$queryRaw<{ found: Found }[]>`
    select jsonb_build_object(
      'name', concat_ws(' ', p.given_name, p.family_name), 'birthDate', p.birth_date, 'fileNumber', p.file_number, 'hasNam', p.nam_sealed is not null,
      'phone', (select c.value from clinic.patient_contact c where c.clinic_id = p.clinic_id and c.patient_id = p.id and c.system = 'phone'
        and c.ended_at is null order by c.rank, c.id limit 1),
      'address', (select concat_ws(', ', nullif(c.value, ''), concat_ws(' ', nullif(c.city, ''), case when c.province <> '' then '(' || c.province || ')' end, nullif(c.postal_code, '')))
        from clinic.patient_contact c where c.clinic_id = p.clinic_id and c.patient_id = p.id and c.system = 'address' and c.ended_at is null
        order by c.rank, c.id limit 1),
      'problems', (select coalesce(jsonb_agg(jsonb_build_object('label', t.label, 'onset', t.onset)), '[]') from (
        select e.label, e.onset from clinic.condition e where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status = 'active'
        order by e.rank, e.created_at, e.id limit 60) t),
      'medications', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
        select e.label, e.strength, e.form, e.route, e.dose, e.dose_high as "doseHigh", e.dose_unit as "doseUnit", e.frequency, e.as_needed as "asNeeded",
          e.instructions, null::int as "durationDays", e.reason
        from clinic.medication e where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status = 'active' order by e.created_at, e.id limit 60) t),
      'allergies', (select coalesce(jsonb_agg(jsonb_build_object('kind', t.kind, 'substance', t.substance, 'reaction', t.reaction)), '[]') from (
        select e.kind, e.substance, e.reaction from clinic.allergy_intolerance e
        where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status = 'active' and e.certainty <> 'refuted'
        order by e.kind, e.severity <> 'severe', e.created_at, e.id limit 60) t),
      'denied', coalesce(current_setting('app.denied', true), ''),
      'allergiesAsked', exists (select from clinic.allergy_intolerance e
        where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status <> 'entered-in-error'),
      'history', (select coalesce(jsonb_agg(to_jsonb(t)), '[]') from (
        select e.kind, e.relation, e.label, e.occurred, e.at_age as "atAge" from clinic.history_entry e
        where e.clinic_id = p.clinic_id and e.patient_id = p.id and e.status = 'active'
        order by array_position(array['personal', 'family', 'social'], e.kind), e.occurred, e.id limit 60) t),
      'vitals', (select coalesce(jsonb_agg(to_jsonb(t) order by t.nth), '[]') from unnest(${vitals}::text[]) with ordinality wanted (code, nth)
        left join (
          select o.id, o.panel_id, o.effective_at from clinic.observation o
          where o.clinic_id = ${clinicId}::uuid and o.patient_id = ${patientId}::uuid and o.status = 'final' and o.code = 'bp-systolic'
          order by o.effective_at desc, o.id desc limit 1
        ) u on true
        cross join lateral (
          select wanted.nth, o.id, o.code, o.label, (o.effective_at at time zone ${zone})::date::text as on, trim_scale(o.value)::text as value, o.comparator,
            o.unit, o.value_text as text, null as low, null as high, o.body_position as position, o.panel_id as "panelId"
          from clinic.observation o
          where o.clinic_id = ${clinicId}::uuid and o.patient_id = ${patientId}::uuid and o.status = 'final' and o.code = wanted.code
            -- A pressure is one measure: its lower half is that of the last upper one, or is not known.
            and (wanted.code <> 'bp-diastolic' or u.id is null or o.panel_id = u.panel_id or o.panel_id is null and u.panel_id is null and o.effective_at = u.effective_at)
          order by o.effective_at desc, o.id desc limit 1) t)
    ) as found
    from clinic.patient p where p.clinic_id = ${clinicId}::uuid and p.id = ${patientId}::uuid`;
  if (!row) throw notFound();
  const author = await readAuthor(db, ctx, language);
  const clinic = await readLetterhead(db, ctx);
  const { found } = row;
  return { hasNam: found.hasNam, values: known(sayAll(patientId, found, author, clinic, language, todayIn(zone))) };
}

/** A member by their practitioner's card; without one, by their own name. */
export async function readAuthor(
  db: Db,
  ctx: ClinicContext,
  language: Language,
  userId = ctx.user.id,
): Promise<Author> {
  const [member] = await db.$queryRaw<
    { displayName: string; name: string; profession: string; permitNumber: string; signatureLine: string }[]
  >`
    select m.display_name as "displayName", ${practitionerNameColumn} as name, coalesce(p.profession, '') as profession,
      coalesce(p.permit_number, '') as "permitNumber", coalesce(p.signature_line, '') as "signatureLine"
    from identity.membership m
    left join clinic.practitioner p on p.clinic_id = m.clinic_id and p.membership_id = m.id and p.status = 'active'
    where m.clinic_id = ${ctx.clinic.id}::uuid and m.user_id = ${userId}::uuid`;
  if (!member) return { name: "", title: "", permitNumber: "" };
  const { displayName, name, profession, permitNumber, signatureLine } = member;
  return { name: name || displayName, permitNumber, title: signatureLine || titleOf(profession, language) };
}

/** Without what is not known: such a field stays open. */
const known = (values: FieldValues): FieldValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value.length > 0));

function sayAll(
  patientId: string,
  found: Found,
  author: Author,
  clinic: { name: string; lines: readonly string[]; phone: string },
  language: Language,
  today: string,
): FieldValues {
  const { none, noneOfThem, notAsked } = letterWords[language];
  // What is closed to whoever writes may hold something: nothing is said of it, and its field stays open.
  const orNone = (category: string, said: readonly string[], words: string) =>
    said.length > 0 || found.denied.includes(`${patientId}:${category};`) ? said : words;
  return {
    patientname: found.name,
    birthdate: found.birthDate ?? "",
    age: found.birthDate ? sayAge(found.birthDate, today, language) : "",
    filenumber: found.fileNumber,
    patientaddress: found.address ?? "",
    patientphone: found.phone ? showPhone(found.phone, language) : "",
    problems: orNone(
      "condition",
      found.problems.map(({ label, onset }) => withYear(label, onset)),
      none,
    ),
    medications: orNone(
      "medication",
      found.medications.map((one) =>
        [[one.label, one.strength].filter(Boolean).join(" "), sayPosology(one, language)].filter(Boolean).join(", "),
      ),
      none,
    ),
    allergies: orNone(
      "allergy",
      found.allergies.map((one) => sayAllergy(one, language)),
      found.allergiesAsked ? noneOfThem : notAsked,
    ),
    history: orNone(
      "history",
      found.history.map((one) => sayHistory(one, language)),
      none,
    ),
    vitals: orNone("observation", sayVitals(found.vitals, language), none),
    authorname: author.name,
    authortitle: author.title,
    authorpermit: author.permitNumber,
    clinicname: clinic.name,
    clinicaddress: clinic.lines.join(", "),
    clinicphone: clinic.phone,
  };
}

const withYear = (label: string, day: string) => (day ? `${label} (${day.slice(0, 4)})` : label);

function sayAge(birthDate: string, today: string, language: Language): string {
  const months =
    (Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))) * 12 +
    (Number(today.slice(5, 7)) - Number(birthDate.slice(5, 7))) -
    (today.slice(8) < birthDate.slice(8) ? 1 : 0);
  const [count, fr, en] = months < 24 ? [months, "mois", "months"] : [Math.floor(months / 12), "ans", "years"];
  return language === "fr" ? `${count} ${fr}` : `${count} ${en}`;
}

function sayAllergy({ kind, substance, reaction }: Found["allergies"][number], language: Language): string {
  if (kind === "none-known") return language === "fr" ? "Aucune allergie connue" : "No known allergies";
  return reaction ? `${substance} (${reaction})` : substance;
}

const relatives: Readonly<Record<Relation, { readonly fr: string; readonly en: string }>> = {
  "": { fr: "famille", en: "family" },
  mother: { fr: "mère", en: "mother" },
  father: { fr: "père", en: "father" },
  sister: { fr: "sœur", en: "sister" },
  brother: { fr: "frère", en: "brother" },
  child: { fr: "enfant", en: "child" },
  grandparent: { fr: "grand-parent", en: "grandparent" },
  other: { fr: "famille", en: "family" },
};

function sayHistory({ kind, relation, label, occurred, atAge }: Found["history"][number], language: Language): string {
  const age = atAge === null ? [] : [language === "fr" ? `à ${atAge} ans` : `at age ${atAge}`];
  if (kind === "family") return `${label} (${[relatives[relation][language], ...age].join(", ")})`;
  return [withYear(label, occurred), ...age].join(", ");
}

/** Pressure in one, each with its day where the days differ. */
function sayVitals(rows: readonly ValueRow[], language: Language): string[] {
  return withPressure(rows, language).map((one) => `${nameOf(one, language)} ${sayValue(one, language)} (${one.on})`);
}

/** « le 3 décembre 2026 » is not known before the letter is signed: what stands for the late fields then. @param nam whole */
export function lateValues(today: string, nam: string | null, language: Language): FieldValues {
  return known({ today: longDay(today, language), nam: nam ?? "" });
}

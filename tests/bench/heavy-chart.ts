import type pg from "pg";
import { newId } from "#server/db/new-id.ts";
import { measures } from "#server/observation/measures.ts";
import { shippedQuestionnaires } from "#server/questionnaire/shipped.ts";
import type { GeneratedClinic } from "./generate.ts";
import { makeSlotsClinic } from "./slots-clinic.ts";
import { connect } from "./world.ts";

export const encounters = 700;
export const observations = 3000;

/** One patient with 700 encounters, a signed note for each, and 3,000 observations, beside one with ten: written in bulk, once. */
export async function makeHeavyChart(
  adminUrl: string,
  clinic: GeneratedClinic,
): Promise<{ heavy: string; light: string }> {
  const slots = await makeSlotsClinic(adminUrl, clinic);
  const admin = await connect(adminUrl);
  try {
    await admin.query("update identity.membership set profession = 'physician' where clinic_id = $1 and user_id = $2", [
      clinic.id,
      clinic.ownerId,
    ]);
    const { rows } = await admin.query<{ id: string }>(
      "select id from clinic.patient where clinic_id = $1 order by id limit 2",
      [clinic.id],
    );
    const [heavy = "", light = ""] = rows.map(({ id }) => id);
    // Why they open them, said for the day: the world is kept, and the reason is not.
    await admin.query(
      `insert into clinic.chart_opening (clinic_id, id, patient_id, author_id, reason, expires_at)
       select $1, gen_random_uuid(), p.id, $2, 'covering', now() + interval '12 hours' from unnest($3::uuid[]) p (id)`,
      [clinic.id, clinic.ownerId, [heavy, light]],
    );
    const { rowCount } = await admin.query("select from clinic.observation where clinic_id = $1 limit 1", [clinic.id]);
    if (rowCount) return { heavy, light };
    const codes = measures.filter(({ limits, derived }) => limits && !derived).map(({ key }) => key);
    const place = await admin.query<{ location_id: string; resource_id: string }>(
      "select location_id, resource_id from clinic.sitting where clinic_id = $1 limit 1",
      [clinic.id],
    );
    await admin.query("begin");
    await admin.query("set local session_replication_role = replica");
    for (const [patientId, count] of [
      [heavy, observations],
      [light, 10],
    ] as const)
      await admin.query(
        `insert into clinic.observation (clinic_id, id, patient_id, author_id, code, effective_at, value, unit)
         select $1, gen_random_uuid(), $2, $3, ($4::text[])[1 + n % cardinality($4::text[])], now() - make_interval(hours => n * 40), 50 + n % 40, ''
         from generate_series(1, $5::int) n`,
        [clinic.id, patientId, clinic.ownerId, codes, count],
      );
    // Somebody else's values stand between them, as in life.
    await admin.query(
      `insert into clinic.observation (clinic_id, id, patient_id, code, effective_at, value)
       select p.clinic_id, gen_random_uuid(), p.id, ($2::text[])[1 + n % cardinality($2::text[])], now() - make_interval(days => n * 20), 60 + n % 30
       from clinic.patient p cross join generate_series(1, 30) n where p.clinic_id = $1 and p.id <> $3 and p.id <> $4`,
      [clinic.id, codes, heavy, light],
    );
    await admin.query(
      `with made as (
         insert into clinic.sitting (clinic_id, id, kind, service_id, location_id, resource_id, local_date, local_minute, time_zone, duration_minutes, status)
         select $1, gen_random_uuid(), 'visit', $2, $3, $4, date '2009-01-05' + n * 9, 600, 'America/Toronto', 20, 'booked' from generate_series(1, $6::int) n
         returning id
       )
       insert into clinic.appointment (clinic_id, id, sitting_id, patient_id, source, status)
       select $1, gen_random_uuid(), m.id, $5, 'staff', 'booked' from made m`,
      [clinic.id, slots.plain, place.rows[0]?.location_id, place.rows[0]?.resource_id, heavy, encounters],
    );
    for (const [table, column, values] of [
      [
        "condition",
        "label",
        ["HTA essentielle", "Diabète de type 2", "MRC G3a A2", "Dyslipidémie", "Hypothyroïdie", "Gonarthrose"],
      ],
      ["immunization", "vaccine", ["Grippe", "Zona", "COVID-19", "Pneumocoque conjugué 20"]],
    ] as const)
      for (const value of values)
        await admin.query(
          `insert into clinic.${table} (clinic_id, id, patient_id, ${column}) values ($1, $2, $3, $4)`,
          [clinic.id, newId(), heavy, value],
        );
    await writeNotes(admin, clinic, heavy);
    await admin.query("commit");
    await admin.query(
      "vacuum analyze clinic.encounter, clinic.note, clinic.observation, clinic.appointment, clinic.sitting, clinic.condition, clinic.immunization",
    );
    return { heavy, light };
  } finally {
    await admin.end();
  }
}

/** A note of a page for each visit, signed. */
async function writeNotes(admin: pg.Client, clinic: GeneratedClinic, patientId: string): Promise<void> {
  const template = shippedQuestionnaires.find(({ key }) => key === "soap.fr");
  if (!template) throw new Error("soap.fr is not shipped");
  const questionnaireId = newId();
  await admin.query(
    `with kept as (insert into clinic.questionnaire (clinic_id, id, shipped_key, title, number) values ($1, $2, $3, $4, $5) returning id)
     insert into clinic.questionnaire_version (clinic_id, questionnaire_id, number, title, items) select $1, id, $5, $4, $6 from kept`,
    [clinic.id, questionnaireId, template.key, template.title, template.number, JSON.stringify(template.items)],
  );
  const lines = Array.from({ length: 12 }, () => ({
    runs: ["Va bien, dort 7 h, marche 30 minutes par jour sans douleur ; prend ses comprimés."],
  }));
  await admin.query(
    `with visit as (
       select id, local_date + time '10:00' at time zone 'America/Toronto' as at from (
         select a.id, s.local_date from clinic.appointment a join clinic.sitting s on s.clinic_id = a.clinic_id and s.id = a.sitting_id
         where a.clinic_id = $1 and a.patient_id = $2) held
     ), met as (
       insert into clinic.encounter (clinic_id, id, patient_id, author_id, appointment_id, status, reason, started_at, ended_at)
       select $1, gen_random_uuid(), $2, $3, v.id, 'finished', 'Suivi', v.at, v.at + interval '20 minutes' from visit v returning id, started_at
     )
     insert into clinic.note (clinic_id, id, patient_id, author_id, encounter_id, questionnaire_id, questionnaire_number, title, answers, status,
       occurred_at, signed_at, signed_by, content_hash)
     select $1, gen_random_uuid(), $2, $3, m.id, $4, $5, 'Suivi', $6, 'final', m.started_at, m.started_at, $3, sha256('signed')
     from met m`,
    [
      clinic.id,
      patientId,
      clinic.ownerId,
      questionnaireId,
      template.number,
      JSON.stringify({ subjective: lines, plan: lines }),
    ],
  );
}

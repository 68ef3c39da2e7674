import { makeChart } from "#server/chart-export/make-export.ts";
import { chartParts } from "#server/chart-export/schema.ts";
import { newId } from "#server/db/new-id.ts";
import { processFileRoom } from "#server/storage/file-room.ts";
import { withNamelessFile } from "#server/storage/nameless-file.ts";
import type { GeneratedClinic } from "./generate.ts";
import type { Bench } from "./measure.ts";
import { residentOf } from "./process-use.ts";
import { connect, openWorld } from "./world.ts";

const notes = 700;
const observations = 3_000;

/** The whole chart of one patient with 700 encounters, each with its signed note, and 3,000 observations: by the verb that the job calls. */
export const run: Bench["run"] = async () => {
  const world = await openWorld({
    folder: ".chevet/bench-whole-chart",
    plan: { clinics: 4, patients: 4_000, largest: 2_000 },
  });
  try {
    const clinic = world.large;
    const patientId = await makeNotes(world.adminUrl, clinic);
    const ctx = { requestId: newId(), job: "make-chart-export", clinicId: clinic.id, forUserId: clinic.ownerId };
    const before = residentOf(process.pid);
    let most = before;
    const watch = setInterval(() => {
      most = Math.max(most, residentOf(process.pid));
    }, 50);
    const options = { parts: [...chartParts], from: null, until: null, drafts: false, private: false, append: true };
    const asked = { patientId, authorId: clinic.ownerId, language: "fr" as const, options, madeAt: new Date() };
    const started = performance.now();
    let bytes = 0;
    const look = async () => {
      most = Math.max(most, residentOf(process.pid));
    };
    // To a file, as the job does.
    const { pages } = await withNamelessFile((file) =>
      makeChart(ctx, asked, processFileRoom(), look, async (part) => {
        bytes += part.length;
        await file.writeFile(part);
      }),
    );
    const seconds = (performance.now() - started) / 1_000;
    clearInterval(watch);
    const note = `${pages} pages, ${(bytes / 1_048_576).toFixed(1)} MB`;
    return {
      rows: [
        { name: `whole chart: ${notes} notes, ${observations} observations`, value: `${seconds.toFixed(1)} s`, note },
        { name: "memory before", megabytes: before, note: "RSS of the process" },
        { name: "memory at most", megabytes: most, note: "RSS, looked at every 50 ms and after each part" },
      ],
    };
  } finally {
    await world.stop();
  }
};

const paragraph =
  "Consulte pour suivi de son hypertension et de son diabète. Dit bien prendre sa médication, sans effet indésirable. Marche trente minutes par jour. Pas de douleur thoracique ni de dyspnée. ";

/** Written in bulk, as years of visits would have left it; once. */
async function makeNotes(adminUrl: string, clinic: GeneratedClinic): Promise<string> {
  const admin = await connect(adminUrl);
  try {
    await admin.query("update identity.membership set profession = 'physician' where clinic_id = $1 and user_id = $2", [
      clinic.id,
      clinic.ownerId,
    ]);
    const { rows } = await admin.query<{ id: string }>(
      "select id from clinic.patient where clinic_id = $1 order by id limit 1",
      [clinic.id],
    );
    const patientId = rows[0]?.id ?? "";
    const { rowCount } = await admin.query("select from clinic.note where clinic_id = $1 limit 1", [clinic.id]);
    if (rowCount) return patientId;
    const questionnaireId = newId();
    const items = ["Subjectif", "Objectif", "Analyse", "Plan"].map((label, at) => ({
      linkId: `section-${at}`,
      label,
      letter: "",
      type: "text",
      options: [],
      unit: "",
      help: "",
      required: false,
    }));
    const answers = Object.fromEntries(
      items.map(({ linkId }) => [linkId, [{ runs: [paragraph] }, { list: "bullet", runs: ["TA 128/76, FC 68"] }]]),
    );
    await admin.query("begin");
    await admin.query("set local session_replication_role = replica");
    await admin.query("insert into clinic.questionnaire (clinic_id, id, title) values ($1, $2, 'Note SOAP')", [
      clinic.id,
      questionnaireId,
    ]);
    await admin.query(
      "insert into clinic.questionnaire_version (clinic_id, questionnaire_id, number, title, items) values ($1, $2, 1, 'Note SOAP', $3)",
      [clinic.id, questionnaireId, JSON.stringify(items)],
    );
    await admin.query(
      `with met as (
         insert into clinic.encounter (clinic_id, id, patient_id, author_id, status, started_at)
         select $1, gen_random_uuid(), $2, $3, 'finished', now() - make_interval(days => n * 9) from generate_series(1, $6::int) n returning id, started_at
       )
       insert into clinic.note (clinic_id, id, patient_id, author_id, encounter_id, questionnaire_id, questionnaire_number, title, answers, status, occurred_at, signed_at, signed_by, content_hash)
       select $1, gen_random_uuid(), $2, $3, m.id, $4, 1, 'Suivi', $5, 'final', m.started_at, m.started_at, $3, sha256('signed') from met m`,
      [clinic.id, patientId, clinic.ownerId, questionnaireId, JSON.stringify(answers), notes],
    );
    await admin.query(
      `insert into clinic.observation (clinic_id, id, patient_id, author_id, code, effective_at, value, unit)
       select $1, gen_random_uuid(), $2, $3, (array['weight', 'heart-rate', 'bp-systolic', 'bp-diastolic'])[1 + n % 4], now() - make_interval(hours => n * 40), 50 + n % 40, ''
       from generate_series(1, $4::int) n`,
      [clinic.id, patientId, clinic.ownerId, observations],
    );
    await admin.query("commit");
    return patientId;
  } finally {
    await admin.end();
  }
}

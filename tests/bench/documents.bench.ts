import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { localKeys } from "#infra/local/local-keys.ts";
import { makePatient, seededChance } from "#prisma/seed/fictional-patient.ts";
import type { ClinicContext } from "#server/context.ts";
import { copyTemplate, databaseVariables } from "#tests/database/fresh-database.ts";
import { startTestCluster } from "#tests/database/test-cluster.ts";
import { type Bench, percentiles, type Row, timed } from "./measure.ts";

const documents = 50_000;
const wordsOfEach = 150;
const vocabulary = 20_000;
const patients = 200;
const calls = 200;
const most = 50;
const target = `p95 ≤ ${most} ms`;

/** A clinic of 50,000 documents: the list of a chart and of the clinic, full-text search for rare and common words, and the first byte of a file. */
export const run: Bench["run"] = async () => {
  const { cluster, stop } = await startTestCluster();
  const dataDir = mkdtempSync(join(tmpdir(), "chevet-bench-"));
  const database = await copyTemplate(cluster);
  Object.assign(process.env, databaseVariables(database), localKeys(dataDir), {
    CHEVET_DATA_DIR: dataDir,
    CHEVET_ORIGIN: "http://127.0.0.1:3000",
    CHEVET_LOCAL: "1",
    LOG_LEVEL: "silent",
  });
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  try {
    return { rows: await measure(admin) };
  } finally {
    await admin.end();
    const { closeDatabases } = await import("#server/db/database.ts");
    await closeDatabases();
    await database.drop();
    await stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

async function measure(admin: pg.Client): Promise<Row[]> {
  // What reads the environment comes after it was set.
  const { ensurePlatformKey } = await import("#server/crypto/create-clinic-key.ts");
  const { makeClinic, makeMember } = await import("#tests/factories/clinic.ts");
  const { sendFile } = await import("#tests/factories/document.ts");
  const { listDocuments } = await import("#server/document/list-documents.ts");
  const { listInbox } = await import("#server/document/list-inbox.ts");
  const { countDocuments } = await import("#server/document/count-documents.ts");
  const { openContent } = await import("#server/document/open-content.ts");
  const { getRange } = await import("#server/storage/get-range.ts");
  const { inboxInput, listDocumentsInput } = await import("#server/document/schema.ts");
  const { smallPdf } = await import("#prisma/seed/small-pdf.ts");
  await ensurePlatformKey();
  const clinic = await makeClinic();
  const [doctor, desk] = [await makeMember(clinic, "professional"), await makeMember(clinic, "assistant")];
  // Has no ground for anybody: all that they are shown is judged, and withheld.
  const stranger = await makeMember(clinic, "professional");
  const chance = seededChance(7);
  const ids: string[] = [];
  for (let index = 0; index < patients; index += 1) ids.push((await makePatient(clinic.owner.ctx, {}, chance)).id);
  // The doctor sees them all for somebody else: without a ground, no list of a chart.
  await admin.query(
    `insert into clinic.chart_opening (clinic_id, id, patient_id, author_id, reason, expires_at)
     select p.clinic_id, gen_random_uuid(), p.id, $2, 'covering', now() + interval '12 hours' from clinic.patient p where p.clinic_id = $1`,
    [clinic.id, doctor.userId],
  );
  const page = smallPdf([{ lines: ["Numérisation"] }]);
  const scan = Buffer.concat([page, Buffer.from(`%${"0".repeat(40_000_000)}\n%%EOF\n`)]);
  const heavy = await sendFile(doctor, scan, "Scan de 300 pages.pdf");
  await plant(admin, clinic.id, doctor.userId, heavy, ids);

  const rows: Row[] = [];
  const record = async (name: string, call: (index: number) => Promise<unknown>) => {
    const durations: number[] = [];
    for (let index = 0; index < calls; index += 1) durations.push(await timed(() => call(index)));
    const times = percentiles(durations);
    rows.push({
      name: `${documents.toLocaleString("fr-CA")} documents: ${name}`,
      ...times,
      target,
      met: times.p95 <= most,
    });
  };
  const find = (ctx: ClinicContext, input: object) => listDocuments(ctx, listDocumentsInput.parse(input));
  const patient = (index: number) => ids[index % ids.length];
  const word = (rank: number) => `mot${rank}x`;
  await record("documents of one chart", (index) => find(doctor.ctx, { patientId: patient(index) }));
  await record("documents of the clinic, by type", () => find(doctor.ctx, { types: ["imaging"] }));
  await record("search, a rare word", (index) => find(doctor.ctx, { text: word(vocabulary - 1 - index) }));
  await record("search, a word of some thousands", (index) => find(doctor.ctx, { text: word(60 + index) }));
  await record("search, a word that most hold", (index) => find(doctor.ctx, { text: word(1 + (index % 5)) }));
  await record("search, two common words", (index) => find(doctor.ctx, { text: `${word(3)} ${word(20 + index)}` }));
  await record("search, common words that few hold together", (index) =>
    find(doctor.ctx, { text: `${word(300 + index)} ${word(600 + index)}` }),
  );
  await record("search, three letters of a word", (index) => find(doctor.ctx, { text: `mot${1 + (index % 9)}` }));
  await record("search in one chart", (index) =>
    find(doctor.ctx, { text: word(30 + index), patientId: patient(index) }),
  );
  await record("search at the front desk, which sees few", (index) => find(desk.ctx, { text: word(1 + (index % 50)) }));
  await record("documents of the clinic, each withheld", () => find(stranger.ctx, {}));
  await record("search, a word that most hold, no chart of which may be opened", (index) =>
    find(stranger.ctx, { text: word(1 + (index % 5)) }),
  );
  await record("inbox, 50 lines with what is proposed", () => listInbox(desk.ctx, inboxInput.parse({})));
  await record("counts on the rail", () => countDocuments(doctor.ctx));
  await record("first bytes from the middle of 40 MB, decided and journaled", async () => {
    const file = await openContent(doctor.ctx, heavy, "viewed");
    const stream = await getRange(doctor.ctx, file, { start: 20_000_000, end: 20_262_143 });
    for await (const _ of stream) break;
  });
  return rows;
}

/** Rows as filing makes them; words by rank, a frequent one for each rare one, as in any language. */
async function plant(admin: pg.Client, clinicId: string, userId: string, like: string, ids: string[]): Promise<void> {
  await admin.query(
    `insert into clinic.document (clinic_id, id, patient_id, author_id, file_id, file_name, media_type, size_bytes, status, document_type, title, dated_on,
       source_author, handled_by, handled_at)
     select d.clinic_id, gen_random_uuid(), case when i % 250 = 0 then null else ($4::uuid[])[1 + i % array_length($4::uuid[], 1)] end, d.author_id, d.file_id,
       'scan ' || i || '.pdf', d.media_type, d.size_bytes, case when i % 250 = 0 then 'received' else 'filed' end,
       case when i % 250 = 0 then '' else (array['imaging', 'laboratory', 'consultation', 'hospital'])[1 + i % 4] end, 'Rapport ' || i,
       current_date - (i % 3650), 'Dre Lemay', case when i % 250 = 0 then null else $3::uuid end, now()
     from clinic.document d, generate_series(1, $5::int) i where d.clinic_id = $1 and d.id = $2`,
    [clinicId, like, userId, ids, documents],
  );
  await admin.query(
    `insert into clinic.document_text (clinic_id, id, patient_id, author_id, status, handled_by, document_type, dated_on, state, pages, content, words)
     select d.clinic_id, d.id, d.patient_id, d.author_id, d.status, d.handled_by, d.document_type, d.dated_on, 'read', 2, w.text,
       array_to_tsvector(string_to_array(w.text, ' '))
     from clinic.document d
     cross join lateral (
       select string_agg(distinct 'mot' || floor(exp(random() * ln($2::float8)))::int || 'x', ' ') as text
       from generate_series(1, $3::int) where d.id is not null
     ) w
     where d.clinic_id = $1 and not exists (select from clinic.document_text t where t.clinic_id = d.clinic_id and t.id = d.id)`,
    [clinicId, vocabulary, wordsOfEach],
  );
  await admin.query("vacuum analyze clinic.document");
  await admin.query("vacuum analyze clinic.document_text");
  await admin.query("vacuum analyze clinic.patient");
}

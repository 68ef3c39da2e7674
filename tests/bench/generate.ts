import pg from "pg";
import { fictionalPerson, seededChance } from "#prisma/seed/fictional-patient.ts";
import { createClinicKey } from "#server/crypto/create-clinic-key.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { sealValue } from "#server/crypto/seal-value.ts";
import { newId } from "#server/db/new-id.ts";
import { searchText } from "#server/patient/fold-name.ts";
import { hashNam, namPlace } from "#server/patient/seal-nam.ts";

/** How much to make. The largest clinic holds `largest` patients, the others share the rest unevenly. */
export interface Plan {
  readonly clinics: number;
  readonly patients: number;
  readonly largest: number;
}

export interface GeneratedClinic {
  readonly id: string;
  readonly slug: string;
  readonly patients: number;
  /** A member of each clinic, with the role owner. */
  readonly ownerId: string;
}

const batch = 4_000;

/**
 * Fills an empty, migrated database with clinics and patients named as Québec is (prisma/seed/quebec-names.ts), by the
 * very functions that the verbs use for folding, hashing and sealing. Clinics come back largest first.
 * @param adminUrl the database as a superuser: triggers and foreign keys are passed by, and what they do is done in bulk.
 *   CHEVET_KEK_FILE and CHEVET_KEYSTORE_DIR must name where the clinics' keys go.
 */
export async function generate(
  adminUrl: string,
  plan: Plan,
  progress: (done: string) => void = () => undefined,
): Promise<GeneratedClinic[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query("set session_replication_role = replica; set synchronous_commit = off");
    const clinics = await insertClinics(client, plan);
    progress(`${clinics.length} clinics`);
    await client.query("drop index clinic.patient_word_search_idx");
    let done = 0;
    let writing: Promise<void> = Promise.resolve();
    for (const [index, clinic] of clinics.entries()) {
      const chance = seededChance(index + 1);
      await createClinicKey(clinic.id);
      const key = await openClinicKey(clinic.id);
      for (let first = 0; first < clinic.patients; first += batch) {
        const count = Math.min(batch, clinic.patients - first);
        const rows = Array.from({ length: count }, (_, at) => patientRow(clinic, key, first + at, chance));
        // One batch is made while the one before is being written.
        await writing;
        writing = insertPatients(client, clinic, rows);
        writing.catch(() => undefined);
        done += count;
        if (Math.floor(done / 100_000) > Math.floor((done - count) / 100_000)) progress(`${done} patients`);
      }
    }
    await writing;
    await indexWords(client);
    progress("words of their names");
    await client.query("vacuum (analyze, freeze)");
    return clinics;
  } finally {
    await client.end();
  }
}

/** Sizes as clinics have them: a few large ones and many small ones. */
function sizes({ clinics, patients, largest }: Plan): number[] {
  const weights = Array.from({ length: clinics - 1 }, (_, rank) => 1 / (rank + 60));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const others = weights.map((weight) => Math.floor(((patients - largest) * weight) / total));
  const left = patients - largest - others.reduce((sum, size) => sum + size, 0);
  return [largest, ...others.map((size, at) => size + (at < left ? 1 : 0))];
}

async function insertClinics(client: pg.Client, plan: Plan): Promise<GeneratedClinic[]> {
  const clinics = sizes(plan).map((patients, at) => ({
    id: newId(),
    slug: `clinique-${String(at).padStart(5, "0")}`,
    patients,
    ownerId: newId(),
  }));
  const ids = clinics.map(({ id }) => id);
  const slugs = clinics.map(({ slug }) => slug);
  const owners = clinics.map(({ ownerId }) => ownerId);
  await client.query(
    `insert into identity."user" (id, email, display_name, email_verified_at)
     select o, s || '@clinique.example', 'Maude Lavallée', now() from unnest($1::uuid[], $2::text[]) as t (o, s)`,
    [owners, slugs],
  );
  await client.query(
    `insert into host.slug (slug, skeleton, clinic_id) select s, s, c from unnest($1::uuid[], $2::text[]) as t (c, s)`,
    [ids, slugs],
  );
  await client.query(
    `insert into host.clinic_registration (clinic_id, display_name, slug, time_zone, region, professions, status, approved_at)
     select c, 'Clinique ' || s, s, 'America/Toronto', 'Capitale-Nationale', '{physician}', 'approved', now()
     from unnest($1::uuid[], $2::text[]) as t (c, s)`,
    [ids, slugs],
  );
  await client.query(
    `insert into clinic.clinic (clinic_id, name, professions, legal_regime, retention_years, region, time_zone,
       privacy_officer_name, privacy_officer_title, privacy_officer_email)
     select c, 'Clinique ' || s, '{physician}', 'LRSSS', 10, 'Capitale-Nationale', 'America/Toronto',
       'Maude Lavallée', 'Directrice', s || '@clinique.example' from unnest($1::uuid[], $2::text[]) as t (c, s)`,
    [ids, slugs],
  );
  await client.query(
    "insert into identity.clinic_policy (clinic_id, idle_minutes) select c, 240 from unnest($1::uuid[]) as t (c)",
    [ids],
  );
  await client.query(
    `insert into identity.membership (clinic_id, id, user_id, display_name, email, role, privacy_officer)
     select c, o, o, 'Maude Lavallée', s || '@clinique.example', 'owner', true
     from unnest($1::uuid[], $2::uuid[], $3::text[]) as t (c, o, s)`,
    [ids, owners, slugs],
  );
  return clinics;
}

type Row = ReturnType<typeof patientRow>;

function patientRow(
  clinic: GeneratedClinic,
  key: Awaited<ReturnType<typeof openClinicKey>>,
  at: number,
  chance: () => number,
) {
  const person = fictionalPerson(chance);
  const id = newId();
  return {
    ...person,
    id,
    fileNumber: String(1001 + at),
    namSealed: Buffer.from(sealValue(key, namPlace(clinic.id, id), person.nam)),
    namHash: Buffer.from(hashNam(key, person.nam)),
    namLast2: person.nam.slice(-2),
    // Real numbers have all their digits: those of fiction end in 0100 to 0199 only, which would make a fragment find a crowd.
    normalisedPhone: `+1${person.phone.slice(0, 3)}${200 + Math.floor(chance() * 800)}${String(Math.floor(chance() * 10_000)).padStart(4, "0")}`,
    searchText: searchText(person),
  };
}

const patientColumns = {
  id: "uuid",
  fileNumber: "text",
  familyName: "text",
  givenName: "text",
  birthFamilyName: "text",
  preferredName: "text",
  birthDate: "date",
  sex: "text",
  language: "text",
  namSealed: "bytea",
  namHash: "bytea",
  namLast2: "text",
  searchText: "text",
} as const;
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const names = Object.keys(patientColumns) as (keyof typeof patientColumns)[];
const columnList = names.map(snake).join(", ");
const patientText = `insert into clinic.patient (clinic_id, author_id, patient_id, nam_status, ${columnList})
  select $1, $2, id, 'valid', ${columnList}
  from unnest(${names.map((name, at) => `$${at + 3}::${patientColumns[name]}[]`).join(", ")}) as t (${columnList})`;

async function insertPatients(client: pg.Client, clinic: GeneratedClinic, rows: Row[]): Promise<void> {
  const columns = names.map((name) => rows.map((row) => row[name]));
  await client.query({ name: "patients", text: patientText, values: [clinic.id, clinic.ownerId, ...columns] });
  await client.query({
    name: "contacts",
    text: `insert into clinic.patient_contact (clinic_id, author_id, id, patient_id, system, use, value, normalised)
      select $1, $2, id, patient_id, 'phone', 'mobile', phone, phone
      from unnest($3::uuid[], $4::uuid[], $5::text[]) as t (id, patient_id, phone)`,
    values: [
      clinic.id,
      clinic.ownerId,
      rows.map(() => newId()),
      rows.map(({ id }) => id),
      rows.map(({ normalisedPhone }) => normalisedPhone),
    ],
  });
}

/** What the trigger clinic.index_patient_words does one row at a time. */
async function indexWords(client: pg.Client): Promise<void> {
  await client.query(
    `insert into clinic.patient_word (clinic_id, patient_id, category, word, place, names)
     select p.clinic_id, p.id, p.category, w.word, case when min(w.n) = 1 then 0 else 1 end, p.search_text
     from clinic.patient p, string_to_table(p.search_text, ' ') with ordinality as w (word, n)
     group by p.clinic_id, p.id, w.word`,
  );
  await client.query(
    "insert into clinic.name_word (clinic_id, word) select distinct clinic_id, word from clinic.patient_word",
  );
  await client.query(
    "create index patient_word_search_idx on clinic.patient_word (clinic_id, word, place, names, patient_id)",
  );
  await client.query(
    `insert into clinic.counter (clinic_id, name, value)
     select clinic_id, 'file-number', 1000 + count(*) from clinic.patient group by clinic_id`,
  );
}

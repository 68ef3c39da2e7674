import fc from "fast-check";
import type pg from "pg";
import { describe, expect, it } from "vitest";
import { makePatient, syntheticNam } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { addContact } from "#server/patient/add-contact.ts";
import { findDuplicates } from "#server/patient/find-duplicates.ts";
import { findPatients } from "#server/patient/find-patients.ts";
import { listMerges } from "#server/patient/list-merges.ts";
import { readPatient } from "#server/patient/read-patient.ts";
import type { PatientView } from "#server/patient/record.ts";
import { requestMerge } from "#server/patient/request-merge.ts";
import { requestPart } from "#server/patient/request-part.ts";
import { findDuplicatesInput } from "#server/patient/schema.ts";
import { updatePatient } from "#server/patient/update-patient.ts";
import { addRecall } from "#server/recall/add-recall.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import type { Catalogue, Table } from "#tests/database/seal/catalogue/catalogue.ts";
import { nameOf } from "#tests/database/seal/catalogue/catalogue.ts";
import { readCatalogue } from "#tests/database/seal/catalogue/read-catalogue.ts";
import { makeRow, type Place } from "#tests/database/seal/rows/make-row.ts";
import { insertStatement, makeWorld } from "#tests/database/seal/rows/make-world.ts";
import type { Row } from "#tests/database/seal/rows/row.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { mergeNow, partNow } from "#tests/factories/merge.ts";

/** Columns that name a patient and that a merge leaves alone, each with its reason. */
const kept: Readonly<Record<string, string>> = {
  "patient.patient_id": "the record itself",
  "patient_word.patient_id": "the search index, derived from the record",
  "audit_event.patient_id": "the journal: who was opened then",
  "break_glass.patient_id": "a glass was broken for that record",
  "record_version.patient_id": "follows the row that it is a version of",
  "patient_merge.patient_id": "the merge itself",
  "patient_merge.merged_id": "the merge itself",
};

const mergeOf = (survivor: PatientView, merged: PatientView) => ({
  id: newId(),
  survivorId: survivor.id,
  survivorVersion: survivor.version,
  mergedId: merged.id,
  mergedVersion: merged.version,
  reason: "Inscrit deux fois",
});

async function pair(clinic: TestClinic) {
  const { ctx } = clinic.owner;
  const one = { familyName: "Tremblay", givenName: "Zoé", birthDate: "1980-02-03" };
  const nam = (order: number) => ({
    value: syntheticNam("Tremblay", "Zoé", one.birthDate, "female", order),
    expiry: "2031-05",
    status: "valid" as const,
  });
  const survivor = await makePatient(ctx, { ...one, sex: "female", nam: nam(1) });
  const other = await makePatient(ctx, {
    ...one,
    sex: "female",
    nam: nam(2),
    contacts: [{ system: "email", value: "zoe@personne.example" }],
    knownDuplicates: [survivor.id],
  });
  return { survivor, other, nam: nam(2).value };
}

describe("two records of one person", () => {
  it("become one: what named the other names the one that stays, and its number and NAM lead there", async () => {
    const clinic = await makeClinic();
    const { ctx } = clinic.owner;
    const { survivor, other, nam } = await pair(clinic);
    const recall = { serviceId: null, practitionerId: null, dueOn: "2027-01-05", reason: "" };
    await addRecall(ctx, { ...recall, id: newId(), patientId: other.id });
    await mergeNow(clinic, mergeOf(survivor, other));

    const after = await readPatient(ctx, { id: survivor.id });
    expect(after.contacts.map(({ system }) => system)).toEqual(["phone", "email"]);
    expect(await readPatient(ctx, { id: other.id })).toMatchObject({
      status: "merged",
      mergedInto: survivor.id,
      contacts: [],
    });
    expect(await withStaff(ctx, (db) => db.recall.count({ where: { patientId: survivor.id } }))).toBe(1);
    for (const text of [`#${other.fileNumber}`, nam, "tremblay zoe", "1980-02-03"])
      expect((await findPatients(ctx, { text, limit: 10 })).patients.map(({ id }) => id)).toEqual([survivor.id]);
    const like = findDuplicatesInput.parse({ familyName: "Autre", givenName: "Nom", birthDate: null, nam });
    expect(await findDuplicates(ctx, like)).toMatchObject([{ id: survivor.id, fileNumber: survivor.fileNumber }]);
    expect(await listMerges(ctx, { id: survivor.id })).toMatchObject([
      { status: "done", mergedFile: other.fileNumber },
    ]);
  });

  it("take nothing more in the name of the one that left", async () => {
    const clinic = await makeClinic();
    const { ctx } = clinic.owner;
    const { survivor, other } = await pair(clinic);
    await mergeNow(clinic, mergeOf(survivor, other));
    const email = { system: "email" as const, value: "z@personne.example", use: "home" as const, rank: 1 };
    const merged = { key: "patient.merged" };
    await expect(addContact(ctx, { patientId: other.id, contact: email })).rejects.toMatchObject(merged);
    const change = { id: other.id, version: 2, changes: { preferredName: "Z" } };
    await expect(updatePatient(ctx, change)).rejects.toMatchObject(merged);
  });

  it("are two again, each with what was its own; what was written since stays with the one that stayed", async () => {
    const clinic = await makeClinic();
    const { ctx } = clinic.owner;
    const { survivor, other } = await pair(clinic);
    const merge = mergeOf(survivor, other);
    await mergeNow(clinic, merge);
    await addContact(ctx, {
      patientId: survivor.id,
      contact: { system: "email", value: "depuis@personne.example", use: "home", rank: 1 },
    });
    await partNow(clinic, { id: merge.id, version: 2 });
    const [one, two] = [await readPatient(ctx, { id: survivor.id }), await readPatient(ctx, { id: other.id })];
    expect(one.contacts.map(({ value }) => value).sort()).toEqual(
      ["depuis@personne.example", survivor.contacts[0]?.value].sort(),
    );
    expect(two).toMatchObject({ status: "active", mergedInto: null, contacts: [{ value: "zoe@personne.example" }] });
    const found = await findPatients(ctx, { text: "tremblay zoe", limit: 10 });
    expect(found.patients.map(({ id }) => id).sort()).toEqual([survivor.id, other.id].sort());
  });

  it("are not joined when one changed since they were compared, and the request says so", async () => {
    const clinic = await makeClinic();
    const { ctx } = clinic.owner;
    const { survivor, other } = await pair(clinic);
    const merge = mergeOf(survivor, other);
    await requestMerge(ctx, merge);
    await updatePatient(ctx, { id: other.id, version: other.version, changes: { preferredName: "Zo" } });
    const { carryOut } = await import("#tests/factories/merge.ts");
    await carryOut(clinic);
    expect(await listMerges(ctx, { id: survivor.id })).toMatchObject([{ status: "refused" }]);
    expect(await readPatient(ctx, { id: other.id })).toMatchObject({ status: "active" });
    await expect(requestMerge(ctx, { ...merge, id: newId() })).rejects.toMatchObject({ key: "stale" });
  });

  it("are parted in the order in which they were joined, last first", async () => {
    const clinic = await makeClinic();
    const { ctx } = clinic.owner;
    const { survivor, other } = await pair(clinic);
    const first = mergeOf(survivor, other);
    await mergeNow(clinic, first);
    const third = await makePatient(ctx);
    const second = mergeOf(third, await readPatient(ctx, { id: survivor.id }));
    await mergeNow(clinic, second);
    await expect(requestPart(ctx, { id: first.id, version: 2 })).rejects.toMatchObject({ key: "patient.partLater" });
    const found = await findPatients(ctx, { text: `#${other.fileNumber}`, limit: 5 });
    expect(found.patients.map(({ id }) => id)).toEqual([third.id]);
    await partNow(clinic, { id: second.id, version: 2 });
    await partNow(clinic, { id: first.id, version: 2 });
    expect(await readPatient(ctx, { id: other.id })).toMatchObject({ status: "active" });
  });

  it("are not joined by whom a restriction keeps from part of either, nor by the front desk", async () => {
    const clinic = await makeClinic();
    const { survivor, other } = await pair(clinic);
    const doctor = await makeMember(clinic, "professional");
    await callerOf(clinic.owner, clinic).privacy.restrict({
      patientId: other.id,
      target: { kind: "member", userId: doctor.userId },
      category: "appointment",
      signedOn: "2026-11-01",
      signerName: "Zoé Tremblay",
      signerContact: "418 555-0142",
      risksExplained: true,
    });
    const merge = mergeOf(survivor, other);
    await expect(requestMerge(doctor.ctx, merge)).rejects.toMatchObject({ key: "patient.mergeClosed" });
    const desk = await makeMember(clinic, "assistant");
    await expect(requestMerge(desk.ctx, merge)).rejects.toMatchObject({ code: "Forbidden" });
  });
});

describe("every table that names a patient", () => {
  const named = (catalogue: Catalogue) =>
    catalogue.tables
      .filter(({ schema, kind }) => schema === "clinic" && kind !== "v")
      .flatMap((table) =>
        table.columns
          .filter(({ name, type }) => type === "uuid" && (name === "patient_id" || namesPatient(table, name)))
          .map(({ name }) => `${table.name}.${name}`),
      );

  it("is moved by a merge, or stands in the list of those that are not, with a reason", () =>
    asAdmin(database.adminUrl, async (admin) => {
      const { rows } = await admin.query("select entity || '.' || place as place from clinic.patient_places()");
      const moved = rows.map(({ place }) => place as string);
      expect([...moved, ...Object.keys(kept)].sort()).toEqual(named(await readCatalogue(admin)).sort());
    }));

  it("comes back exactly as it was: merge, then part, is nothing (random rows of every table)", () =>
    asAdmin(database.adminUrl, async (admin) => {
      const catalogue = await readCatalogue(admin);
      const counts = fc.record({ mine: fc.integer({ min: 0, max: 2 }), theirs: fc.integer({ min: 1, max: 3 }) });
      await fc.assert(
        fc.asyncProperty(counts, async (count) => {
          const clinic = await makeClinic();
          const { survivor, other } = await pair(clinic);
          await fill(admin, catalogue, clinic, { patientId: survivor.id, rows: count.mine });
          await fill(admin, catalogue, clinic, { patientId: other.id, rows: count.theirs });
          const before = await everyRow(admin, catalogue, clinic.id);
          const merge = mergeOf(survivor, other);
          await mergeNow(clinic, merge);
          const left = await namedStill(admin, named(catalogue), other.id);
          const [done] = await listMerges(clinic.owner.ctx, { id: survivor.id });
          expect(done?.status).toBe("done");
          expect(done?.moved).toBeGreaterThan(8 * count.theirs);
          expect(left).toBe(done?.kept);
          await partNow(clinic, { id: merge.id, version: 2 });
          expect(await everyRow(admin, catalogue, clinic.id)).toEqual(before);
        }),
        { numRuns: 3 },
      );
    }));
});

const namesPatient = ({ constraints }: Table, column: string) =>
  constraints.some(
    ({ type, references, columns }) =>
      type === "f" && references === "clinic.patient" && column !== "clinic_id" && columns.includes(column),
  );

/** Rows of this patient in every table that names one, made from nothing but the catalogue. */
async function fill(
  admin: pg.Client,
  catalogue: Catalogue,
  clinic: TestClinic,
  { patientId, rows }: { patientId: string; rows: number },
): Promise<void> {
  const sink: string[] = [];
  const world = makeWorld(catalogue, sink);
  const tables = new Map(catalogue.tables.map((table) => [nameOf(table), table]));
  const parents = new Map<string, Row>();
  const { rows: known } = await admin.query("select to_jsonb(p) as p from clinic.patient p where id = $1", [patientId]);
  const lit = (value: string) => ({ sql: `'${value}'::uuid` });
  const patient = {
    clinic_id: lit(clinic.id),
    id: lit(known[0].p.id),
    patient_id: lit(known[0].p.id),
  } as unknown as Row;
  const put = (name: string, row: Row) => {
    sink.push(insertStatement(name, row));
    // What triggers derive from it has rows of its own here.
    if (name === "clinic.appointment") sink.push(`delete from clinic.place where id = ${row.id?.sql}`);
    if (name === "clinic.practitioner") sink.push(`delete from clinic.resource where id = ${row.id?.sql}`);
    // As its document, whatever that one was given.
    if (name === "clinic.document_text")
      sink.push(
        `update clinic.document_text t set patient_id = d.patient_id, status = d.status, handled_by = d.handled_by, document_type = d.document_type,
           dated_on = d.dated_on from clinic.document d where d.clinic_id = t.clinic_id and d.id = t.id and t.id = ${row.id?.sql}`,
      );
    return row;
  };
  const place: Place = {
    clinicId: clinic.id,
    userId: clinic.owner.userId,
    patientId,
    parent: (name, alone) => {
      if (name === "clinic.patient") return alone ? put(name, makeRow(table(name), place)) : patient;
      if (name === "clinic.clinic") return { clinic_id: lit(clinic.id) } as unknown as Row;
      if (!name.startsWith("clinic.")) return world.common(name);
      const known = alone ? undefined : parents.get(name);
      if (known) return known;
      const row = put(name, makeRow(table(name), place));
      if (!alone) parents.set(name, row);
      return row;
    },
  };
  const table = (name: string): Table => tables.get(name) as Table;
  for (const one of catalogue.tables) {
    const name = nameOf(one);
    if (one.schema !== "clinic" || one.kind === "v" || unfilled.includes(one.name)) continue;
    if (!one.columns.some((column) => column.name === "patient_id")) continue;
    for (let at = 0; at < rows; at += 1) put(name, makeRow(one, place));
  }
  for (const statement of sink) await admin.query(statement);
}

const unfilled = ["patient", "patient_word", "audit_event", "patient_merge", "record_version"];

/** What the clinic holds, less the numbers that count changes. */
async function everyRow(admin: pg.Client, catalogue: Catalogue, clinicId: string): Promise<Record<string, unknown[]>> {
  const counted = [
    "audit_event",
    "audit_seal",
    "audit_label",
    "patient_merge",
    "patient_merge_row",
    "record_version",
    "schedule_stamp",
  ];
  const all: Record<string, unknown[]> = {};
  for (const { schema, name, kind } of catalogue.tables) {
    if (schema !== "clinic" || kind === "v" || counted.includes(name)) continue;
    const { rows } = await admin.query(
      `select to_jsonb(t) - '{version,last_updated,change_number,change_txid}'::text[] as row from clinic."${name}" t where clinic_id = $1 order by 1`,
      [clinicId],
    );
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}

/** Rows that still name this patient where a merge moves them. */
async function namedStill(admin: pg.Client, places: string[], patientId: string): Promise<number> {
  let count = 0;
  for (const place of places.filter((one) => !(one in kept))) {
    const [table, column] = place.split(".");
    const { rows } = await admin.query(`select count(*)::int as n from clinic."${table}" where "${column}" = $1`, [
      patientId,
    ]);
    count += rows[0].n;
  }
  return count;
}

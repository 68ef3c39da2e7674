import { describe, expect, it } from "vitest";
import { makePatient, syntheticNam } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { addContact } from "#server/patient/add-contact.ts";
import { findPatients } from "#server/patient/find-patients.ts";
import { readPatient } from "#server/patient/read-patient.ts";
import { runImport } from "#server/patient-import/ask-import.ts";
import { beginImport } from "#server/patient-import/begin-import.ts";
import { carryImport } from "#server/patient-import/carry-import.ts";
import { listLines, readImport } from "#server/patient-import/read-import.ts";
import { listLinesInput } from "#server/patient-import/schema.ts";
import { addRecall } from "#server/recall/add-recall.ts";
import { makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { carryLines, checkFile, runFile, takeFile, undoFile } from "#tests/factories/patient-import.ts";

/** A register brought from another program (FMF-5): columns proposed, every line read first, imported, and taken back. */

const count = (clinic: TestClinic) =>
  withStaff(clinic.owner.ctx, (db) =>
    db.patient.count({ where: { clinicId: clinic.id, status: { not: "entered-in-error" } } }),
  );
const linesOf = async (clinic: TestClinic, id: string) =>
  (await listLines(clinic.owner.ctx, listLinesInput.parse({ id }))).lines;

const nam = syntheticNam("Roy", "Ève", "1980-02-03", "female");
const header = "ID;Nom;Prénom;DDN;Sexe;Langue;NAM;Expiration;Cellulaire;Courriel;Adresse;Ville;Code postal";
const eve = `17;Roy;Ève;1980-02-03;Femme;français;${nam};2705;(418) 555-0142;EVE@personne.example;12, rue Saint-Jean;Québec;g1r2b5`;

describe("a file from another program", () => {
  it("proposes its columns, is read line by line, and registers whoever it names", async () => {
    const clinic = await makeClinic();
    const checked = await checkFile(clinic, `${header}\n${eve}\n18;Ng;Li;;;;;;;;;;\n`);
    expect(checked).toMatchObject({ status: "checked", lineCount: 2, counts: { ready: 2 } });
    expect(await count(clinic)).toBe(0);
    const done = await runFile(clinic, checked);
    expect(done).toMatchObject({ status: "done", done: 2, counts: { created: 2 } });
    const [line] = await linesOf(clinic, done.id);
    expect(await readPatient(clinic.owner.ctx, { id: line?.recordId ?? "" })).toMatchObject({
      displayName: "Ève Roy",
      birthDate: "1980-02-03",
      sex: "female",
      namStatus: "valid",
      namExpiry: "2027-05",
      fileNumber: "1001",
      contacts: [
        { value: "+14185550142", use: "mobile" },
        { value: "eve@personne.example" },
        { value: "12, rue Saint-Jean", city: "Québec", postalCode: "G1R 2B5" },
      ],
    });
    const found = await findPatients(clinic.owner.ctx, { text: "roy eve", limit: 5 });
    expect(found.patients.map(({ id }) => id)).toEqual([line?.recordId]);
  });

  it.each([
    ["UTF-8 with its mark, commas", Buffer.from('\ufeffNom,Prénom\nCôté,"Zoé, dite Zo"\n')],
    ["Windows-1252, semicolons", Buffer.from('Nom;Prénom\nCôté;"Zoé, dite Zo"\n', "latin1")],
    ["tabs", Buffer.from("Last name\tFirst name\r\nCôté\tZoé, dite Zo\r\n")],
  ])("is read as it was written: %s", async (_, bytes) => {
    const clinic = await makeClinic();
    await runFile(clinic, await checkFile(clinic, bytes));
    const found = await findPatients(clinic.owner.ctx, { text: "cote zoe", limit: 5 });
    expect(found.patients).toMatchObject([{ displayName: "Zoé, dite Zo Côté" }]);
  });

  it("reads every date in the order of the column, and whoever imports it may choose the other", async () => {
    const clinic = await makeClinic();
    const file = "Nom;Prénom;DDN\nRoy;Ève;05/06/1980\nNg;Li;5/31/1981\n";
    const checked = await checkFile(clinic, file);
    expect(checked).toMatchObject({ dateOrder: "month", counts: { ready: 2 } });
    const done = await runFile(clinic, checked);
    const [line] = await linesOf(clinic, done.id);
    expect(await readPatient(clinic.owner.ctx, { id: line?.recordId ?? "" })).toMatchObject({
      birthDate: "1980-05-06",
    });

    const dayFirst = await checkFile(await makeClinic(), file, { dateOrder: "day" });
    expect(dayFirst).toMatchObject({ dateOrder: "day", counts: { ready: 1, error: 1 } });
  });

  it("tells what it cannot read beside the cell, and imports the others", async () => {
    const clinic = await makeClinic();
    const wrong = "19;Gagnon;Lou;31/02/1990;Z;fr;GAGL0000;13/2027;12;pas un courriel;1, rue A;Québec;99999";
    const checked = await checkFile(clinic, `${header}\n${eve}\n${wrong}\n20;;Sans nom;;;;;;;;;;\n`);
    expect(checked.counts).toEqual({ ready: 1, error: 2 });
    const [, second, third] = await linesOf(clinic, checked.id);
    expect(second?.errors).toEqual({
      3: "patient.date",
      4: "import.sex",
      6: "patient.namFormat",
      7: "patient.namExpiry",
      8: "phone",
      9: "email",
      12: "postalCode",
    });
    expect(third?.errors).toEqual({ 1: "required" });
    expect((await runFile(clinic, checked)).counts).toEqual({ created: 1, error: 2 });
  });

  it("does not register twice whoever is there, or comes twice, unless it is asked to", async () => {
    const clinic = await makeClinic();
    await makePatient(clinic.owner.ctx, { familyName: "Roy", givenName: "Eve", birthDate: "1980-02-03" });
    const sam = "Tremblay;Sam;1975-05-05";
    const file = `Nom;Prénom;Date de naissance\nROY;Ève;1980-02-03\n${sam}\n${sam}\n`;
    const checked = await checkFile(clinic, file);
    expect(checked.counts).toEqual({ duplicate: 2, ready: 1 });
    const all = await checkFile(clinic, file, { withDuplicates: true });
    expect(all.counts).toEqual({ ready: 3 });
  });

  it("is known by its program's numbers when it comes again", async () => {
    const clinic = await makeClinic();
    await runFile(clinic, await checkFile(clinic, `${header}\n${eve}\n`));
    const again = await checkFile(clinic, `${header}\n${eve}\n`, { withDuplicates: true });
    expect(again.counts).toEqual({ known: 1 });
    expect((await runFile(clinic, again)).counts).toEqual({ known: 1 });
    expect(await count(clinic)).toBe(1);
  });

  it("is refused when it is no table, or too much of one", async () => {
    const { ctx } = (await makeClinic()).owner;
    const begin = (text: string) => beginImport(ctx, "x.csv", Buffer.from(text));
    await expect(begin("")).rejects.toMatchObject({ key: "import.empty" });
    await expect(begin("Nom;Prénom\n")).rejects.toMatchObject({ key: "import.empty" });
    await expect(begin(`Nom;Prénom\n${"A;B\n".repeat(20_001)}`)).rejects.toMatchObject({ key: "import.tooLong" });
    await expect(begin(`${"a;".repeat(101)}\nx;y\n`)).rejects.toMatchObject({ key: "import.tooWide" });
  });

  it("is not for the front desk", async () => {
    const clinic = await makeClinic();
    const { ctx } = await makeMember(clinic, "assistant");
    await expect(beginImport(ctx, "x.csv", Buffer.from("Nom;Prénom\nA;B\n"))).rejects.toMatchObject({
      code: "Forbidden",
    });
  });
});

const crowd = (lines: number) =>
  `ID;Nom;Prénom;Date de naissance;Cellulaire\n${Array.from(
    { length: lines },
    (_, at) => `${at};Roy ${String.fromCharCode(97 + (at % 26))}${at};Ève;19${String(40 + (at % 60))}-01-02;4185550142`,
  ).join("\n")}\n`;

describe("a worker that stops in the middle", () => {
  it("leaves what it finished, and another goes on at the next line: nobody twice, nobody missed", async () => {
    const clinic = await makeClinic();
    const checked = await checkFile(clinic, crowd(500));
    await runImport(clinic.owner.ctx, { id: checked.id, version: checked.version });
    expect(await carryLines(clinic, 1)).toBe(1);
    expect(await readImport(clinic.owner.ctx, { id: checked.id })).toMatchObject({ status: "running", done: 200 });
    expect(await count(clinic)).toBe(200);
    // The same request carried out by two workers at once: one finds it gone.
    const [owed] = await withRelay(
      (db) => db.$queryRaw<{ id: string }[]>`
        select id from queue.outbox where clinic_id = ${clinic.id}::uuid and job = 'import-lines'`,
    );
    const ctx = { requestId: newId(), job: "import-lines", jobId: owed?.id ?? "", clinicId: clinic.id };
    const both = await Promise.allSettled([1, 2].map(() => carryImport(ctx, { importId: checked.id })));
    expect(both.filter(({ status }) => status === "rejected")).toHaveLength(1);
    expect(await count(clinic)).toBe(400);
    await carryLines(clinic);
    expect(await readImport(clinic.owner.ctx, { id: checked.id })).toMatchObject({
      status: "done",
      done: 500,
      counts: { created: 500 },
    });
    expect(await count(clinic)).toBe(500);
  }, 120_000);
});

describe("an import that is taken back", () => {
  it("takes back the records that nobody touched since, and they may come again", async () => {
    const clinic = await makeClinic();
    const { ctx } = clinic.owner;
    const done = await runFile(clinic, await checkFile(clinic, crowd(5)));
    const [reached, seen] = (await linesOf(clinic, done.id)).map(({ recordId }) => recordId ?? "");
    await addContact(ctx, {
      patientId: reached ?? "",
      contact: { system: "email", value: "x@personne.example", use: "home", rank: 1 },
    });
    const recall = { serviceId: null, practitionerId: null, dueOn: "2027-01-05", reason: "" };
    await addRecall(ctx, { ...recall, id: newId(), patientId: seen ?? "" });
    const undone = await undoFile(clinic, done);
    expect(undone).toMatchObject({ status: "undone", counts: { undone: 3, used: 2 } });
    expect(await count(clinic)).toBe(2);
    const again = await checkFile(clinic, crowd(5));
    expect(again.counts).toEqual({ known: 2, ready: 3 });
  });

  it("cannot begin before it was carried out, nor twice", async () => {
    const clinic = await makeClinic();
    const { id, version } = await takeFile(clinic);
    await expect(runImport(clinic.owner.ctx, { id, version })).rejects.toMatchObject({ key: "import.step" });
  });
});

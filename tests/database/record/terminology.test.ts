import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRoot } from "#infra/local/paths.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { conceptWords } from "#server/terminology/concept-words.ts";
import { readList } from "#server/terminology/read-list.ts";
import { terminologyCommand } from "#server/terminology/terminology-command.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeRecord, type TestRecord } from "#tests/factories/record.ts";

const admin = new pg.Client({ connectionString: database.adminUrl });
let record: TestRecord;
let folder = "";
beforeAll(async () => {
  await admin.connect();
  record = await makeRecord();
  folder = await mkdtemp(join(tmpdir(), "chevet-lists-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await admin.end();
  await closeDatabases();
});

const search = async (text: string, kind: "problem" | "substance" | "vaccine" | "measure" = "problem", by = record) =>
  (await by.caller.terminology.search({ kind, text })).map(({ fr }) => fr);

describe("Chevet's own words", () => {
  it("are in the database as in their file, each word folded as what is typed is", async () => {
    const { rows } = readList(readFileSync(fromRoot("server/terminology/chevet.csv"), "utf8"));
    const concepts = await admin.query(
      "select kind, code, display_fr as fr, display_en as en from reference.concept where system = 'chevet' and current order by kind, code",
    );
    const sorted = [...rows].sort((a, b) => (`${a.kind} ${a.code}` < `${b.kind} ${b.code}` ? -1 : 1));
    expect(concepts.rows.sort((a, b) => (`${a.kind} ${a.code}` < `${b.kind} ${b.code}` ? -1 : 1))).toEqual(
      sorted.map(({ kind, code, fr, en }) => ({ kind, code, fr, en })),
    );
    const words = await admin.query<{ line: string }>(
      "select kind || ' ' || code || ' ' || word || ' ' || place as line from reference.concept_word where system = 'chevet' and current",
    );
    expect(words.rows.map(({ line }) => line).sort()).toEqual(
      rows
        .flatMap((row) => conceptWords(row).map(({ word, place }) => `${row.kind} ${row.code} ${word} ${place}`))
        .sort(),
    );
  });

  it("are found by the beginning of any word, in both languages, without accents, by what they are called for short", async () => {
    expect(await search("hta")).toEqual(["Hypertension artérielle"]);
    expect((await search("diabete"))[0]).toMatch(/^Diabète/);
    expect(await search("type 2 diab")).toEqual(["Diabète de type 2"]);
    expect(await search("kidney stones")).toEqual(["Lithiase rénale"]);
    expect(await search("oeuf", "substance")).toEqual(["Œufs"]);
    expect(await search("pneu-c", "vaccine")).toContain("Pneumocoque conjugué 20");
    expect(await search("h")).toEqual([]);
    expect(await search("100 % _", "problem")).toEqual([]);
  });

  it("are exact when every word is whole", async () => {
    const exact = async (text: string) => (await record.caller.terminology.search({ kind: "vaccine", text }))[0]?.exact;
    expect(await exact("grippe")).toBe(true);
    expect(await exact("gripp")).toBe(false);
  });
});

describe("a clinic's own list", () => {
  const list = (lines: string) => `kind;code;fr;en;synonyms\n${lines}`;

  it("is searched first, is its own, gets versions, and retires what it no longer has", async () => {
    const one = await makeRecord();
    const other = await makeRecord();
    const importAs = (csv: string) => callerOf(one.clinic.owner, one.clinic).terminology.import({ csv });
    expect(
      await importAs(
        list("problem;h1;Hypertension réfractaire;Resistant hypertension;HTAR\nproblem;z1;Zèbre;Zebra;\n"),
      ),
    ).toEqual({
      added: 2,
      changed: 0,
      retired: 0,
      faults: [],
    });
    expect((await search("hypertension", "problem", one))[0]).toBe("Hypertension réfractaire");
    expect(await search("htar", "problem", one)).toEqual(["Hypertension réfractaire"]);
    expect(await search("htar", "problem", other)).toEqual([]);
    expect(await importAs(list("problem;h1;Hypertension résistante;Resistant hypertension;\n"))).toEqual({
      added: 0,
      changed: 1,
      retired: 1,
      faults: [],
    });
    expect(await search("zebre", "problem", one)).toEqual([]);
    expect(await search("resistante", "problem", one)).toEqual(["Hypertension résistante"]);
    const versions = await admin.query(
      "select version from clinic.record_version where clinic_id = $1 and entity = 'own_concept'",
      [one.clinic.id],
    );
    expect(versions.rows.length).toBe(2);
    // What was recorded with it keeps its words.
    const id = newId();
    await one.caller.condition.add({ id, patientId: one.patientId, label: "Zèbre", codeSystem: "own", code: "z1" });
    expect((await one.caller.summary.read({ patientId: one.patientId })).conditions).toMatchObject([
      { label: "Zèbre", code: "z1" },
    ]);
  });

  it("with a fault is told by line, and nothing of it is written; only whoever manages the clinic may", async () => {
    const one = await makeRecord();
    const { faults, added } = await callerOf(one.clinic.owner, one.clinic).terminology.import({
      csv: list("problem;a;Un;One;\nmaladie;b;Deux;Two;\n"),
    });
    expect([added, faults.map(({ line, key }) => `${line} ${key}`)]).toEqual([0, ["3 terminology.kind"]]);
    expect((await refusal(one.caller.terminology.import({ csv: list("problem;a;Un;One;\n") }))).code).toBe("Forbidden");
  });
});

describe("the host's lists", () => {
  const said: string[] = [];
  const load = async (version: string, csv: string) => {
    const file = join(folder, `${version}.csv`);
    await writeFile(file, csv);
    return terminologyCommand(
      ["load", file, "--system", "essai-cim", "--version", version, "--title", "Liste d’essai"],
      (line) => said.push(line),
    );
  };

  it("are loaded from the command line; the last version is searched, the earlier one stays", async () => {
    expect(await load("2025", "kind,code,fr\nproblem,A00,Choléra d’essai\nproblem,A01,Typhoïde d’essai\n")).toBe(0);
    expect(await search("cholera essai")).toEqual(["Choléra d’essai"]);
    expect(await load("2026", "kind,code,fr\nproblem,A00,Choléra d’essai révisé\n")).toBe(0);
    expect(await search("essai")).toEqual(["Choléra d’essai révisé"]);
    const { rows } = await admin.query(
      "select version, current, count(*)::int as count from reference.concept where system = 'essai-cim' group by 1, 2 order by 1",
    );
    expect(rows).toEqual([
      { version: "2025", current: false, count: 2 },
      { version: "2026", current: true, count: 1 },
    ]);
  });

  it("with a fault are not loaded, and a question that is not understood says how to ask", async () => {
    expect(await load("2027", "kind,code,fr\nmaladie,A00,Choléra\n")).toBe(1);
    expect(await search("essai")).toEqual(["Choléra d’essai révisé"]);
    expect(await terminologyCommand(["load"], (line) => said.push(line))).toBe(64);
    expect(said.at(-1)).toContain("terminology load");
  });

  it("are read by nobody who writes: staff may not change them", async () => {
    const { rows } = await admin.query(
      "select bool_or(has_table_privilege('chevet_staff', t, 'INSERT,UPDATE,DELETE')) as may from unnest(array['reference.concept', 'reference.concept_word', 'reference.code_system']) t",
    );
    expect(rows).toEqual([{ may: false }]);
  });
});

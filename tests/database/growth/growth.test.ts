import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inventedGrowth, writeInventedGrowth } from "#prisma/seed/fictional-growth.ts";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withOwner } from "#server/db/with-owner.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { growthCommand } from "#server/growth/growth-command.ts";
import { readGrowth } from "#server/growth/read-growth.ts";
import { readTable } from "#server/growth/read-table.ts";
import type { Indicator } from "#server/growth/schema.ts";
import { readSummary } from "#server/summary/read-summary.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import { measure, type TestRecord } from "#tests/factories/record.ts";
import { statementsOf } from "#tests/factories/statements.ts";

let clinic: TestClinic;
let doctor: TestMember;
beforeAll(async () => {
  clinic = await makeClinic();
  doctor = await makeMember(clinic, "professional");
});
afterAll(closeDatabases);

const command = async (...args: string[]) => {
  const said: string[] = [];
  const code = await growthCommand(args, (line) => void said.push(line));
  return { code, said };
};
const load = (folder: string, version: string, ...more: string[]) =>
  command("load", folder, "--name", "essai", "--version", version, "--title", "Courbes d’essai", "--invented", ...more);
const rowsOf = async (text: string) => withOwner(async (owner) => (await owner.query(text)).rows);
const folderOf = async (files: Record<string, string>) => {
  const folder = await mkdtemp(join(tmpdir(), "chevet-growth-"));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
};

/** A child of this clinic, born that day. */
async function child(
  sex: "female" | "male" | "other" | null,
  birthDate: string | null = "2024-03-10",
): Promise<TestRecord> {
  const { id: patientId } = await makePatient(clinic.owner.ctx, { sex, birthDate, language: "fr" });
  await opens(doctor, patientId);
  return { clinic, doctor, patientId, caller: callerOf(doctor, clinic) };
}
const noon = (day: string) => new Date(`${day}T16:00:00Z`);
const read = ({ caller, patientId }: TestRecord) => caller.growth.read({ patientId });
const of = (view: Awaited<ReturnType<typeof read>>, indicator: Indicator) => {
  const series = view.series.find((one) => one.indicator === indicator);
  if (!series) throw new Error(indicator);
  return series;
};

/** The row of that day in the file itself: no set, no index, no interpolation. */
function rowAt(file: string, x: number) {
  const row = readTable(file, inventedGrowth()[file] ?? "").tables[0]?.rows.find((one) => one.x === x);
  if (!row) throw new Error(`${file} has no ${x}`);
  return row;
}

describe("before any reference is loaded", () => {
  it("a child's measures are shown by age, alone, and the summary has no percentile", async () => {
    const girl = await child("female");
    await measure(
      girl,
      [
        ["weight", "3,2"],
        ["height", "49,5"],
      ],
      noon("2024-03-10"),
    );
    const view = await read(girl);
    expect(view).toMatchObject({ reference: null, sex: "female", birthDate: "2024-03-10" });
    expect(of(view, "weight-for-age")).toEqual({
      indicator: "weight-for-age",
      points: [expect.objectContaining({ value: "3.2", days: 0, x: 0, day: "2024-03-10", standing: null })],
      curves: [],
    });
    const { values } = await girl.caller.summary.read({ patientId: girl.patientId });
    expect(values.filter(({ standing }) => standing)).toEqual([]);
  });
});

describe("the host loads a set", () => {
  it("is asked properly, or says how", async () => {
    for (const args of [
      [],
      ["load"],
      ["load", "x", "--name", "OMS", "--version", "1", "--title", "x"],
      ["use", "x"],
      ["list", "x"],
    ])
      expect((await command(...args)).code).toBe(64);
    expect((await command("list")).said).toEqual([]);
    expect((await command("use", "essai", "1")).code).toBe(1);
  });

  it("whole from a folder, with progress file by file, and what is not a table left aside", async () => {
    const folder = await writeInventedGrowth();
    await writeFile(join(folder, "LISEZ-MOI.txt"), "Rien à lire.");
    const { code, said } = await load(folder, "1");
    expect(said).toContain("LISEZ-MOI.txt: laissé de côté · left aside");
    expect(said).toContain("wfa_girls_z_exp.txt: weight-for-age, female, 1857 lignes · rows");
    expect(code).toBe(0);
    const lines = Object.entries(inventedGrowth()).flatMap(
      ([name, text]) => readTable(name, text).tables[0]?.rows ?? [],
    );
    expect(await rowsOf("select count(*)::int as n from reference.growth_row")).toEqual([{ n: lines.length }]);
  });

  it("nothing of it when a line is at fault, or when two files give the same ages: what was loaded stays in use", async () => {
    const bad = {
      "wfa_boys.txt": "Day\tL\tM\tS\n0\t1\t3\t0.1\n1\t1\tx\t0.1\n",
      "lhfa_boys.txt": "Day\tL\tM\tS\n0\t1\t50\t0.1\n",
    };
    const refused = await load(await folderOf(bad), "2");
    expect(refused.code).toBe(1);
    expect(refused.said).toContain("wfa_boys.txt, ligne · line 3: M illisible · M cannot be read");
    const twice = { "lhfa_boys_z.txt": bad["lhfa_boys.txt"], "lhfa_boys_p.txt": bad["lhfa_boys.txt"] };
    expect((await load(await folderOf(twice), "2")).code).toBe(1);
    expect((await load(await folderOf({ "rien.txt": "rien" }), "2")).code).toBe(1);
    expect(await rowsOf("select version, current from reference.growth_set")).toEqual([
      { version: "1", current: true },
    ]);
  });

  it("one version at a time: the new one serves at once, and the host goes back to the old one", async () => {
    const boy = await child("male");
    await measure(boy, [["weight", "3,2"]], noon("2024-03-10"));
    const before = of(await read(boy), "weight-for-age").points[0]?.standing?.z ?? Number.NaN;
    const heavier = Object.fromEntries(
      Object.entries(inventedGrowth()).map(([name, text]) => [
        name,
        name.startsWith("wfa_boys") ? text.replace(/^0\t.*$/m, "0\t1\t4\t0.1") : text,
      ]),
    );
    expect((await load(await folderOf(heavier), "2")).code).toBe(0);
    const after = await read(boy);
    expect(after.reference?.version).toBe("2");
    expect(of(after, "weight-for-age").points[0]?.standing?.z).toBeCloseTo((3.2 / 4 - 1) / 0.1, 9);
    // The same version again replaces itself.
    expect((await load(await folderOf(heavier), "2")).code).toBe(0);
    expect((await command("list")).said.map((line) => line.slice(0, 10))).toEqual(["→ essai 2:", "  essai 1:"]);
    expect((await command("use", "essai", "1")).said).toEqual(["essai 1: en usage · in use"]);
    expect(of(await read(boy), "weight-for-age").points[0]?.standing?.z).toBe(before);
  });

  it("clinics only read it", async () => {
    expect(
      await rowsOf(
        "select bool_or(has_table_privilege('chevet_staff', t, 'INSERT,UPDATE,DELETE')) as may from unnest(array['reference.growth_set', 'reference.growth_row']) t",
      ),
    ).toEqual([{ may: false }]);
  });
});

describe("a child against it", () => {
  it("each measure stands where its own row of the file says, by the day on the clinic's wall", async () => {
    const girl = await child("female");
    await measure(
      girl,
      [
        ["weight", "7,4"],
        ["height", "66"],
        ["head-circumference", "42"],
      ],
      noon("2024-09-10"),
    );
    // A quarter to midnight in Montréal is tomorrow elsewhere.
    await measure(girl, [["weight", "7,4"]], new Date("2024-09-12T03:45:00Z"));
    const view = await read(girl);
    const [first, second] = of(view, "weight-for-age").points;
    const row = rowAt("wfa_girls_z_exp.txt", 184);
    expect(first).toMatchObject({ days: 184 });
    expect(first?.standing?.z).toBeCloseTo(((7.4 / row.m) ** row.l - 1) / (row.l * row.s), 9);
    expect(second).toMatchObject({ days: 185, day: "2024-09-11" });
    const height = rowAt("lhfa_girls_z_exp.txt", 184);
    expect(of(view, "height-for-age").points[0]?.standing?.z).toBeCloseTo((66 / height.m - 1) / height.s, 9);
    // With the length of the same day; the next day's weight has none.
    const length = rowAt("wfl_girls_z_exp.txt", 66);
    expect(of(view, "weight-for-length").points).toHaveLength(1);
    expect(of(view, "weight-for-length").points[0]).toMatchObject({ x: 66, value: "7.4" });
    expect(of(view, "weight-for-length").points[0]?.standing?.z).toBeCloseTo(
      ((7.4 / length.m) ** length.l - 1) / (length.l * length.s),
      9,
    );
    // No index of body mass before two years.
    expect(of(view, "bmi-for-age").points).toEqual([]);
    const curves = of(view, "weight-for-age").curves;
    expect(curves).toHaveLength(1);
    expect(curves[0]?.lines.map((line) => line.length)).toEqual(Array(5).fill(curves[0]?.x.length));
    const { values } = await girl.caller.summary.read({ patientId: girl.patientId });
    expect(values.find(({ code }) => code === "height")?.standing).toEqual(
      of(view, "height-for-age").points[0]?.standing,
    );
    expect(values.find(({ code }) => code === "bmi")?.standing).toBeUndefined();
  });

  it("from two years on the index of body mass stands too; a weight past the tables stands nowhere", async () => {
    const boy = await child("male", "2014-05-20");
    await measure(
      boy,
      [
        ["weight", "24"],
        ["height", "121"],
      ],
      noon("2021-05-20"),
    );
    await measure(
      boy,
      [
        ["weight", "44"],
        ["height", "151"],
      ],
      noon("2026-05-20"),
    );
    const view = await read(boy);
    const [seven, twelve] = of(view, "bmi-for-age").points;
    expect(seven).toMatchObject({ value: "16.4", standing: { invented: true } });
    expect(twelve).toMatchObject({ value: "19.3", standing: { invented: true } });
    expect(of(view, "weight-for-age").points.map(({ standing }) => standing !== null)).toEqual([true, false]);
  });

  it("whoever is neither a girl nor a boy on file has points alone; without a birth date nothing has an age", async () => {
    for (const sex of ["other", null] as const) {
      const one = await child(sex);
      await measure(one, [["weight", "7,4"]], noon("2024-09-10"));
      const view = await read(one);
      expect(of(view, "weight-for-age")).toMatchObject({ points: [{ standing: null }], curves: [] });
      expect(view.reference).toMatchObject({ name: "essai" });
      expect((await one.caller.summary.read({ patientId: one.patientId })).values[0]?.standing).toBeUndefined();
    }
    const unknown = await child("female", null);
    await measure(unknown, [["weight", "7,4"]], noon("2024-09-10"));
    expect((await read(unknown)).series.flatMap(({ points }) => points)).toEqual([]);
  });

  it("what a grown person weighs is not on a child's chart", async () => {
    const grown = await child("female", "2000-01-10");
    await measure(grown, [["weight", "52"]], noon("2016-01-10"));
    await measure(grown, [["weight", "61"]], noon("2020-01-10"));
    expect(of(await read(grown), "weight-for-age").points).toMatchObject([{ value: "52" }]);
    expect((await grown.caller.summary.read({ patientId: grown.patientId })).values[0]?.standing).toBeUndefined();
  });
});

describe("who reads it, and how", () => {
  it("is for whoever gives care: the front desk, another clinic and a restricted member read nothing of it", async () => {
    const girl = await child("female");
    await measure(girl, [["weight", "7,4"]], noon("2024-09-10"));
    const desk = await makeMember(clinic, "assistant");
    expect((await refusal(callerOf(desk, clinic).growth.read({ patientId: girl.patientId }))).code).toBe("Forbidden");
    const elsewhere = await makeClinic();
    const stranger = callerOf(await makeMember(elsewhere, "professional"), elsewhere);
    expect((await refusal(stranger.growth.read({ patientId: girl.patientId }))).code).toBe("NotFound");
    expect((await refusal(girl.caller.growth.read({ patientId: newId() }))).code).toBe("NotFound");
    const kept = await makeMember(clinic, "professional");
    await opens(kept, girl.patientId);
    await callerOf(clinic.owner, clinic).privacy.restrict({
      patientId: girl.patientId,
      target: { kind: "member", userId: kept.userId },
      category: "observation",
      signedOn: "2026-11-01",
      signerName: "Lou Gagnon",
      signerContact: "418 555-0142",
      risksExplained: true,
    });
    const seen = await callerOf(kept, clinic).growth.read({ patientId: girl.patientId });
    expect(seen.series.flatMap(({ points }) => points)).toEqual([]);
  });

  it("in as many statements for two hundred measures as for one, and one line of the journal each time", async () => {
    const [short, long] = [await child("female"), await child("female")];
    await measure(short, [["weight", "7,4"]], noon("2024-09-10"));
    await withStaff(doctor.ctx, (db) =>
      db.observation.createMany({
        data: Array.from({ length: 200 }, (_, nth) => ({
          clinicId: clinic.id,
          id: newId(),
          patientId: long.patientId,
          code: nth % 2 ? "weight" : "height",
          effectiveAt: new Date(Date.parse("2024-03-10T16:00:00Z") + nth * 4 * 86_400_000),
          value: nth % 2 ? 3 + nth / 20 : 50 + nth / 5,
        })),
      }),
    );
    const grow = ({ patientId }: TestRecord) => readGrowth(doctor.ctx, { patientId });
    expect(of(await grow(long), "weight-for-age").points.filter(({ standing }) => standing)).toHaveLength(100);
    const [one, many] = [await statementsOf(() => grow(short)), await statementsOf(() => grow(long))];
    expect(many).toBe(one);
    // BEGIN, who enters, the measures, the journal, the curves, where each stands, COMMIT.
    expect(one).toBeLessThanOrEqual(7);
    const sum = ({ patientId }: TestRecord) => readSummary(doctor.ctx, { patientId, refresh: false });
    expect(await statementsOf(() => sum(long))).toBe(await statementsOf(() => sum(short)));
    const lines = await withStaff(doctor.ctx, (db) =>
      db.auditEvent.count({ where: { clinicId: clinic.id, event: "growth.read", patientId: long.patientId } }),
    );
    expect(lines).toBe(2);
  });
});

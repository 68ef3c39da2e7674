import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withPressure } from "#server/letter/say-value.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { refusal } from "#tests/factories/caller.ts";
import { daysAgo, makeRecord, measure, type TestRecord } from "#tests/factories/record.ts";

let record: TestRecord;
beforeAll(async () => {
  record = await makeRecord();
});
afterAll(closeDatabases);

const fieldsOf = async (values: Parameters<typeof measure>[1], at?: Date) =>
  (await refusal(measure(record, values, at))).fields;

describe("OMRS-5: vital signs", () => {
  it("refuses the impossible beside its field, and keeps nothing of the rest", async () => {
    expect(
      await fieldsOf([
        ["heart-rate", "72"],
        ["temperature", "98,6"],
      ]),
    ).toEqual({
      "values.1.value": "observation.impossible",
    });
    expect(
      await fieldsOf([
        ["bp-systolic", "76"],
        ["bp-diastolic", "128"],
      ]),
    ).toEqual({
      "values.0.value": "observation.pressure",
    });
    expect(await fieldsOf([["weight", "78", { unit: "cm" }]])).toEqual({ "values.0.unit": "observation.unit" });
    expect(await fieldsOf([["heart-rate", "72"]], daysAgo(-1))).toEqual({ at: "record.future" });
    expect(await fieldsOf([["heart-rate", "72"]], new Date("1950-01-01"))).toEqual({ at: "record.beforeBirth" });
    expect(await fieldsOf([["bmi", "24"]])).toEqual({ "values.0.value": "observation.word" });
    expect((await record.caller.summary.read({ patientId: record.patientId })).values).toEqual([]);
  });

  it("refuses what cannot be at the age of that day, and says the age", async () => {
    const born = new Date(Date.now() - 4.2 * 365.25 * 86_400_000);
    const child = await makeRecord(born.toISOString().slice(0, 10));
    const refused = (values: Parameters<typeof measure>[1], at?: Date) => refusal(measure(child, values, at));
    expect(await refused([["weight", "1,7"]])).toMatchObject({
      fields: { "values.0.value": "observation.impossibleAtAge" },
      details: { age: "years", count: 4 },
    });
    expect((await refused([["height", "170"]])).fields).toEqual({ "values.0.value": "observation.impossibleAtAge" });
    const newborn = new Date(born.getTime() + 3 * 86_400_000);
    const [id = ""] = await measure(child, [["weight", "1,7"]], newborn);
    await measure(child, [["weight", "17,2"]]);
    const grown = child.caller.observation.change({ id, version: 1, at: new Date(), value: "1.7" });
    expect((await refusal(grown)).fields).toEqual({ value: "observation.impossibleAtAge" });
  });

  it("colours what is out of the ordinary at the age of that day, not of today", async () => {
    const born = new Date(Date.now() - 20 * 365.25 * 86_400_000);
    const grown = await makeRecord(born.toISOString().slice(0, 10));
    await measure(grown, [["heart-rate", "150"]], new Date(born.getTime() + 100 * 86_400_000));
    const of = async () => (await grown.caller.summary.read({ patientId: grown.patientId })).values[0];
    expect(await of()).toMatchObject({ value: "150", deviation: undefined });
    await measure(grown, [["heart-rate", "150"]]);
    expect(await of()).toMatchObject({ value: "150", deviation: "high" });
  });

  it("a pressure says how they were: shown beside the value, kept when the value is corrected, printed in a letter; of a weight, refused", async () => {
    const one = await makeRecord();
    const { caller, patientId } = one;
    const lying = { position: "lying" as const };
    const [systolic = ""] = await measure(
      one,
      [
        ["bp-systolic", "128", lying],
        ["bp-diastolic", "76", lying],
      ],
      new Date(Date.now() - 1000),
    );
    await measure(one, [
      ["bp-systolic", "118", { position: "standing" }],
      ["bp-diastolic", "70", { position: "standing" }],
      ["heart-rate", "84", { position: "standing" }],
    ]);
    const { values } = await caller.summary.read({ patientId });
    expect(values.map(({ value, position }) => `${value} ${position}`).sort()).toEqual([
      "118 standing",
      "70 standing",
      "84 standing",
    ]);
    const at = new Date(Date.now() - 1000);
    await caller.observation.change({ id: systolic, version: 1, at, value: "126", unit: "mmHg" });
    const { series } = await caller.observation.series({ patientId, codes: ["bp-systolic"] });
    expect(series[0]?.points.map(({ value, position }) => [value, position])).toEqual([
      ["118", "standing"],
      ["126", "lying"],
    ]);
    const { measures } = await caller.letter.attachable({ patientId });
    expect(withPressure(measures, "fr").map(({ text, value }) => text || value)).toEqual([
      "84",
      "118/70 mm\u00a0Hg (debout)",
      "126/76 mm\u00a0Hg (couché)",
    ]);
    await expect(measure(one, [["weight", "78", { position: "standing" }]])).rejects.toThrow("malformed");
    const forged = asAdmin(database.adminUrl, (admin) =>
      admin.query("update clinic.observation set body_position = 'floating', version = version + 1 where id = $1", [
        systolic,
      ]),
    );
    await expect(forged).rejects.toMatchObject({ code: "23514", constraint: "observation_body_position" });
  });

  it("a child's weeks of gestation are told beside their growth", async () => {
    const child = await makeRecord(daysAgo(200).toISOString().slice(0, 10));
    const { caller, patientId } = child;
    expect((await caller.growth.read({ patientId })).gestation).toBeNull();
    await measure(child, [["gestational-age", "33"]]);
    expect((await caller.growth.read({ patientId })).gestation).toBe("33");
    expect(await fieldsOf([["gestational-age", "12"]])).toEqual({ "values.0.value": "observation.impossible" });
  });

  it("reads a comma or a point as one exact number, and another unit into its own", async () => {
    const one = await makeRecord();
    await measure(one, [["weight", "78,4"]], daysAgo(3));
    await measure(one, [["weight", "78.4"]], daysAgo(2));
    await measure(one, [["weight", "172", { unit: "lb" }]], daysAgo(1));
    await measure(one, [
      ["=Ferritine", "0,1", { label: "Ferritine" }],
      ["=Peptide", "0.2", { label: "Peptide" }],
    ]);
    const { series } = await one.caller.observation.series({
      patientId: one.patientId,
      codes: ["weight", "=Ferritine", "=Peptide"],
    });
    expect(series[0]?.points.map(({ value, unit, entered }) => [value, unit, entered])).toEqual([
      ["78", "kg", "172 lb"],
      ["78.4", "kg", ""],
      ["78.4", "kg", ""],
    ]);
    // 0.1 and 0.2 are themselves, not the nearest binary numbers.
    expect(series.slice(1).map(({ points }) => points[0]?.value)).toEqual(["0.1", "0.2"]);
  });

  it("a correction is judged as the first writing was, and the order of a pressure holds", async () => {
    const one = await makeRecord();
    const [systolic = "", diastolic = ""] = await measure(one, [
      ["bp-systolic", "128"],
      ["bp-diastolic", "76"],
    ]);
    const at = new Date();
    const change = (id: string, value: string) => refusal(one.caller.observation.change({ id, version: 1, at, value }));
    expect((await change(systolic, "70")).fields).toEqual({ value: "observation.pressure" });
    expect((await change(diastolic, "900")).fields).toEqual({ value: "observation.impossible" });
    await one.caller.observation.change({ id: systolic, version: 1, at, value: "138" });
    expect(
      (await one.caller.recordEntry.versions({ kind: "observation", id: systolic })).map(
        ({ content }) => content.value,
      ),
    ).toEqual(["128"]);
  });
});

describe("VA-5: any two series on one line of time", () => {
  it("are read together, the newest first, page after page", async () => {
    const one = await makeRecord();
    for (let nth = 0; nth < 7; nth += 1)
      await measure(
        one,
        [
          ["weight", `${70 + nth}`],
          ["hba1c", `7,${nth}`],
        ],
        daysAgo(70 - nth * 10),
      );
    const read = (more: object) =>
      one.caller.observation.series({ patientId: one.patientId, codes: ["weight", "hba1c"], most: 4, ...more });
    const first = await read({});
    expect(first.series.map(({ points }) => points.map(({ value }) => value))).toEqual([
      ["76", "75", "74", "73"],
      ["7.6", "7.5", "7.4", "7.3"],
    ]);
    expect(first.series.every(({ more }) => more)).toBe(true);
    const rest = await read({ before: first.series[0]?.points.at(-1)?.at });
    expect(rest.series.map(({ points, more }) => [points.length, more])).toEqual([
      [3, false],
      [3, false],
    ]);
  });

  it("an index of mass is a series like another, calculated from what is written and never stale", async () => {
    const one = await makeRecord();
    await measure(one, [["height", "161"]], daysAgo(400));
    const [weight = ""] = await measure(one, [["weight", "78,4"]], daysAgo(10));
    const read = async () => {
      const { series } = await one.caller.observation.series({ patientId: one.patientId, codes: ["bmi", "weight"] });
      return series.map(({ points, unit }) => `${points.map(({ value }) => value)} ${unit}`);
    };
    expect(await read()).toEqual(["30.2 kg/m²", "78.4 kg"]);
    await one.caller.observation.change({ id: weight, version: 1, at: daysAgo(10), value: "70" });
    expect(await read()).toEqual(["27.0 kg/m²", "70 kg"]);
  });

  it("what is in error is in no series", async () => {
    const one = await makeRecord();
    const [id = ""] = await measure(one, [["weight", "178"]]);
    await one.caller.recordEntry.markInError({ kind: "observation", id, version: 1, reason: "Mal lu" });
    const { series } = await one.caller.observation.series({ patientId: one.patientId, codes: ["weight"] });
    expect(series[0]?.points).toEqual([]);
  });
});

describe("OSC-6: a flowsheet", () => {
  it("fills from what was measured, and says what is overdue", async () => {
    const one = await makeRecord();
    await measure(one, [["hba1c", "7,9", { high: "7,0" }]], daysAgo(120));
    await measure(
      one,
      [
        ["bp-systolic", "152"],
        ["bp-diastolic", "88"],
      ],
      daysAgo(3),
    );
    await measure(one, [["ldl", "2,3"]], daysAgo(350));
    await one.caller.observation.record({
      patientId: one.patientId,
      panelId: newId(),
      at: daysAgo(10),
      values: [{ id: newId(), code: "foot-exam", text: "Monofilament 10/10" }],
    });
    const sheet = await one.caller.flowsheet.read({ patientId: one.patientId, key: "diabetes" });
    const row = (code: string) => sheet.rows.find(({ codes }) => codes[0] === code);
    expect(sheet.rows.map(({ codes, state }) => `${codes[0]} ${state}`)).toEqual([
      "hba1c overdue",
      "bp-systolic fine",
      "ldl soon",
      "albumin-creatinine never",
      "egfr never",
      "weight never",
      "foot-exam fine",
      "eye-exam never",
    ]);
    expect(row("hba1c")?.cells[0]?.values).toMatchObject([{ value: "7.9", deviation: "high" }]);
    expect(row("bp-systolic")?.cells[0]?.values.map(({ value }) => value)).toEqual(["152", "88"]);
    expect(row("foot-exam")?.cells[0]?.values).toMatchObject([{ text: "Monofilament 10/10" }]);
    expect((await refusal(one.caller.flowsheet.read({ patientId: one.patientId, key: "aucune" }))).code).toBe(
      "NotFound",
    );
  });
});

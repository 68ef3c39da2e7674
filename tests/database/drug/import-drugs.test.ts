import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { beforeAll, expect, test } from "vitest";
import { inventedExtract, writeInventedExtract } from "#prisma/seed/fictional-drugs.ts";
import { withOwner } from "#server/db/with-owner.ts";
import { drugCommand } from "#server/drug/drug-command.ts";
import { importDrugs } from "#server/drug/import-drugs.ts";
import { searchDrugs } from "#server/drug/search-drugs.ts";
import { makeClinic, makeMember, type TestMember } from "#tests/factories/clinic.ts";

const quiet = () => undefined;
let doctor: TestMember;

beforeAll(async () => {
  const clinic = await makeClinic();
  doctor = await makeMember(clinic, "professional");
});

const rowsOf = async (text: string) => withOwner(async (owner) => (await owner.query(text)).rows);
const find = (text: string) => searchDrugs(doctor.ctx, { text, most: 20 });

class Killed extends Error {}

/** Goes down after so many lines of progress, as a killed process does. */
function killAfter(count: number): (line: string) => void {
  let left = count;
  return () => {
    left -= 1;
    if (left === 0) throw new Killed();
  };
}

test("nothing is found before a release is loaded; killed at every step, an import goes on and nothing is twice", async () => {
  expect(await find("amlodipine")).toEqual([]);
  const at = await writeInventedExtract();
  const step = { at, version: "2026-11-01", batch: 20 };
  for (let tries = 0; tries < 30; tries += 1) {
    const done = await importDrugs({ ...step, say: killAfter(10 + (tries % 7)) }).then(
      () => true,
      (error: unknown) => {
        if (!(error instanceof Killed)) throw error;
        return false;
      },
    );
    if (done) break;
    // What is not whole is not searched.
    expect(await find("amlodipine")).toEqual([]);
  }
  const { products } = await importDrugs({ ...step, say: quiet });
  const lines = Object.values(inventedExtract()).join("").split("\r\n").filter(Boolean).length;
  expect(await rowsOf("select count(*)::int as n from reference.drug_line")).toEqual([{ n: lines }]);
  expect(await rowsOf("select count(*)::int as n from reference.drug_product")).toEqual([{ n: products }]);
  expect(await rowsOf("select count(*)::int as n from reference.drug_part where not finished")).toEqual([{ n: 0 }]);
  expect(await find("amlodipine")).toHaveLength(3);
}, 120_000);

test("found by DIN, by brand and by ingredient, in both languages, without accents; what is on the market first", async () => {
  expect(await find("99120000")).toMatchObject([
    { din: "99120000", strength: "8 mg", form: "Comprimé", route: "Orale" },
  ]);
  expect((await find("fictasart")).map(({ strength }) => strength)).toEqual(["8 mg", "16 mg", "32 mg"]);
  expect(await find("acetaminophène 500")).toMatchObject([{ ingredients: "Acétaminophène", ingredientCodes: "17" }]);
  expect(await find("levothyroxine")).toHaveLength(3);
  expect(await searchDrugs({ ...doctor.ctx, locale: "en" }, { text: "empagliflozin 25", most: 5 })).toMatchObject([
    { ingredients: "Empagliflozin", form: "Tablet", strength: "25 mg", version: "2026-11-01" },
  ]);
  expect(await find("ramipril")).toMatchObject([{ onMarket: false }]);
  // For animals.
  expect(await find("carprofene")).toEqual([]);
});

test("a new release is switched to at once, from one archive; the products of the old one stay", async () => {
  const folder = await mkdtemp(join(tmpdir(), "chevet-zip-"));
  const files = Object.fromEntries(
    Object.entries(inventedExtract())
      .filter(([name]) => !name.includes("_"))
      .map(([name, text]) => [name, strToU8(text.replaceAll("FICTALDIPINE", "FICTANOUVEAU"))]),
  );
  const at = join(folder, "allfiles.zip");
  await writeFile(at, zipSync(files));
  const said: string[] = [];
  expect(await drugCommand(["import", at, "--version", "2026-12-01"], (line) => said.push(line))).toBe(0);
  expect(said.some((line) => line.startsWith("marketed drug:"))).toBe(true);
  expect((await find("fictanouveau"))[0]).toMatchObject({ version: "2026-12-01" });
  expect(await find("fictaldipine")).toEqual([]);
  expect(await rowsOf("select version, current from reference.drug_release order by version")).toEqual([
    { version: "2026-11-01", current: false },
    { version: "2026-12-01", current: true },
  ]);
  expect(
    await rowsOf(
      "select count(*)::int as n from reference.drug_product p join reference.drug_release r using (release) where r.version = '2026-11-01' and p.din = '99110000'",
    ),
  ).toEqual([{ n: 1 }]);
});

test("another file than the one it began with, a moved column, a cut archive and a lacking file are refused in words; nothing is switched", async () => {
  const at = await writeInventedExtract();
  await expect(importDrugs({ at, version: "2027-01-01", batch: 20, say: killAfter(1) })).rejects.toThrow(Killed);
  const text = inventedExtract()["drug.txt"] ?? "";
  await writeFile(join(at, "drug.txt"), text.replace("FICTALDIPINE", "AUTRE"));
  const said: string[] = [];
  const load = (from: string, version: string) =>
    drugCommand(["import", from, "--version", version], (line) => said.push(line));
  expect(await load(at, "2027-01-01")).toBe(1);
  await writeFile(join(at, "drug.txt"), text.replace('"N",', ""));
  expect(await load(at, "2027-02-01")).toBe(1);
  expect(said.at(-1)).toContain("13 colonnes");
  const archive = zipSync(
    Object.fromEntries(Object.entries(inventedExtract()).map(([name, one]) => [name, strToU8(one)])),
  );
  const cut = join(at, "cut.zip");
  await writeFile(cut, archive.subarray(0, archive.length / 3));
  expect(await load(cut, "2027-03-01")).toBe(1);
  const empty = await mkdtemp(join(tmpdir(), "chevet-none-"));
  expect(await load(empty, "2027-04-01")).toBe(1);
  await writeFile(join(empty, "drug.txt"), text);
  expect(await load(empty, "2027-04-01")).toBe(1);
  expect(said.at(-1)).toContain("ingred");
  expect(await drugCommand(["import", at, "--version", "pas une version!"], quiet)).toBe(64);
  expect((await find("fictanouveau"))[0]).toMatchObject({ version: "2026-12-01" });
});

import fc from "fast-check";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { inventedGrowth } from "#prisma/seed/fictional-growth.ts";
import { joinTables } from "#server/growth/join-tables.ts";
import { between } from "#server/growth/lms.ts";
import { readSheet } from "#server/growth/read-sheet.ts";
import { type GrowthTable, readTable } from "#server/growth/read-table.ts";

const rows = (...lines: string[]) => `${lines.join("\r\n")}\r\n`;
const said = (file: string, text: string, age?: "days" | "months") =>
  readTable(file, text, age).faults.map(({ line, said: words }) => `${line} ${words}`);

describe("a table as it is published", () => {
  test("by tabs and days, with columns that are left aside", () => {
    const text = rows("Day\tL\tM\tS\tSD4neg\tSD0", "0\t0.5\t3.3\t0.14\t1.7\t3.3", "1\t0.4\t3.2\t0.15\t1.6\t3.2");
    expect(readTable("wfa_boys_z_exp.txt", text)).toEqual({
      tables: [
        {
          file: "wfa_boys_z_exp.txt",
          indicator: "weight-for-age",
          sex: "male",
          rows: [
            { x: 0, l: 0.5, m: 3.3, s: 0.14 },
            { x: 1, l: 0.4, m: 3.2, s: 0.15 },
          ],
        },
      ],
      faults: [],
    });
  });

  test("by semicolons with decimal commas and a mark of order, in months, as Excel saves it here", () => {
    const text = `\uFEFF${rows("Mois;L;M;S", "61;1;109,5;0,04", "62;1;110,1;0,0401")}`;
    const [table] = readTable("hfa-girls-z-who-2007-exp.csv", text).tables;
    expect(table).toMatchObject({ indicator: "height-for-age", sex: "female" });
    expect(table?.rows[0]).toEqual({ x: 1856.6875, l: 1, m: 109.5, s: 0.04 });
  });

  test("both sexes in one file, by a column, with the head said again between them", () => {
    const text = rows("Sex,Agemos,L,M,S,P3", "1,24,-2.1,16.5,.08,14", "Sex,Agemos,L,M,S,P3", "2,24,-1.9,16.4,.08,14");
    expect(readTable("bmiagerev.csv", text).tables.map(({ sex, rows: own }) => [sex, own.length, own[0]?.x])).toEqual([
      ["male", 1, 730.5],
      ["female", 1, 730.5],
    ]);
  });

  test("« Age » alone asks whether it counts days or months", () => {
    const text = rows("Age\tL\tM\tS", "0\t1\t50\t.04", "2\t1\t51\t.04");
    expect(said("lhfa_boys_p_exp.txt", text)).toEqual([expect.stringContaining("--age days|months")]);
    expect(readTable("lhfa_boys_p_exp.txt", text, "days").tables[0]?.rows[1]?.x).toBe(2);
    expect(readTable("lhfa_boys_p_exp.txt", text, "months").tables[0]?.rows[1]?.x).toBe(60.875);
  });

  test("faults are told by line, and a file that is not a table by its head", () => {
    const text = rows(
      "Day\tL\tM\tS",
      "0\t1\t50\t0.04",
      "1\tx\t50\t0.04",
      "3\t1\t0\t0.04",
      "2\t1\t50\t4",
      "5\t1\t50\t,04",
    );
    expect(said("lhfa_boys.txt", text).map((words) => words.slice(0, 4))).toEqual(["3 L ", "4 M ", "5 S "]);
    expect(said("lhfa_boys.txt", rows("Day\tL\tM\tS", "2\t1\t50\t0.04", "2\t1\t50\t0.04"))).toEqual([
      expect.stringContaining("3 les âges ne vont pas"),
    ]);
    expect(said("lhfa_boys.txt", rows("Day\tM", "2\t50"))).toEqual([expect.stringContaining("missing column: L, S")]);
    expect(said("lhfa.txt", rows("Day\tL\tM\tS", "2\t1\t50\t0.04"))).toEqual([expect.stringContaining("2 ni fille")]);
    expect(said("wfl_boys.txt", rows("Day\tL\tM\tS", "2\t1\t50\t0.04"))).toEqual([expect.stringContaining("Length")]);
    expect(said("notes.txt", "")).toEqual([expect.stringContaining("indicateur")]);
    expect(said("wfa_boys.txt", rows("Day\tL\tM\tS"))).toEqual([expect.stringContaining("aucune ligne")]);
  });
});

describe("a workbook", () => {
  /** A workbook with a head in shared words, an empty cell left out, and a number as spreadsheets write them. */
  const book = (sheet: string) =>
    zipSync({
      "xl/sharedStrings.xml": strToU8(
        "<sst><si><t>Month</t></si><si><r><t>L</t></r></si><si><t>M</t></si><si><t>S</t></si><si><t>SD0</t></si></sst>",
      ),
      "xl/worksheets/sheet10.xml": strToU8("<row><c><v>9</v></c></row>"),
      "xl/worksheets/sheet1.xml": strToU8(sheet),
      "xl/styles.xml": strToU8("<styleSheet/>"),
    });

  test("its first sheet is read as the table that it holds", () => {
    const text = readSheet(
      book(
        `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c><c r="C1" t="s"><v>2</v></c>
         <c r="D1" t="inlineStr"><is><t>S</t></is></c><c r="E1" t="s"><v>4</v></c></row>
         <row r="2"><c r="A2"><v>61</v></c><c r="B2"><v>1</v></c><c r="C2"><v>111.5</v></c><c r="D2"><v>4.2000000000000003E-2</v></c></row>
         <row r="3"/><row r="4"><c r="A4"><v>62</v></c><c r="B4"><v>1</v></c><c r="D4"><v>0.04</v></c></row></sheetData></worksheet>`,
      ),
    );
    const { tables, faults } = readTable("hfa-boys-z-who-2007-exp.xlsx", text ?? "");
    expect(tables[0]?.rows[0]).toEqual({ x: 1856.6875, l: 1, m: 111.5, s: 0.042 });
    expect(faults.map(({ said: words }) => words)).toEqual(["M illisible · M cannot be read"]);
  });

  test("what is no workbook is none", () => {
    expect(readSheet(strToU8("Day\tL\tM\tS"))).toBeUndefined();
    expect(readSheet(zipSync({ "rien.txt": strToU8("rien") }))).toBeUndefined();
  });

  test("a sheet that would fill the memory is left unread, and a cell beyond its columns", () => {
    expect(readSheet(zipSync({ "xl/worksheets/sheet1.xml": new Uint8Array(33 * 1024 * 1024) }))).toBeUndefined();
    expect(readSheet(book('<row><c r="ZZZZZ1"><v>1</v></c><c r="B1"><v>2</v></c></row>'))).toBe("\t2");
  });
});

/** A table of heights from one age to another, with a level of its own. */
const table = (file: string, from: number, until: number, step: number, level: number): GrowthTable => ({
  file,
  indicator: "height-for-age",
  sex: "male",
  rows: Array.from({ length: Math.floor((until - from) / step) + 1 }, (_, at) => ({
    x: from + at * step,
    l: 1,
    m: level + from + at * step,
    s: 0.04,
  })),
});

describe("tables put end to end", () => {
  test("months that begin where days end are one stretch; standing after lying is another, from its first age on", () => {
    const { rows: joined, twice } = joinTables([
      table("months", 1856.6875, 3000, 30.4375, 100),
      table("lying", 0, 730, 1, 100),
      table("standing", 731, 1856, 1, 99),
    ]);
    expect(twice).toEqual([]);
    // A day apart: WHO's own step is inside one file.
    expect(new Set(joined.map(({ segment }) => segment))).toEqual(new Set([0]));
    const apart = joinTables([table("stature", 24, 200, 1, 90), table("length", 0.5, 36.5, 1, 100)]).rows;
    const first = apart.filter(({ segment }) => segment === 0);
    const second = apart.filter(({ segment }) => segment === 1);
    expect(first.at(-1)).toMatchObject({ x: 24, m: 124, drawn: true });
    expect(second[0]).toMatchObject({ x: 24, m: 114, drawn: true });
    expect(first.every(({ x }) => x <= 24) && second.every(({ x }) => x >= 24)).toBe(true);
  });

  test("two files of the same ages are told, and neither is chosen in silence", () => {
    expect(joinTables([table("z", 0, 60, 1, 100), table("p", 0, 60, 1, 100)]).twice).toEqual(["z = p"]);
  });

  test("what is kept says at each age what its table said, whatever the tables", () => {
    const many = fc.array(
      fc.record({ from: fc.integer({ min: 0, max: 400 }), span: fc.integer({ min: 3, max: 300 }) }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(many, (asked) => {
        const starts = new Set(asked.map(({ from }) => from));
        const tables = [...starts].map((from, at) =>
          table(String(at), from, from + (asked.find((one) => one.from === from)?.span ?? 3), 2, at * 10),
        );
        const { rows: joined } = joinTables(tables);
        const sorted = tables.toSorted((one, other) => (one.rows[0]?.x ?? 0) - (other.rows[0]?.x ?? 0));
        for (const [at, one] of sorted.entries()) {
          const end = sorted[at + 1]?.rows[0]?.x ?? Number.POSITIVE_INFINITY;
          for (const row of one.rows.filter(({ x }) => x < end)) {
            const kept = joined.filter(({ x }) => x <= row.x).at(-1);
            expect(kept).toMatchObject({ x: row.x, m: row.m });
          }
        }
      }),
    );
  });
});

test("the invented set is read whole, by the same door; what is drawn follows it closely", () => {
  const tables = Object.entries(inventedGrowth()).flatMap(([name, text]) => {
    const { tables: found, faults } = readTable(name, text);
    expect(faults).toEqual([]);
    return found;
  });
  const { rows: joined, twice } = joinTables(tables);
  expect(twice).toEqual([]);
  expect(new Set(joined.map(({ segment }) => segment))).toEqual(new Set([0]));
  const drawn = joined.filter((row) => row.drawn);
  expect(drawn.length).toBeLessThan(joined.length / 8);
  for (const indicator of [
    "weight-for-age",
    "bmi-for-age",
    "head-circumference-for-age",
    "weight-for-length",
  ] as const) {
    const own = joined.filter((row) => row.indicator === indicator && row.sex === "female");
    const kept = own.filter((row) => row.drawn);
    for (const row of own) {
      const after = kept.findIndex(({ x }) => x >= row.x);
      const [low, high] = [kept[Math.max(after - 1, 0)], kept[after]];
      if (low && high) expect(Math.abs(between(low, high, row.x).m / row.m - 1)).toBeLessThan(0.01);
    }
  }
});

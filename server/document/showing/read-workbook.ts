import type { OfficeFile } from "../reading/open-office.ts";
import { type CellStyle, isSo, plain, stylesOf } from "./cell-styles.ts";
import { sayNumber } from "./number-format.ts";
import type { ShownLanguage } from "./show-office.ts";
import { type Attributes, walk } from "./walk-xml.ts";

export interface Cell {
  readonly text: string;
  readonly isNumber: boolean;
  /** Without what its format would have said of the number. */
  readonly isBare?: boolean;
  /** Struck out as a whole; of words that are so in part, the text says which. */
  readonly isStruck?: boolean;
}

export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  /** A hole is a cell with nothing in it. */
  readonly rows: readonly (readonly (Cell | undefined)[])[];
  /** There was more than is given. */
  readonly more: { readonly rows: boolean; readonly columns: boolean };
  /** Some numbers are given without what their format would have said of them. */
  readonly hasBare: boolean;
}

interface Bounds {
  readonly mostSheets: number;
  readonly mostRows: number;
  readonly mostColumns: number;
}

/** What a person reads in a cell; what is beyond is said. */
const longestCell = 2_000;
/** Of all the words that cells share, in characters. */
const mostShared = 20_000_000;
const struckWords = { fr: ["[biffé : ", "]"], en: ["[struck out: ", "]"] } as const;
const cutWords = { fr: " … [suite dans l’original]", en: " … [continued in the original]" } as const;

/** ISO 29500: an xlsx as its sheets show it, values and not formulas. Our own reading, as of its words: what the registries have is unkept, or unpacks without bounds. */
export async function readWorkbook(
  file: OfficeFile,
  language: ShownLanguage,
  bounds: Bounds,
): Promise<{ sheets: AsyncGenerator<Sheet>; more: boolean }> {
  const part = async (name: string) => (file.names.includes(name) ? await file.readPart(name) : undefined);
  const targets = readTargets(await part("xl/_rels/workbook.xml.rels"));
  const { listed, since1904 } = readList(await part("xl/workbook.xml"));
  // A workbook that names none is shown by its parts, in their order.
  const found = listed.length > 0 ? listed : namedByParts(file.names);
  const shared = readShared(await part("xl/sharedStrings.xml"), language);
  const styles = stylesOf(await part("xl/styles.xml"));
  const say = { shared, styles, since1904, language };
  // One in memory at a time: twenty may be the same part.
  async function* readSheets(): AsyncGenerator<Sheet> {
    for (const { name, isHidden, relation, path } of found.slice(0, bounds.mostSheets)) {
      const xml = await part(path ?? targets.get(relation) ?? "");
      if (xml) yield { name: cutOff(name, language), isHidden, ...readRows(xml, say, bounds) };
    }
  }
  return { sheets: readSheets(), more: found.length > bounds.mostSheets };
}

interface Listed {
  readonly name: string;
  readonly isHidden: boolean;
  readonly relation: string;
  readonly path?: string;
}

const namedByParts = (names: readonly string[]): Listed[] =>
  names
    .filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name))
    .sort((one, other) => one.localeCompare(other, "en", { numeric: true }))
    .map((path, index) => ({ name: String(index + 1), isHidden: false, relation: "", path }));

/** Parts of this archive only: what lies elsewhere is nobody's to fetch. */
function readTargets(xml: Buffer | undefined): Map<string, string> {
  const targets = new Map<string, string>();
  walk(xml, {
    open: (name, { Id = "", Target = "", TargetMode }) => {
      if (name !== "Relationship" || TargetMode === "External") return;
      targets.set(Id, Target.startsWith("/") ? Target.slice(1) : `xl/${Target}`);
    },
  });
  return targets;
}

function readList(xml: Buffer | undefined): { listed: Listed[]; since1904: boolean } {
  const listed: Listed[] = [];
  let since1904 = false;
  walk(xml, {
    open: (name, attributes) => {
      if (name === "workbookPr") since1904 = ["1", "true"].includes(attributes.date1904 ?? "");
      if (name !== "sheet") return;
      const relation = attributes["r:id"] ?? "";
      listed.push({ name: attributes.name ?? "", isHidden: /idden/.test(attributes.state ?? ""), relation });
    },
  });
  return { listed, since1904 };
}

/** What stands for its sound in a Japanese text is said twice otherwise. */
const silent = "rPh";

function readShared(xml: Buffer | undefined, language: ShownLanguage): string[] {
  const shared: string[] = [];
  let length = 0;
  let text = "";
  let inText = false;
  let inSilent = false;
  let isStruck = false;
  const [before, after] = struckWords[language];
  walk(xml, {
    open: (name, { val = "1" }) => {
      if (name === "si") text = "";
      if (name === "r") isStruck = false;
      if (name === "strike") isStruck = isSo(val);
      if (name === "t" && isStruck && !inSilent) text += before;
      if (name === silent) inSilent = true;
      if (name === "t") inText = !inSilent;
    },
    text: (piece) => {
      if (inText && text.length <= longestCell) text += piece.slice(0, longestCell + 1);
    },
    close: (name) => {
      if (name === "t" && isStruck && !inSilent) text += after;
      if (name === "t") inText = false;
      if (name === "r") isStruck = false;
      if (name === silent) inSilent = false;
      if (name !== "si") return;
      length += text.length;
      if (length > mostShared) throw new RangeError("too large");
      shared.push(cutOff(text, language));
    },
  });
  return shared;
}

const cutOff = (text: string, language: ShownLanguage) =>
  text.length > longestCell ? text.slice(0, longestCell).replace(/\p{Cs}$/u, "") + cutWords[language] : text;

interface Say {
  readonly shared: readonly string[];
  readonly styles: readonly CellStyle[];
  readonly since1904: boolean;
  readonly language: ShownLanguage;
}

function readRows(xml: Buffer, say: Say, { mostRows, mostColumns }: Bounds): Pick<Sheet, "rows" | "more" | "hasBare"> {
  const rows: (Cell | undefined)[][] = [];
  let hasBare = false;
  const more = { rows: false, columns: false };
  let row: (Cell | undefined)[] = [];
  let rowAt = -1;
  let columnAt = -1;
  let attributes: Attributes = {};
  let value = "";
  let inValue = false;
  let isReckoned = false;
  walk(xml, {
    open: (name, given) => {
      if (name === "row") {
        row = [];
        rowAt = given.r ? Number(given.r) - 1 : rowAt + 1;
        columnAt = -1;
      }
      if (name === "c") {
        attributes = given;
        value = "";
        isReckoned = false;
        columnAt = columnOf(given.r) ?? columnAt + 1;
      }
      if (name === "f") isReckoned = true;
      if (name === "v" || name === "t") inValue = true;
    },
    text: (piece) => {
      if (inValue && value.length <= longestCell) value += piece.slice(0, longestCell + 1);
    },
    close: (name) => {
      if (name === "v" || name === "t") inValue = false;
      if (name === "c") {
        const cell = value === "" ? sayNone(isReckoned, attributes, say) : sayCell(value, attributes, say);
        if (cell && columnAt < mostColumns) row[columnAt] = cell;
        more.columns ||= cell !== undefined && columnAt >= mostColumns;
        hasBare ||= cell?.isBare ?? false;
      }
      if (name !== "row" || row.length === 0) return;
      // Lines with nothing in them are kept up to a few: a sheet may say that its second row is the millionth.
      if (rows.length >= mostRows) more.rows = true;
      else {
        const gap = Math.min(Math.max(0, rowAt - rows.length), 2, mostRows - rows.length - 1);
        for (let index = 0; index < gap && rows.length > 0; index += 1) rows.push([]);
        rows.push(row);
      }
    },
  });
  return { rows, more, hasBare };
}

/** `B12` → 1 */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference ?? "")?.[0];
  if (!letters) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Programs that write sheets leave the reckoning to whoever opens them; a text may well be empty. */
const notReckoned = { fr: "[formule non calculée]", en: "[formula not calculated]" } as const;
const sayNone = (isReckoned: boolean, { t }: Attributes, { language }: Say): Cell | undefined =>
  isReckoned && t !== "str" ? { text: notReckoned[language], isNumber: false } : undefined;

const booleans = { fr: ["FAUX", "VRAI"], en: ["FALSE", "TRUE"] } as const;

function sayCell(value: string, { t, s }: Attributes, { shared, styles, since1904, language }: Say): Cell {
  const { format, isStruck } = styles[Number(s ?? 0)] ?? plain;
  if (t === "s") return { text: shared[Number(value)] ?? "", isNumber: false, isStruck };
  if (t === "b") return { text: booleans[language][value === "1" ? 1 : 0], isNumber: false, isStruck };
  const number = Number(value);
  if ((t !== undefined && t !== "n") || !Number.isFinite(number))
    return { text: cutOff(value, language), isNumber: false, isStruck };
  return { ...sayNumber(number, format, since1904, language), isNumber: true, isStruck };
}

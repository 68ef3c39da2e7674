import { strFromU8, unzipSync } from "fflate";

/**
 * The first sheet of a workbook (`.xlsx`, as WHO publishes its tables) as text, its cells apart by tabs: enough of the format for a table of
 * numbers under a head. undefined for what is no workbook.
 */
export function readSheet(bytes: Uint8Array): string | undefined {
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => (name === words || firstSheet.test(name)) && originalSize <= mostBytes,
    });
    const name = Object.keys(files)
      .filter((one) => firstSheet.test(one))
      .sort(inOrder)[0];
    const sheet = name && files[name];
    if (!sheet) return undefined;
    const shared = files[words] ? wordsOf(strFromU8(files[words])) : [];
    return [...strFromU8(sheet).matchAll(/<row\b[^>]*?(?:\/>|>([\s\S]*?)<\/row>)/g)]
      .map(([, cells = ""]) => lineOf(cells, shared))
      .join("\n");
  } catch {
    return undefined;
  }
}

/** Of one part, unpacked: a table of numbers is a megabyte or two, and a file that says otherwise is not read. */
const mostBytes = 32 * 1024 * 1024;
/** As many as a sheet has. */
const mostColumns = 16_384;
const words = "xl/sharedStrings.xml";
const firstSheet = /^xl\/worksheets\/sheet\d+\.xml$/;
const numberIn = (name: string) => Number(/\d+/.exec(name)?.[0]);
const inOrder = (one: string, other: string) => numberIn(one) - numberIn(other);

/** The words that cells point to by their place. */
const wordsOf = (xml: string) =>
  [...xml.matchAll(/<si\b[^>]*?(?:\/>|>([\s\S]*?)<\/si>)/g)].map(([, inner = ""]) => textOf(inner));
const textOf = (xml: string) => [...xml.matchAll(/<t\b[^>]*>([^<]*)<\/t>/g)].map(([, text]) => text).join("");

/** A row's cells in their columns: an empty one is left out of the file. */
function lineOf(xml: string, shared: readonly string[]): string {
  const line: string[] = [];
  for (const [, attributes = "", inner = ""] of xml.matchAll(/<c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
    const letters = /\br="([A-Z]+)\d+"/.exec(attributes)?.[1];
    const at = letters ? columnOf(letters) : line.length;
    if (at >= mostColumns) continue;
    const value = /<v\b[^>]*>([^<]*)<\/v>/.exec(inner)?.[1] ?? "";
    line[at] = attributes.includes('t="s"') ? (shared[Number(value)] ?? "") : value || textOf(inner);
  }
  return Array.from(line, (cell) => (cell ?? "").replace(/[\t\r\n]/g, " ").trim()).join("\t");
}

/** A is 0, Z 25, AA 26. */
const columnOf = (letters: string) => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;

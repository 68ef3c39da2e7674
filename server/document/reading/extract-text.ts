import { SaxesParser } from "saxes";
import type { MediaType } from "./check-document.ts";
import { openOffice } from "./open-office.ts";
import { plainWord } from "./plain-word.ts";

/** What a program reads of a document. Runs in a process of its own (`run-extraction.ts`), which bounds its time and memory. */
export interface Extraction {
  readonly state: "read" | "no-text" | "locked" | "failed";
  readonly pages: number | null;
  readonly text: string;
}

/** The column document_text.content. */
export const LONGEST_TEXT = 500_000;
const mostPages = 3_000;

export async function extractText(content: Uint8Array, type: MediaType): Promise<Extraction> {
  switch (type) {
    case "application/pdf":
      return readPdf(content);
    case "application/rtf":
      return told(readRtf(Buffer.from(content).toString("latin1")), null);
    case "image/png":
    case "image/jpeg":
    case "image/webp":
    case "image/tiff":
      return { state: "no-text", pages: await countImages(content), text: "" };
    default:
      return told(await readOffice(Buffer.from(content)), null);
  }
}

function told(text: string, pages: number | null): Extraction {
  const tidy = tidyText(text);
  return { state: tidy ? "read" : "no-text", pages, text: tidy };
}

/** NFC, without what PostgreSQL or a screen cannot show, no long empty stretches. */
function tidyText(text: string): string {
  return (
    text
      .normalize("NFC")
      .replace(/\p{Cs}/gu, " ")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
      .replace(/[\u0000-\u0008\u000b-\u001f\u007f]+/g, " ")
      .replace(/[^\S\n\t]+/g, " ")
      .replace(/\s*\n\s*\n\s*/g, "\n\n")
      .trim()
      .slice(0, LONGEST_TEXT)
      // Half of a pair that the cut left.
      .replace(/\p{Cs}$/u, "")
  );
}

async function readPdf(content: Uint8Array): Promise<Extraction> {
  const pdf = await import("pdfjs-dist/legacy/build/pdf.mjs");
  const loading = pdf.getDocument({
    data: new Uint8Array(content),
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: 0,
  });
  try {
    const file = await loading.promise;
    const pages = file.numPages;
    const parts: string[] = [];
    let length = 0;
    for (let number = 1; number <= Math.min(pages, mostPages) && length < LONGEST_TEXT; number += 1) {
      const page = await file.getPage(number);
      const { items } = await page.getTextContent();
      const text = items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join("");
      parts.push(text);
      length += text.length;
      page.cleanup();
    }
    return told(parts.join("\n\n"), pages);
  } catch (error) {
    const locked = error instanceof Error && error.name === "PasswordException";
    return { state: locked ? "locked" : "failed", pages: null, text: "" };
  } finally {
    await loading.destroy();
  }
}

async function countImages(content: Uint8Array): Promise<number> {
  const { default: sharp } = await import("sharp");
  const { pages } = await sharp(content, { limitInputPixels: false }).metadata();
  return pages ?? 1;
}

async function readOffice(content: Buffer): Promise<string> {
  const file = await openOffice(content);
  try {
    if (file.type.endsWith("wordprocessingml.document")) {
      const wanted = /^word\/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/;
      const names = file.names.filter((name) => wanted.test(name)).sort(documentFirst);
      const parts: string[] = [];
      for (const name of names) parts.push(readMarks(plainWord(await file.readPart(name)), wordMarks));
      return parts.join("\n\n");
    }
    if (file.type.endsWith("opendocument.text")) return readMarks(await file.readPart("content.xml"), odtMarks);
    const shared = file.names.includes("xl/sharedStrings.xml")
      ? readMarks(await file.readPart("xl/sharedStrings.xml"), sharedMarks).split(between)
      : [];
    const sheets = file.names.filter((name) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).sort();
    const parts: string[] = [];
    let length = 0;
    for (const name of sheets) {
      if (length > LONGEST_TEXT) break;
      const text = readSheet(await file.readPart(name), shared);
      parts.push(text);
      length += text.length;
    }
    return parts.join("\n\n");
  } finally {
    file.close();
  }
}

const documentFirst = (a: string, b: string) =>
  Number(b.includes("document")) - Number(a.includes("document")) || a.localeCompare(b);

/** Which elements hold text, and what stands for the end or the presence of others. `null`: all text is taken. */
interface Marks {
  readonly text: ReadonlySet<string> | null;
  readonly after: Readonly<Record<string, string>>;
}

const between = "\u0001";
const wordMarks: Marks = {
  text: new Set(["w:t"]),
  after: { "w:p": "\n", "w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:tc": "\t", "w:noBreakHyphen": "-" },
};
const odtMarks: Marks = {
  text: null,
  after: { "text:p": "\n", "text:h": "\n", "text:tab": "\t", "text:line-break": "\n", "text:s": " " },
};
const sharedMarks: Marks = { text: new Set(["t"]), after: { si: between } };

/** The text of an XML part. Entities of its own are not expanded: the parser refuses them. */
function readMarks(xml: Buffer, { text, after }: Marks): string {
  const parser = new SaxesParser();
  const parts: string[] = [];
  let inside = 0;
  let length = 0;
  const take = (piece: string) => {
    if (length > LONGEST_TEXT * 2) return;
    parts.push(piece);
    length += piece.length;
  };
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name }) => {
    if (text?.has(name)) inside += 1;
  });
  parser.on("text", (piece) => {
    if (!text || inside > 0) take(piece);
  });
  parser.on("closetag", ({ name }) => {
    if (text?.has(name)) inside -= 1;
    const mark = after[name];
    if (mark) take(mark);
  });
  parser.write(xml.toString("utf8")).close();
  return parts.join("");
}

/** A sheet as lines of cells: shared strings by their number, the rest as written. */
function readSheet(xml: Buffer, shared: readonly string[]): string {
  const parser = new SaxesParser();
  const parts: string[] = [];
  let length = 0;
  let kind = "";
  let cell = "";
  let inValue = false;
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (name === "c") [kind, cell] = [String(attributes.t ?? ""), ""];
    if (name === "v" || name === "t") inValue = true;
  });
  parser.on("text", (piece) => {
    if (inValue) cell += piece;
  });
  parser.on("closetag", ({ name }) => {
    if (name === "v" || name === "t") inValue = false;
    const piece = name === "c" ? `${kind === "s" ? (shared[Number(cell)] ?? "") : cell}\t` : name === "row" ? "\n" : "";
    if (!piece || length > LONGEST_TEXT) return;
    parts.push(piece);
    length += piece.length;
  });
  parser.write(xml.toString("utf8")).close();
  return parts.join("");
}

/** Groups of an RTF file that are no text of the document. */
const hidden = /^\\(\*|fonttbl|colortbl|stylesheet|info|pict|header|footer|themedata|datastore|listtable)/;
const marks: Readonly<Record<string, string>> = {
  par: "\n",
  line: "\n",
  tab: "\t",
  cell: "\t",
  row: "\n",
  emdash: "—",
  endash: "–",
  rquote: "’",
  lquote: "‘",
  ldblquote: "“",
  rdblquote: "”",
  bullet: "•",
};
const windows = new TextDecoder("windows-1252");

function readRtf(source: string): string {
  const out: string[] = [];
  let length = 0;
  let depth = 0;
  let hiddenAt = 0;
  let skip = 0;
  const token = /\\([a-z]+)(-?\d+)? ?|\\'([0-9a-f]{2})|\\(.)|([{}])|([^\\{}]+)/gis;
  for (const match of source.matchAll(token)) {
    const [, word, number, hex, symbol, brace, plain] = match;
    if (length > LONGEST_TEXT) break;
    if (brace === "{") {
      depth += 1;
      if (!hiddenAt && hidden.test(source.slice(match.index + 1, match.index + 20))) hiddenAt = depth;
      continue;
    }
    if (brace === "}") {
      if (hiddenAt === depth) hiddenAt = 0;
      depth -= 1;
      continue;
    }
    if (hiddenAt) continue;
    let piece = "";
    if (word === "u" && number) [piece, skip] = [String.fromCharCode((Number(number) + 65_536) % 65_536), 1];
    else if (word) piece = marks[word] ?? "";
    else if (hex) piece = skip-- > 0 ? "" : windows.decode(Buffer.from(hex, "hex"));
    else if (symbol) piece = symbol === "~" ? "\u00a0" : /[\\{}]/.test(symbol) ? symbol : "";
    else if (plain) piece = (skip > 0 ? plain.slice(skip) : plain).replace(/[\r\n]+/g, "");
    if (!hex && word !== "u") skip = 0;
    out.push(piece);
    length += piece.length;
  }
  return out.join("");
}

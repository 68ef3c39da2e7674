import { zipSync } from "fflate";
import { sniffImage } from "#server/storage/sniff-image.ts";
import type { OfficeFile } from "../reading/open-office.ts";
import { plainWord } from "../reading/plain-word.ts";
import { onlyThese } from "./only-these.ts";
import type { ShownLanguage } from "./show-office.ts";

/** Unpacked, of all that is looked at: a letter with its pictures stays far below. */
const mostBytes = 60 * 1024 * 1024;
const mostPictures = 60;
const mostPixels = 40_000_000;
/** Characters of all pictures as they are written into the page. */
const mostDrawn = 20_000_000;
/** A sheet of paper on a sharp screen. */
const widest = 1_400;

/** One head and one foot for the first page, for the left and for the right, of a few sections. */
const mostEdges = 12;
const longestEdge = 50_000;
const edge = /^word\/(?:header|footer)\d*\.xml$/;
/** Parts of words, which are said anew before they are read. */
const worded = /^word\/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml$/;

const cut = {
  fr: "Seul le début de ce document est montré. Téléchargez l’original pour voir la suite.",
  en: "Only the beginning of this document is shown. Download the original to see the rest.",
};

const missing = {
  fr: "Une partie de ce document n’est pas montrée. Téléchargez l’original pour la voir.",
  en: "Part of this document is not shown. Download the original to see it.",
};

/** Styles that Word and its kin call otherwise than the library knows; « Titre 1 » keeps the English id, and is known. */
const styles = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh", "u => u"];

/**
 * A docx by mammoth, which reads headings, lists, tables, bold and pictures. It unpacks by a library that trusts the archive: it is handed another
 * one, of the parts that it needs, which were unpacked here within their bounds and are packed no more. What it does not read is said in what it does
 * (`plainWord`), and what stands at the head and the foot of the pages is read as letters of their own, once each.
 */
export async function showText(file: OfficeFile, language: ShownLanguage): Promise<string> {
  const parts = await partsOf(file);
  const anew = drawEachAnew();
  const body = onlyThese(await convert(parts, anew), cut[language]);
  const { header, footer, isWhole } = await showEdges(parts, anew, language);
  const said = isWhole ? "" : `<p class="cut">${missing[language]}</p>`;
  return (
    header + body + footer + said || `<p>${language === "fr" ? "Ce document est vide." : "This document is empty."}</p>`
  );
}

/** What stands above and below the pages. One that cannot be read leaves the letter as it is, and is said. */
async function showEdges(parts: Parts, anew: Anew, language: ShownLanguage) {
  const names = Object.keys(parts).filter((name) => edge.test(name));
  const shown = { header: new Set<string>(), footer: new Set<string>() };
  let isWhole = names.length <= mostEdges;
  for (const name of names.slice(0, mostEdges)) {
    try {
      const html = onlyThese(await convert(asLetter(parts, name), anew), cut[language], longestEdge);
      if (saysSomething(html)) shown[name.includes("header") ? "header" : "footer"].add(html);
    } catch {
      isWhole = false;
    }
  }
  const around = (kind: keyof typeof shown) => [...shown[kind]].map((html) => `<${kind}>${html}</${kind}>`).join("");
  return { header: around("header"), footer: around("footer"), isWhole };
}
const saysSomething = (html: string) => /<img src|>[^<]*[\p{L}\p{N}☐☒][^<]*</u.test(html);

type Parts = Readonly<Record<string, Uint8Array>>;

async function convert(parts: Parts, anew: Anew): Promise<string> {
  const { default: mammoth } = await import("mammoth");
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(zipSync({ ...parts }, { level: 0 })) },
    {
      externalFileAccess: false,
      includeEmbeddedStyleMap: false,
      styleMap: styles,
      convertImage: mammoth.images.imgElement(async (image) => ({ src: await anew(() => image.readAsBuffer()) })),
    },
  );
  return value;
}

type Anew = (read: () => Promise<Buffer>) => Promise<string>;
/** The pictures of one file, as many and as large together as a page may show. */
function drawEachAnew(): Anew {
  let pictures = 0;
  let drawn = 0;
  return async (read) => {
    pictures += 1;
    // One that lies elsewhere is left out; the rest of the letter is shown.
    const bytes = pictures > mostPictures ? undefined : await read().catch(() => undefined);
    const src = bytes && drawn < mostDrawn ? await drawnAnew(bytes) : "";
    drawn += src.length;
    return drawn > mostDrawn ? "" : src;
  };
}

/** The same file, whose letter is what stands at the head or the foot of its pages, with the pictures of that alone. */
function asLetter(parts: Parts, name: string): Parts {
  const relations = parts[name.replace("word/", "word/_rels/").concat(".rels")] ?? new Uint8Array();
  const targets = Buffer.from(relations).toString("utf8");
  const isItsOwn = (one: string) => !one.startsWith("word/media/") || targets.includes(one.slice("word/".length));
  const xml = Buffer.from(parts[name] ?? [])
    .toString("utf8")
    .replace(/^<w:(?:hdr|ftr)\b([^>]*)>/, "<w:document$1><w:body>")
    .replace(/<\/w:(?:hdr|ftr)>$/, "</w:body></w:document>");
  return {
    ...Object.fromEntries(Object.entries(parts).filter(([one]) => isItsOwn(one))),
    "word/document.xml": Buffer.from(xml),
    "word/_rels/document.xml.rels": relations.length > 0 ? relations : noRelations,
  };
}
const noRelations = Buffer.from(
  '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
);

const needed = /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(?!embeddings\/|fonts\/|theme\/|activeX\/).*)$/;

async function partsOf(file: OfficeFile): Promise<Record<string, Uint8Array>> {
  const parts: Record<string, Uint8Array> = {};
  let bytes = 0;
  for (const name of file.names) {
    if (name.endsWith("/") || !needed.test(name)) continue;
    const read = await file.readPart(name);
    const part = worded.test(name) ? plainWord(read) : read;
    bytes += part.length;
    if (bytes > mostBytes) throw new RangeError("too large");
    parts[name] = new Uint8Array(part);
  }
  return parts;
}

/** Decoded and encoded anew, with nothing of what rode along. What is no picture is left out, with the words that stood for it. */
async function drawnAnew(bytes: Buffer): Promise<string> {
  const type = sniffImage(bytes);
  if (!type) return "";
  const { default: sharp } = await import("sharp");
  const image = sharp(bytes, { limitInputPixels: mostPixels, autoOrient: true }).resize({
    width: widest,
    height: widest * 2,
    fit: "inside",
    withoutEnlargement: true,
  });
  const isPhoto = type === "image/jpeg";
  const drawn = await (isPhoto ? image.jpeg({ quality: 82 }) : image.png()).toBuffer().catch(() => undefined);
  return drawn ? `data:image/${isPhoto ? "jpeg" : "png"};base64,${drawn.toString("base64")}` : "";
}

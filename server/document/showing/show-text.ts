import { zipSync } from "fflate";
import { sniffImage } from "#server/storage/sniff-image.ts";
import type { OfficeFile } from "../reading/open-office.ts";
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

const cut = {
  fr: "Seul le début de ce document est montré. Téléchargez l’original pour voir la suite.",
  en: "Only the beginning of this document is shown. Download the original to see the rest.",
};

/** Styles that Word and its kin call otherwise than the library knows; « Titre 1 » keeps the English id, and is known. */
const styles = ["p[style-name='Title'] => h1:fresh", "p[style-name='Subtitle'] => h2:fresh", "u => u"];

/**
 * A docx by mammoth, which reads headings, lists, tables, bold and pictures. It unpacks by a library that trusts the archive: it is handed another
 * one, of the parts that it needs, which were unpacked here within their bounds and are packed no more.
 */
export async function showText(file: OfficeFile, language: ShownLanguage): Promise<string> {
  const { default: mammoth } = await import("mammoth");
  let pictures = 0;
  let drawn = 0;
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(zipSync(await partsOf(file), { level: 0 })) },
    {
      externalFileAccess: false,
      includeEmbeddedStyleMap: false,
      styleMap: styles,
      convertImage: mammoth.images.imgElement(async (image) => {
        pictures += 1;
        // One that lies elsewhere is left out; the rest of the letter is shown.
        const bytes = pictures > mostPictures ? undefined : await image.readAsBuffer().catch(() => undefined);
        const src = bytes && drawn < mostDrawn ? await drawnAnew(bytes) : "";
        drawn += src.length;
        return { src: drawn > mostDrawn ? "" : src };
      }),
    },
  );
  return (
    onlyThese(value, cut[language]) ||
    `<p>${language === "fr" ? "Ce document est vide." : "This document is empty."}</p>`
  );
}

const needed = /^(\[Content_Types\]\.xml|_rels\/\.rels|word\/(?!embeddings\/|fonts\/|theme\/|activeX\/).*)$/;

async function partsOf(file: OfficeFile): Promise<Record<string, Uint8Array>> {
  const parts: Record<string, Uint8Array> = {};
  let bytes = 0;
  for (const name of file.names) {
    if (name.endsWith("/") || !needed.test(name)) continue;
    const part = await file.readPart(name);
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

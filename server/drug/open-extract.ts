import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { parse } from "csv-parse";
import { Unzip, UnzipInflate } from "fflate";
import { type Extract, type ExtractFile, extracts, layouts, placeOf } from "./layouts.ts";

/** One file of the extract, on disk or inside an archive. */
export interface Part {
  readonly extract: Extract;
  readonly file: ExtractFile;
  readonly path: string;
  /** Its name in the archive; absent for a file that lies open. */
  readonly entry?: string;
  /** SHA-256 of the file on disk. */
  readonly hash: string;
}

/** What stands in the way of an import, for the operator to read. */
export class ExtractError extends Error {}

/**
 * The files of an extract, in the order in which they are read.
 * @param at a folder with Health Canada's archives or their files, or one archive
 * @throws ExtractError when a set lacks a file that it needs, or when there is none
 */
export async function openExtract(at: string): Promise<Part[]> {
  const isFolder = (await stat(at)).isDirectory();
  const paths = isFolder ? (await readdir(at)).sort().map((name) => join(at, name)) : [at];
  const parts: Part[] = [];
  for (const path of paths) {
    const isArchive = path.toLowerCase().endsWith(".zip");
    const names = isArchive ? await entriesOf(path) : [basename(path)];
    const places = names.flatMap((name) => {
      const place = placeOf(name);
      return place ? [{ ...place, name }] : [];
    });
    if (places.length === 0) continue;
    const hash = await hashOf(path);
    for (const { name, ...place } of places)
      if (!parts.some(({ file, extract }) => file === place.file && extract === place.extract))
        parts.push({ ...place, path, hash, ...(isArchive && { entry: name }) });
  }
  if (parts.length === 0) throw new ExtractError(`aucun fichier de la BDPP · no file of the DPD: ${at}`);
  for (const extract of new Set(parts.map((one) => one.extract)))
    for (const [file, layout] of Object.entries(layouts))
      if ("needed" in layout && !parts.some((one) => one.extract === extract && one.file === file))
        throw new ExtractError(`${extract}: il manque le fichier « ${file} » · the file “${file}” is missing`);
  const order = [Object.values(extracts), Object.keys(layouts)] as const;
  return parts.sort(
    (one, other) =>
      order[0].indexOf(one.extract) - order[0].indexOf(other.extract) ||
      order[1].indexOf(one.file) - order[1].indexOf(other.file),
  );
}

/** The lines of a file, as they stream: an extract of any length takes the memory of a few lines. */
export async function* linesOf(part: Part): AsyncGenerator<string[]> {
  const bytes = part.entry === undefined ? createReadStream(part.path) : Readable.from(inflate(part.path, part.entry));
  const parser = bytes.pipe(parse({ bom: true, relax_column_count: true, skip_empty_lines: true, trim: true }));
  bytes.on("error", (error: Error) => parser.destroy(error));
  try {
    yield* parser as AsyncIterable<string[]>;
  } finally {
    bytes.destroy();
  }
}

async function entriesOf(path: string): Promise<string[]> {
  const names: string[] = [];
  const archive = new Unzip(({ name }) => void names.push(name));
  for await (const chunk of createReadStream(path)) feed(archive, path, chunk as Uint8Array);
  feed(archive, path);
  return names;
}

async function* inflate(path: string, entry: string): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let isWhole = false;
  const archive = new Unzip((file) => {
    if (file.name !== entry) return;
    file.ondata = (error, data, final) => {
      if (error) throw error;
      ready.push(data);
      isWhole = final;
    };
    file.start();
  });
  archive.register(UnzipInflate);
  for await (const chunk of createReadStream(path)) {
    feed(archive, path, chunk as Uint8Array);
    yield* ready;
    ready = [];
    if (isWhole) return;
  }
  feed(archive, path);
  yield* ready;
  if (!isWhole) throw cutShort(path);
}

const cutShort = (path: string) => new ExtractError(`${path}: l’archive est coupée · the archive is cut short`);

/** @param chunk absent at the end of the file */
function feed(archive: Unzip, path: string, chunk?: Uint8Array): void {
  try {
    archive.push(chunk ?? new Uint8Array(0), chunk === undefined);
  } catch {
    throw cutShort(path);
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

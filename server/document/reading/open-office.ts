import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { invalid } from "#server/errors.ts";

export type OfficeType =
  | "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  | "application/vnd.oasis.opendocument.text";

export const docx: OfficeType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
export const xlsx: OfficeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const odt: OfficeType = "application/vnd.oasis.opendocument.text";

/** Far above what a letter or a sheet of a clinic holds; what goes past is made to harm. */
const mostEntries = 5_000;
const mostUnpacked = 300 * 1024 * 1024;
const mostRatio = 200;
/** Under this size, even a high ratio harms nothing: a sheet of zeros packs very well. */
const harmless = 20 * 1024 * 1024;
const mostPart = 50 * 1024 * 1024;

export interface OfficeFile {
  readonly type: OfficeType;
  readonly names: readonly string[];
  /** One part of it, unpacked. @throws Invalid `document.bomb` past 50 MB, `document.damaged` */
  readPart(name: string): Promise<Buffer>;
  close(): void;
}

/**
 * Opens a zip archive as the Office file that it must be. Nothing is unpacked before the directory of the archive was read whole and found modest.
 * @throws Invalid `document.cut` without a directory, `document.archive` for any other archive, `document.macro`, `document.bomb`, `document.locked`
 */
export async function openOffice(content: Buffer): Promise<OfficeFile> {
  // The directory of an archive is its end: a file cut off has none.
  const zip = await fromBufferPromise(content, { lazyEntries: true, autoClose: false }).catch(() => {
    throw refused("document.cut");
  });
  try {
    const entries = await readDirectory(zip, content.length);
    const type = await typeOf(zip, entries);
    return {
      type,
      names: [...entries.keys()],
      readPart: async (name) => {
        const entry = entries.get(name);
        if (!entry) throw refused("document.damaged");
        return unpack(zip, entry);
      },
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function readDirectory(zip: ZipFile, packed: number): Promise<Map<string, Entry>> {
  if (zip.entryCount > mostEntries) throw refused("document.bomb");
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw refused("document.locked");
      unpacked += entry.uncompressedSize;
      if (unpacked > mostUnpacked || (unpacked > harmless && unpacked > packed * mostRatio))
        throw refused("document.bomb");
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    if (error instanceof Error && error.name === "DomainError") throw error;
    throw refused("document.damaged");
  }
  return entries;
}

async function typeOf(zip: ZipFile, entries: ReadonlyMap<string, Entry>): Promise<OfficeType> {
  const names = [...entries.keys()];
  // A program inside, whatever the file calls itself.
  if (names.some((name) => /vbaProject\.bin$|^Basic\/|^Scripts\//i.test(name))) throw refused("document.macro");
  const mimetype = entries.get("mimetype");
  if (mimetype && mimetype.uncompressedSize < 200) {
    const said = (await unpack(zip, mimetype)).toString("latin1").trim();
    if (said === odt && entries.has("content.xml")) return odt;
    throw refused("document.archive");
  }
  if (!entries.has("[Content_Types].xml")) throw refused("document.archive");
  if (entries.has("word/document.xml")) return docx;
  if (entries.has("xl/workbook.xml")) return xlsx;
  throw refused("document.archive");
}

async function unpack(zip: ZipFile, entry: Entry): Promise<Buffer> {
  if (entry.uncompressedSize > mostPart) throw refused("document.bomb");
  const parts: Buffer[] = [];
  let length = 0;
  try {
    // The library stops a part that is longer than its directory said.
    for await (const part of await zip.openReadStreamPromise(entry)) {
      length += (part as Buffer).length;
      if (length > mostPart) break;
      parts.push(part as Buffer);
    }
  } catch {
    throw refused("document.damaged");
  }
  if (length > mostPart) throw refused("document.bomb");
  return Buffer.concat(parts);
}

const refused = (key: string) => invalid(key, { file: key });

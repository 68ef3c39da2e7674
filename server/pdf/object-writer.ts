import { PDFContext, PDFName, type PDFObject, type PDFRef, PDFStream } from "@cantoo/pdf-lib";

/** Where the bytes of a PDF go, in their order. */
export type Sink = (bytes: Uint8Array) => Promise<void>;

/** Bytes that are gathered before they go: objects are small and many. */
const gathered = 1024 * 1024;
const type = PDFName.of("Type");
/** What whoever opens a file unpacks whole, to read the file itself: none that is written here is made so. */
const unpacked = ["ObjStm", "XRef"].map((one) => PDFName.of(one));
const latin = (text: string) => Buffer.from(text, "latin1");

/**
 * The objects of a PDF as they come, and where each stands in the file: what was written is kept in no memory but for its place. pdf-lib writes a
 * document whole, from memory.
 */
export interface ObjectWriter {
  write(ref: PDFRef, object: PDFObject): Promise<void>;
  /** The table of places and what leads to the rest; nothing is written after it. */
  end(root: PDFRef, info: PDFRef): Promise<void>;
}

export function objectWriter(sink: Sink): ObjectWriter {
  const places: number[] = [];
  let size = 0;
  let held = 0;
  let parts: Uint8Array[] = [];

  async function push(bytes: Uint8Array): Promise<void> {
    parts.push(bytes);
    size += bytes.length;
    held += bytes.length;
    if (held >= gathered) await flush();
  }
  async function flush(): Promise<void> {
    if (held === 0) return;
    const bytes = Buffer.concat(parts);
    parts = [];
    held = 0;
    await sink(bytes);
  }

  return {
    async write(ref, object) {
      if (size === 0) await push(latin("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"));
      places[ref.objectNumber] = size;
      if (object instanceof PDFStream) tame(object);
      const body = new Uint8Array(object.sizeInBytes());
      object.copyBytesInto(body, 0);
      await push(latin(`${ref.objectNumber} 0 obj\n`));
      await push(body);
      await push(latin("\nendobj\n"));
    },
    async end(root, info) {
      const start = size;
      const lines = Array.from(places, (place, number) =>
        number === 0 || place === undefined ? "0000000000 65535 f \n" : `${String(place).padStart(10, "0")} 00000 n \n`,
      );
      const { length } = lines;
      await push(latin(`xref\n0 ${length}\n`));
      await push(latin(lines.join("")));
      const trailer = PDFContext.create().obj({ Size: length, Root: root, Info: info });
      await push(latin(`trailer\n${trailer}\nstartxref\n${start}\n%%EOF\n`));
      await flush();
    },
  };
}

/** Takes from a stream of somebody else's the word that has it unpacked; one that stands elsewhere in the file may say it too. */
function tame({ dict }: PDFStream): void {
  const said = dict.get(type);
  if (!(said instanceof PDFName) || unpacked.includes(said)) dict.delete(type);
}

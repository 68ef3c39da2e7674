import { deflateSync } from "node:zlib";

/** A PDF of these objects as they are written, numbered from 1; the first is the catalog. */
export function aRawPdf(objects: readonly (string | Buffer)[]): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n")];
  const places: number[] = [];
  let length = parts[0]?.length ?? 0;
  const push = (text: string | Buffer) => {
    const bytes = typeof text === "string" ? Buffer.from(text, "latin1") : text;
    parts.push(bytes);
    length += bytes.length;
  };
  for (const [at, object] of objects.entries()) {
    places.push(length);
    push(`${at + 1} 0 obj\n`);
    push(object);
    push("\nendobj\n");
  }
  const start = length;
  const lines = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`);
  push(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${lines.join("")}`);
  push(`trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`);
  return Buffer.concat(parts);
}

/** One page: what is said of it, what it draws, and what else is in the file (from 5 on). */
export const aRawPage = (said: string, more: readonly (string | Buffer)[] = [], drawn = "q Q") =>
  aRawPdf([
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    `<</Type/Page/Parent 2 0 R/Contents 4 0 R${said}>>`,
    rawStream("", Buffer.from(drawn, "latin1")),
    ...more,
  ]);

export const rawStream = (said: string, bytes: Buffer) =>
  Buffer.concat([Buffer.from(`<<${said}/Length ${bytes.length}>>stream\n`), bytes, Buffer.from("\nendstream")]);

/** A few thousand bytes that are nine hundred million for whoever opens the file. */
export function aPdfBomb(): Buffer {
  const packed = deflateSync(deflateSync(Buffer.alloc(900 * 1024 * 1024, " ")), { level: 9 });
  return aRawPage("/MediaBox[0 0 612 792]", [
    rawStream("/Type/ObjStm/N 1/First 10/Filter[/FlateDecode/FlateDecode]", packed),
  ]);
}

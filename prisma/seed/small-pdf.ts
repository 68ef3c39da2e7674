/** A page of a letter, line by line. */
export interface PdfPage {
  readonly lines: readonly string[];
}

/**
 * The smallest PDF that every viewer opens: text in Helvetica, one line under the other, on letter pages. For the demo and for tests, so that no
 * file lies in the repository.
 */
export function smallPdf(pages: readonly PdfPage[]): Buffer {
  const objects: string[] = [];
  const add = (body: string) => objects.push(body);
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(" ");
  add("<< /Type /Catalog /Pages 2 0 R >>");
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  for (const { lines } of pages) {
    const at = objects.length + 1;
    add(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${at + 1} 0 R >>`,
    );
    const shown = lines.map((line, index) => `${index === 0 ? "/F1 15 Tf" : "/F1 11 Tf"} (${escaped(line)}) Tj T*`);
    const stream = `BT 18 TL 64 720 Td ${shown.join("\n")} ET`;
    add(`<< /Length ${latin(stream).length} >>\nstream\n${stream}\nendstream`);
  }
  const parts: Buffer[] = [latin("%PDF-1.4\n")];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  objects.forEach((body, index) => {
    const bytes = latin(`${index + 1} 0 obj\n${body}\nendobj\n`);
    offsets.push(length);
    parts.push(bytes);
    length += bytes.length;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(
    latin(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(parts);
}

/** Windows' Latin letters, as the font's encoding says: what French needs beyond Latin 1 is put among them. */
const windows: Readonly<Record<string, string>> = {
  "’": "\u0092",
  œ: "\u009c",
  Œ: "\u008c",
  "–": "\u0096",
  "—": "\u0097",
  "…": "\u0085",
};

const latin = (text: string) =>
  Buffer.from(
    text.replace(/[’œŒ–—…]/g, (letter) => windows[letter] ?? letter),
    "latin1",
  );
const escaped = (text: string) => text.replace(/[\\()]/g, (mark) => `\\${mark}`);

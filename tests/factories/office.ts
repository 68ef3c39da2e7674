import { crc32, deflateRawSync } from "node:zlib";

interface Part {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the directory says of its size, when it lies. */
  readonly claims?: number;
}

/** A zip archive of these parts, packed. */
export function zipOf(parts: readonly Part[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claims } of parts) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(claims ?? bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const file = Buffer.concat([Buffer.from("504b0304", "hex"), fields, Buffer.from(name), packed]);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from("504b01021400", "hex"), fields, entry, Buffer.from(name)]));
    files.push(file);
    offset += file.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", 0, "latin1");
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, list, end]);
}

const types = { name: "[Content_Types].xml", content: "<Types/>" };

export const aDocx = (text: string, more: readonly Part[] = []) =>
  zipOf([
    types,
    {
      name: "word/document.xml",
      content: `<?xml version="1.0"?><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>${text}</w:t></w:r></w:p><w:p><w:r><w:t>Deuxième</w:t><w:tab/><w:t>ligne</w:t></w:r></w:p></w:body></w:document>`,
    },
    ...more,
  ]);

export const anXlsx = (first: string, number: string) =>
  zipOf([
    types,
    { name: "xl/workbook.xml", content: "<workbook/>" },
    { name: "xl/sharedStrings.xml", content: `<sst><si><t>${first}</t></si></sst>` },
    {
      name: "xl/worksheets/sheet1.xml",
      content: `<worksheet><sheetData><row><c t="s"><v>0</v></c><c><v>${number}</v></c></row></sheetData></worksheet>`,
    },
  ]);

interface TestSheet {
  readonly name: string;
  /** `<row>…</row>` */
  readonly rows: string;
  readonly state?: "hidden";
  /** Where its part is said to lie, when it is not in this archive. */
  readonly target?: string;
}

/** A workbook as Excel writes one: its sheets by their names, the texts that they share, the formats of their numbers. */
export const aBook = (sheets: readonly TestSheet[], more: { shared?: readonly string[]; styles?: string } = {}) =>
  zipOf([
    types,
    {
      name: "xl/workbook.xml",
      content: `<workbook xmlns:r="r"><sheets>${sheets.map(({ name, state = "visible" }, at) => `<sheet name="${name.replace("&", "&amp;")}" state="${state}" r:id="rId${at}"/>`).join("")}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: `<Relationships>${sheets.map(({ target }, at) => `<Relationship Id="rId${at}" Target="${target ?? `worksheets/sheet${at}.xml`}"${target ? ' TargetMode="External"' : ""}/>`).join("")}</Relationships>`,
    },
    {
      name: "xl/sharedStrings.xml",
      content: `<sst>${(more.shared ?? []).map((text) => `<si><t>${text}</t></si>`).join("")}</sst>`,
    },
    ...(more.styles ? [{ name: "xl/styles.xml", content: more.styles }] : []),
    ...sheets.map(({ rows }, at) => ({
      name: `xl/worksheets/sheet${at}.xml`,
      content: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    })),
  ]);

export const anOdt = (text: string) =>
  zipOf([
    { name: "mimetype", content: "application/vnd.oasis.opendocument.text" },
    {
      name: "content.xml",
      content: `<office:document-content xmlns:office="o" xmlns:text="t"><text:p>${text}</text:p></office:document-content>`,
    },
  ]);

const wordNames =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"';
/** A docx as Word writes one: this body, and what it leans on in the archive or out of it. */
export const aDocxOf = (body: string, relations = "", more: readonly Part[] = []) =>
  zipOf([
    {
      name: "[Content_Types].xml",
      content:
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    },
    {
      name: "_rels/.rels",
      content:
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    },
    { name: "word/document.xml", content: `<w:document ${wordNames}><w:body>${body}</w:body></w:document>` },
    {
      name: "word/_rels/document.xml.rels",
      content: `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations}</Relationships>`,
    },
    ...more,
  ]);
/** A paragraph of a Word file. */
export const wordText = (words: string) => `<w:p><w:r><w:t>${words}</w:t></w:r></w:p>`;

export const aWordFile = (words: string) => aDocxOf(wordText(words));

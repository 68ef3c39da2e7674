import sharp from "sharp";
import { describe, expect, it, vi } from "vitest";
import { extractText } from "#server/document/reading/extract-text.ts";
import { docx } from "#server/document/reading/open-office.ts";
import { showOffice } from "#server/document/showing/show-office.ts";
import { aDocxOf, wordText } from "#tests/factories/office.ts";

// A process, or a page of PDF, takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** No word of a Word letter is passed over in silence, on the page or in the search: a tick, a dose or a name that is left out says something else. */

const names =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"';
const paragraph = (inside: string) => `<w:p ${names}>${inside}</w:p>`;
const run = (text: string, look = "") => `<w:r><w:rPr>${look}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
const box = (on: 0 | 1) =>
  `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="${on}"/></w14:checkbox></w:sdtPr><w:sdtContent>${run(on ? "☒" : "☐")}</w:sdtContent></w:sdt>`;
const field = (inside: string, code: string) =>
  `<w:r><w:fldChar w:fldCharType="begin"><w:ffData>${inside}</w:ffData></w:fldChar></w:r><w:r><w:instrText> ${code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;
const oldBox = (said: string) => field(`<w:checkBox><w:sizeAuto/>${said}</w:checkBox>`, "FORMCHECKBOX");
const sign = (font: string, char: string) => `<w:r><w:sym w:font="${font}" w:char="${char}"/></w:r>`;
const over = (num: string, den: string) =>
  `<m:oMath><m:f><m:fPr><m:ctrlPr><w:rPr/></m:ctrlPr></m:fPr><m:num><m:r><m:t>${num}</m:t></m:r></m:num><m:den><m:r><m:t>${den}</m:t></m:r></m:den></m:f></m:oMath>`;

describe("a Word letter says all its words", () => {
  it.each([
    ["boxes of a form", box(1) + run(" Allergie ") + box(0) + run(" Aucune"), "☒ Allergie ☐ Aucune"],
    [
      "boxes of an old form",
      `${oldBox('<w:default w:val="1"/>')}${run(" Fumeur ")}${oldBox('<w:default w:val="1"/><w:checked w:val="0"/>')}${run(" Asthme ")}${oldBox("<w:checked/>")}${run(" HTA")}`,
      "☒ Fumeur ☐ Asthme ☒ HTA",
    ],
    [
      "the choice in a list of an old form",
      field(
        '<w:ddList><w:result w:val="1"/><w:default w:val="0"/><w:listEntry w:val="Négatif"/><w:listEntry w:val="Positif"/></w:ddList>',
        "FORMDROPDOWN",
      ),
      "Positif",
    ],
    [
      "a simple field",
      `<w:fldSimple w:instr=" MERGEFIELD nom ">${run("Ginette Tremblay")}</w:fldSimple>`,
      "Ginette Tremblay",
    ],
    ["signs of another typeface", sign("Symbol", "F0A3") + run(" 5 ") + sign("Wingdings", "F0FE"), "≤ 5 ☑"],
    ["a sign that nobody knows", sign("Maison", "F0A3") + run(" 5 mmol"), "▯ 5 mmol"],
    ["a formula", run("DFG ") + over("45", "2"), "DFG (45)/(2)"],
    [
      "words that moved",
      `<w:moveFrom w:id="1">${run("avant")}</w:moveFrom><w:moveTo w:id="2">${run("après")}</w:moveTo>`,
      "après",
    ],
  ])("%s", async (_, inside, said) => {
    const content = aDocxOf(paragraph(inside));
    expect(await showOffice(content, "fr")).toBe(`<p>${said}</p>`);
    expect((await extractText(content, docx)).text).toBe(said);
  });

  it("a hyphen that keeps two doses apart", async () => {
    const content = aDocxOf(paragraph("<w:r><w:t>5</w:t><w:noBreakHyphen/><w:t>10 mg</w:t></w:r>"));
    expect(await showOffice(content, "fr")).toBe("<p>5\u201110 mg</p>");
    expect((await extractText(content, docx)).text).toBe("5-10 mg");
  });

  it("what is struck out twice is struck out", async () => {
    const content = aDocxOf(paragraph(run("Warfarine 5 mg", "<w:dstrike/>")));
    expect(await showOffice(content, "fr")).toBe("<p><s>Warfarine 5 mg</s></p>");
  });

  it("heads and feet of its pages, once each, and none that says nothing", async () => {
    const part = (kind: "hdr" | "ftr", inside: string) =>
      `<?xml version="1.0"?>\n<w:${kind} ${names}>${inside}</w:${kind}>`;
    const head = part("hdr", wordText("Patiente : Ginette &amp; Cie"));
    const html = await showOffice(
      aDocxOf(wordText("Bonjour"), "", [
        { name: "word/header1.xml", content: head },
        { name: "word/header2.xml", content: head },
        { name: "word/header3.xml", content: part("hdr", "<w:p/>") },
        { name: "word/footer1.xml", content: part("ftr", wordText("Page 1")) },
      ]),
      "fr",
    );
    expect(html).toBe(
      "<header><p>Patiente : Ginette &amp; Cie</p></header><p>Bonjour</p><footer><p>Page 1</p></footer>",
    );
  });

  it("the clinic’s mark in a head is the head’s own picture", async () => {
    const drawing =
      '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="CHU"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
    const spaces =
      'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"';
    const picture = (background: string) =>
      sharp({ create: { width: 4, height: 4, channels: 3, background } })
        .png()
        .toBuffer();
    const relations = (target: string) =>
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/${target}"/></Relationships>`;
    const html = await showOffice(
      aDocxOf(wordText("Bonjour"), "", [
        { name: "word/header1.xml", content: `<w:hdr ${spaces}>${drawing}</w:hdr>` },
        { name: "word/_rels/header1.xml.rels", content: relations("mark.png") },
        { name: "word/media/mark.png", content: await picture("#00ff00") },
        { name: "word/media/other.png", content: await picture("#ff0000") },
      ]),
      "fr",
    );
    const [, src = ""] =
      /^<header><p><img src="data:image\/png;base64,([^"]+)" alt="CHU"><\/p><\/header><p>Bonjour/.exec(html) ?? [];
    const { channels } = await sharp(Buffer.from(src, "base64")).stats();
    expect(channels.slice(0, 3).map(({ mean }) => mean)).toEqual([0, 255, 0]);
  });

  it("a head that cannot be read is said, and hides nothing of the letter", async () => {
    const html = await showOffice(
      aDocxOf(wordText("Bonjour"), "", [
        {
          name: "word/header1.xml",
          content: `<w:hdr ${names}><w:p><w:r><w:drawing/></w:r></w:p>${"<w:tbl><w:tr><w:tc>".repeat(150)}${"</w:tc></w:tr></w:tbl>".repeat(150)}</w:hdr>`,
        },
      ]),
      "fr",
    );
    expect(html).toMatch(/^<p>Bonjour<\/p><p class="cut">Une partie de ce document n’est pas montrée\./);
  });
});

import { Document, HeadingLevel, ImageRun, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from "docx";
import sharp from "sharp";
import { describe, expect, it, vi } from "vitest";
import { onlyThese } from "#server/document/showing/only-these.ts";
import { renderOffice } from "#server/document/showing/render-office.ts";
import { showOffice } from "#server/document/showing/show-office.ts";
import { mostRows } from "#server/document/showing/show-sheets.ts";
import { aBook, aDocxOf, wordText as text, zipOf } from "#tests/factories/office.ts";

// A process, or a page of PDF, takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Issue: « PDF, images, Office … viewed in the browser », whatever a stranger put in the file. */

const red = await sharp({ create: { width: 40, height: 20, channels: 3, background: "#c0392b" } })
  .png()
  .toBuffer();
const letter = await Packer.toBuffer(
  new Document({
    sections: [
      {
        children: [
          new Paragraph({ text: "Rapport de consultation", heading: HeadingLevel.HEADING_1 }),
          new Paragraph({ children: [new TextRun("Impression : "), new TextRun({ text: "goutte", bold: true })] }),
          new Paragraph({ text: "Colchicine", bullet: { level: 0 } }),
          new Table({
            rows: [
              new TableRow({ children: ["Acide urique", "482 µmol/L"].map((text) => cell(text)) }),
              new TableRow({ children: ["Créatinine", "< 90 & stable"].map((text) => cell(text)) }),
            ],
          }),
          new Paragraph({
            children: [new ImageRun({ type: "png", data: red, transformation: { width: 40, height: 20 } })],
          }),
        ],
      },
    ],
  }),
);
function cell(text: string) {
  return new TableCell({ children: [new Paragraph(text)] });
}

const picture = (how: string) =>
  `<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="Radio &quot; onerror=&quot;x()"/><a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip ${how}="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
const relation = (type: string, target: string, mode = "") =>
  `<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" ${mode}/>`;

describe("a Word file is shown as it looks", () => {
  it("has its heading, its list, its table, its bold words and its picture", async () => {
    const html = await showOffice(letter, "fr");
    expect(html).toContain("<h1>Rapport de consultation</h1>");
    expect(html).toContain("<p>Impression : <strong>goutte</strong></p>");
    expect(html).toContain("<ul><li>Colchicine</li></ul>");
    expect(html).toMatch(/<td><p>Acide urique<\/p><\/td><td><p>482 µmol\/L<\/p><\/td>/);
    expect(html).toContain("&lt; 90 &amp; stable");
    const src = /<img src="data:image\/png;base64,([^"]+)" alt="">/.exec(html)?.[1] ?? "";
    expect(await sharp(Buffer.from(src, "base64")).metadata()).toMatchObject({ width: 40, height: 20, format: "png" });
  });
});

describe("bad input: nothing in a Word file acts, leads or fetches", () => {
  it.each([
    [
      "a script written as words",
      aDocxOf(text("&lt;script&gt;alert(1)&lt;/script&gt;")),
      "&lt;script&gt;alert(1)&lt;/script&gt;",
    ],
    [
      "a link that is a program",
      aDocxOf(
        `<w:p><w:hyperlink r:id="rId9"><w:r><w:t>Cliquez</w:t></w:r></w:hyperlink></w:p>`,
        relation("hyperlink", "javascript:alert(1)", 'TargetMode="External"'),
      ),
      "<p>Cliquez</p>",
    ],
    [
      "a field that is a link",
      aDocxOf(
        `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK "javascript:alert(1)"</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Ici</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`,
      ),
      "<p>Ici</p>",
    ],
    [
      "a drawing that holds a script",
      aDocxOf(picture("r:embed"), relation("image", "media/a.svg"), [
        { name: "word/media/a.svg", content: '<svg xmlns="http://www.w3.org/2000/svg"><script>x()</script></svg>' },
      ]),
      '<img alt="Radio &quot; onerror=&quot;x()">',
    ],
    [
      "styles that name other elements",
      aDocxOf(text("Bonjour"), "", [{ name: "mammoth/style-map", content: "p => script:fresh" }]),
      "<p>Bonjour</p>",
    ],
  ])("%s", async (_, content, shown) => {
    const html = await showOffice(content, "fr");
    expect(html).toContain(shown);
    expect(html).not.toMatch(/<script|<a[\s>]|javascript:|<svg|href|<[^>]*\son\w+=(?!&quot;)[^>]*>x/i);
  });

  it.each([
    ["a picture that lies elsewhere", "https://exemple.invalid/pixel.png"],
    ["a picture that is a file of this machine", "file:///etc/hostname"],
  ])("%s is not fetched, and the rest is shown", async (_, target) => {
    const page = await renderOffice(
      aDocxOf(text("Avant") + picture("r:link"), relation("image", target, 'TargetMode="External"')),
      "fr",
    );
    expect(page).toContain("<p>Avant</p>");
    expect(page).not.toContain(target);
    expect(page).not.toContain("data:image");
  });

  it("a bomb whose directory lies is not unpacked", async () => {
    const zeros = Buffer.alloc(64 * 1024 * 1024);
    const bomb = aDocxOf(text("x"), "", [{ name: "word/media/a.png", content: zeros, claims: 1000 }]);
    await expect(showOffice(bomb, "fr")).rejects.toThrow();
    expect(await renderOffice(bomb, "fr")).toContain("Téléchargez l’original");
  });

  it("entities that grow are not expanded", async () => {
    const grown = zipOf([
      { name: "[Content_Types].xml", content: "<Types/>" },
      {
        name: "xl/workbook.xml",
        content:
          '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><workbook><sheets><sheet name="&b;"/></sheets></workbook>',
      },
    ]);
    await expect(showOffice(grown, "fr")).rejects.toThrow();
  });

  it("what takes too long ends, and a broken file is a page that says so", async () => {
    expect(await renderOffice(Buffer.from(letter), "en", { limitMs: 1 })).toContain("cannot be shown here");
    expect(await renderOffice(letter.subarray(0, 900), "fr")).toContain("ne peut pas être affiché ici");
  });

  it("what another program wrote is written anew, or refused", () => {
    expect(onlyThese('<p onclick="x()" style="a">a<iframe src="x">b</iframe></p>')).toBe("<p>ab</p>");
    expect(onlyThese('<img src="https://exemple.invalid/a.png" alt="a" />')).toBe('<img alt="a">');
    expect(onlyThese('<img src="data:image/svg+xml;base64,AAAA" />')).toBe('<img alt="">');
    expect(onlyThese('<td colspan="2" rowspan="x">a</td>')).toBe('<td colspan="2">a</td>');
    expect(() => onlyThese("<p>a")).toThrow();
    expect(() => onlyThese("<p>".repeat(500) + "</p>".repeat(500))).toThrow();
  });
});

describe("an Excel file is shown as a table for each sheet", () => {
  const styles =
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="22"/></cellXfs></styleSheet>';
  const rows =
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row><row r="2"><c r="A2" s="1"><v>46084</v></c><c r="B2"><v>7.9000000000000004</v></c><c r="C2" s="3"><v>0.065</v></c></row><row r="3"><c r="A3" s="4"><v>46084.604166666664</v></c><c r="B3" t="b"><v>1</v></c><c r="C3" t="inlineStr"><is><t>&lt;b&gt;</t></is></c></row>';
  const book = aBook(
    [
      { name: "Glycémies & co", rows },
      { name: "Calcul", rows: "", state: "hidden" },
    ],
    {
      shared: ["Date", "HbA1c"],
      styles,
    },
  );

  it("in French", async () => {
    const html = await showOffice(book, "fr");
    expect(html).toContain("<h2>Glycémies &amp; co</h2>");
    expect(html).toContain("<tr><td>Date</td><td></td><td>HbA1c</td></tr>");
    expect(html).toContain(
      '<tr><td class="number">2026-03-03</td><td class="number">7,9</td><td class="number">6,50\u00a0%</td></tr>',
    );
    expect(html).toContain('<td class="number">2026-03-03 14\u00a0h\u00a030</td><td>VRAI</td><td>&lt;b&gt;</td>');
    expect(html).toContain("Calcul <small>(feuille masquée)</small>");
  });

  it("in English", async () => {
    const html = await showOffice(book, "en");
    expect(html).toContain('<td class="number">7.9</td><td class="number">6.50%</td>');
    expect(html).toContain("2026-03-03 14:30</td><td>TRUE</td>");
  });

  it("says which numbers it shows without their format, and which formulas nobody reckoned", async () => {
    const styles =
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[&gt;=1e3]0"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs></styleSheet>';
    const reckoned = '<row><c><f>A1*2</f></c><c><f>A2</f><v></v></c><c t="str"><f>A3</f><v></v></c></row>';
    const bare = '<row><c s="1"><v>5</v></c></row>';
    const html = await showOffice(
      aBook(
        [
          { name: "A", rows: reckoned },
          { name: "B", rows: bare },
        ],
        { styles },
      ),
      "fr",
    );
    const [first = "", second = ""] = html.split("</section>");
    expect(first.match(/<td>\[formule non calculée\]<\/td>/g)).toHaveLength(2);
    expect(first).not.toContain("mise en forme");
    expect(second).toContain('<td class="number">5</td>');
    expect(second).toContain("sans leur mise en forme");
  });

  it("a dose that is struck out does not stand, whole or among other words", async () => {
    const styles =
      '<styleSheet><fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts><cellXfs><xf/><xf fontId="1"/><xf fontId="2"/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>';
    const rows = '<row><c s="1"><v>5</v></c><c s="2"><v>4</v></c><c t="s"><v>0</v></c></row>';
    const rich = "Warfarine </t><r><rPr><strike/></rPr><t>5 mg</t></r><r><t> 2 mg</t></r><t>";
    const html = await showOffice(aBook([{ name: "A", rows }], { styles, shared: [rich] }), "fr");
    expect(html).toContain('<td class="number"><s>5</s></td><td class="number">4</td>');
    expect(html).toContain("<td>Warfarine [biffé : 5 mg] 2 mg</td>");
  });

  it("of a huge sheet, the first rows and columns, with words that say so", async () => {
    const many = Array.from(
      { length: mostRows + 40 },
      (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>${at}</v></c><c r="XFD${at + 1}"><v>1</v></c></row>`,
    );
    const html = await showOffice(aBook([{ name: "Grande", rows: many.join("") }]), "fr");
    expect(html.match(/<tr>/g)).toHaveLength(mostRows);
    expect(html).toContain(`Seules les ${mostRows} premières lignes sont montrées.`);
    expect(html).toContain("premières colonnes sont montrées.");
    const last = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>';
    expect((await showOffice(aBook([{ name: "Trous", rows: last }]), "fr")).match(/<tr>/g)).toHaveLength(4);
  });

  it("a sheet that lies in another archive is not looked for", async () => {
    const html = await showOffice(
      aBook([{ name: "Ailleurs", rows: "", target: "https://exemple.invalid/a.xml" }]),
      "fr",
    );
    expect(html).not.toContain("exemple.invalid");
  });
});

describe("a few bytes that ask for a thousand times as many", () => {
  /** Sheets that are all one part, whose cells are all one text. */
  function oneText(sheets: number, text: string) {
    const rows = `<row>${'<c t="s"><v>0</v></c>'.repeat(60)}</row>`.repeat(mostRows);
    const relation = '<Relationship Id="r0" Target="worksheets/sheet1.xml"/>';
    return zipOf([
      { name: "[Content_Types].xml", content: "<Types/>" },
      {
        name: "xl/workbook.xml",
        content: `<workbook xmlns:r="r"><sheets>${'<sheet name="S" r:id="r0"/>'.repeat(sheets)}</sheets></workbook>`,
      },
      { name: "xl/_rels/workbook.xml.rels", content: `<Relationships>${relation}</Relationships>` },
      { name: "xl/sharedStrings.xml", content: `<sst><si><t>${text}</t></si></sst>` },
      { name: "xl/worksheets/sheet1.xml", content: `<worksheet><sheetData>${rows}</sheetData></worksheet>` },
    ]);
  }

  it("a workbook is shown as far as its page may go, and says so", async () => {
    const bomb = oneText(6, "&lt;".repeat(1_990));
    expect(bomb.length).toBeLessThan(5_000);
    const html = await showOffice(bomb, "fr");
    expect(html.length).toBeLessThan(5_000_000);
    expect(html).toMatch(/Seules les \d premières lignes sont montrées/);
    expect(html).toContain("Seule la première feuille est montrée.");
    expect(await renderOffice(bomb, "en")).toContain("Only the first sheet is shown.");
  });

  it("a long cell is cut, and says so", async () => {
    const html = await showOffice(
      aBook([{ name: "A", rows: `<row><c t="str"><v>${"é".repeat(90_000)}</v></c></row>` }]),
      "fr",
    );
    expect(html).toContain(`>${"é".repeat(2_000)} … [suite dans l’original]</td>`);
    expect(await showOffice(oneText(1, "a".repeat(2_001)), "en")).toContain("a … [continued in the original]</td>");
    expect(await showOffice(oneText(1, "a".repeat(2_000)), "en")).not.toContain("in the original]");
  });

  it("a letter is written as far as its page may go, closed, and says so", async () => {
    const html = await showOffice(aDocxOf(text('"'.repeat(3_000_000)) + text("Fin")), "fr");
    expect(html.length).toBeLessThan(4_001_000);
    expect(html).toMatch(/&quot;<\/p><p class="cut">Seul le début de ce document est montré\./);
    expect(onlyThese(`<ul><li>${"a".repeat(4_000_001)}<p>b</p></li></ul>`, "coupé")).toMatch(
      /a<\/li><\/ul><p class="cut">coupé<\/p>$/,
    );
  });
});

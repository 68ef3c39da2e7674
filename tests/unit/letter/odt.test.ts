import { expect, it } from "vitest";
import { odtToHtml } from "#app/clinic/[clinic]/modeles/odt-to-html.ts";

const names =
  'xmlns:office="o" xmlns:style="s" xmlns:text="t" xmlns:fo="f" xmlns:table="tb" xmlns:draw="d" xmlns:dc="dc"';
const automatic = `<office:automatic-styles>
  <style:style style:name="P1" style:family="paragraph" style:parent-style-name="Gras"/>
  <style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
  <style:style style:name="T2" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
  <style:style style:name="T3" style:family="text"><style:text-properties fo:font-weight="normal"/></style:style>
  <text:list-style style:name="L1"><text:list-level-style-number text:level="1"/></text:list-style>
  <text:list-style style:name="L2"><text:list-level-style-bullet text:level="1"/></text:list-style>
</office:automatic-styles>`;
const styles = `<office:document-styles ${names}><office:styles>
  <style:style style:name="Gras" style:family="paragraph"><style:text-properties fo:font-weight="700"/></style:style>
</office:styles></office:document-styles>`;
const letter = (body: string) =>
  `<?xml version="1.0"?><office:document-content ${names}>${automatic}<office:body><office:text>${body}</office:text></office:body></office:document-content>`;
const read = (body: string) => odtToHtml(letter(body), styles);

it("keeps paragraphs, headings, bold and italic, by the style itself or the one that it is a kind of", () => {
  expect(read('<text:h text:outline-level="1">Demande</text:h>')).toBe("<p><strong>Demande</strong></p>");
  expect(
    read(
      '<text:p>Bonjour <text:span text:style-name="T1">Dre <text:span text:style-name="T2">Lemay</text:span></text:span>,</text:p>',
    ),
  ).toBe("<p>Bonjour <strong>Dre </strong><strong><em>Lemay</em></strong>,</p>");
  expect(read('<text:p text:style-name="P1">Objet <text:span text:style-name="T3">suivi</text:span></text:p>')).toBe(
    "<p><strong>Objet </strong>suivi</p>",
  );
});

it("keeps lists that count and lists that do not, and a list in a list", () => {
  const list = `<text:list text:style-name="L1"><text:list-item><text:p>Un</text:p>
    <text:list text:style-name="L2"><text:list-item><text:p>a</text:p></text:list-item></text:list></text:list-item></text:list>`;
  expect(read(list)).toBe("<ol><li><p>Un</p><ul><li><p>a</p></li></ul></li></ol>");
});

it("keeps spaces, lines, fields and the words of a table; leaves pictures, notes, comments and what was struck out", () => {
  expect(read('<text:p>NAM{{NAM}}<text:s text:c="2"/>&lt;b&gt;<text:line-break/>Fin</text:p>')).toBe(
    "<p>NAM{{NAM}} &lt;b&gt;</p><p>Fin</p>",
  );
  const kept = read(`<text:tracked-changes><text:p>Ancien</text:p></text:tracked-changes>
    <table:table><table:table-cell><text:p>Case</text:p></table:table-cell></table:table>
    <text:p>Texte<text:note><text:note-body><text:p>Renvoi</text:p></text:note-body></text:note><office:annotation><dc:creator>Ana</dc:creator><text:p>À revoir</text:p></office:annotation> <draw:frame><draw:image/></draw:frame>suite</text:p>`);
  expect(kept).toBe("<p>Case</p><p>Texte suite</p>");
});

it("refuses what is no OpenDocument text, and entities of its own", () => {
  expect(() => odtToHtml("<html><p>x</p></html>")).toThrow();
  expect(() => odtToHtml("PK")).toThrow();
  const bomb = `<!DOCTYPE x [<!ENTITY a "aaaa">]>${letter("<text:p>&a;</text:p>").replace('<?xml version="1.0"?>', "")}`;
  expect(() => odtToHtml(bomb)).toThrow();
});

import { PDFArray, PDFDict, PDFDocument, PDFName } from "@cantoo/pdf-lib";
import { expect, it } from "vitest";
import { beginJoin, keepBytes } from "#server/pdf/join-pdf.ts";

/** A page that runs a script when it is opened, starts a program behind a link and a button, and carries a file. */
async function hostile(): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  const { context } = pdf;
  const page = pdf.addPage([612, 792]);
  const script = () => context.obj({ S: "JavaScript", JS: context.obj("app.alert(1)") });
  page.node.set(PDFName.of("AA"), context.obj({ O: script() }));
  const parent = context.register(context.obj({ FT: "Btn", AA: context.obj({ K: script() }) }));
  const marks = [
    { Subtype: "Link", A: context.obj({ S: "Launch", F: "calc.exe" }) },
    { Subtype: "Link", A: context.obj({ S: "URI", URI: "https://ailleurs.example/" }) },
    { Subtype: "Widget", A: script(), AA: context.obj({ E: script() }), Parent: parent },
    { Subtype: "FileAttachment", FS: context.obj({ Type: "Filespec", F: "autre-patient.pdf" }) },
    { Subtype: "Highlight" },
  ].map((one) => context.register(context.obj({ Type: "Annot", Rect: [0, 0, 50, 50], ...one })));
  page.node.set(PDFName.of("Annots"), context.obj(marks));
  return pdf.save({ useObjectStreams: false });
}

it("shows what is on a page that came from elsewhere, and does nothing of what it would do", async () => {
  const kept = keepBytes();
  const joined = await beginJoin("Télécopie", "fr", new Date(0), kept.sink);
  expect(await joined.addPdf(await hostile())).toBe(1);
  await joined.end();
  const made = await PDFDocument.load(kept.bytes());
  const { node } = made.getPage(0);
  expect(node.has(PDFName.of("AA"))).toBe(false);
  const marks = node.lookup(PDFName.of("Annots"), PDFArray);
  const kinds = marks.asArray().map((_, at) => marks.lookup(at, PDFDict).lookup(PDFName.of("Subtype"))?.toString());
  expect(kinds).toEqual(["/Link", "/Link", "/Widget", "/Highlight"]);
  const words = made.context
    .enumerateIndirectObjects()
    .map(([, object]) => object.toString())
    .join("\n");
  for (const said of ["/AA", "JavaScript", "Launch", "calc.exe", "ailleurs.example", "autre-patient"])
    expect(words, said).not.toContain(said);
});

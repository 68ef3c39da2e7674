import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { smallPdf } from "#prisma/seed/small-pdf.ts";
import { checkDocument } from "#server/document/reading/check-document.ts";
import { extractText } from "#server/document/reading/extract-text.ts";
import { aDocx, anOdt, anXlsx, zipOf } from "#tests/factories/office.ts";

const picture = () =>
  sharp({
    create: {
      width: 900,
      height: 700,
      channels: 3,
      background: "#1f6f5c",
      noise: { type: "gaussian", mean: 90, sigma: 60 },
    },
  });
const png = await picture().png().toBuffer();
const jpeg = await picture().jpeg().toBuffer();
const webp = await picture().webp().toBuffer();
const tiff = await picture().tiff().toBuffer();
const pdf = smallPdf([{ lines: ["Rapport d’échographie", "Œdème absent"] }, { lines: ["Page deux"] }]);
const rtf = Buffer.from(
  String.raw`{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Rapport d'\'e9chographie\par Suite \u8217?ici}`,
  "latin1",
);
const docx = aDocx("Réponse de consultation");
const half = (bytes: Buffer) => bytes.subarray(0, Math.floor(bytes.length / 2));

describe("a document is taken for what its bytes say", () => {
  it.each([
    ["PDF", pdf, "application/pdf"],
    ["PNG", png, "image/png"],
    ["JPEG", jpeg, "image/jpeg"],
    ["WebP", webp, "image/webp"],
    ["TIFF", tiff, "image/tiff"],
    ["RTF", rtf, "application/rtf"],
    ["docx", docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    ["xlsx", anXlsx("Glycémie", "7.9"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
    ["odt", anOdt("Lettre"), "application/vnd.oasis.opendocument.text"],
  ])("%s", async (_, content, type) => {
    expect(await checkDocument(content)).toBe(type);
  });
});

describe("bad input: a document is refused, with the reason", () => {
  it.each([
    ["a zip renamed .pdf", zipOf([{ name: "a.txt", content: "bonjour" }]), "document.archive"],
    [
      "an SVG with script",
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      "document.svg",
    ],
    ["an SVG behind its XML head", Buffer.from('<?xml version="1.0"?>\n<svg onload="x()"></svg>'), "document.svg"],
    ["a web page", Buffer.from("<!doctype html><p>Bonjour"), "document.web"],
    ["a web page in front of a PDF", Buffer.concat([Buffer.from("<html>"), pdf]), "document.web"],
    ["a program", Buffer.from("MZ\u0090\u0000\u0003", "latin1"), "document.type"],
    ["plain text", Buffer.from("Bonjour"), "document.type"],
    ["an old Word file", Buffer.from("d0cf11e0a1b11ae1", "hex"), "document.oldOffice"],
    ["a HEIC photo", Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic")]), "document.heic"],
    ["a PDF cut off", half(pdf), "document.cut"],
    ["a PNG cut off", half(png), "document.cut"],
    ["a JPEG cut off", half(jpeg), "document.cut"],
    ["a WebP cut off", half(webp), "document.cut"],
    ["a TIFF cut off", half(tiff), "document.cut"],
    ["an RTF cut off", half(rtf), "document.cut"],
    ["a docx cut off", half(docx), "document.cut"],
    ["a docx with a program", aDocx("x", [{ name: "word/vbaProject.bin", content: "x" }]), "document.macro"],
    ["an RTF with an object", Buffer.from(String.raw`{\rtf1 {\object\objdata 0105}}`), "document.macro"],
    [
      "a bomb that says its size",
      aDocx("x", [{ name: "word/media/a.bin", content: Buffer.alloc(60_000_000) }]),
      "document.bomb",
    ],
    [
      "an archive that calls itself text",
      zipOf([{ name: "mimetype", content: "application/java-archive" }]),
      "document.archive",
    ],
  ])("%s", async (_, content, key) => {
    await expect(checkDocument(content)).rejects.toMatchObject({ code: "Invalid", key });
  });
});

describe("the words of a document", () => {
  it("a PDF, with its accents, page by page", async () => {
    expect(await extractText(pdf, "application/pdf")).toEqual({
      state: "read",
      pages: 2,
      text: "Rapport d’échographie\nŒdème absent\n\nPage deux",
    });
  });

  it.each([
    ["docx", docx, "Réponse de consultation\nDeuxième ligne"],
    ["xlsx", anXlsx("Glycémie", "7.9"), "Glycémie\t7.9"],
    ["odt", anOdt("Lettre d’été"), "Lettre d’été"],
    ["rtf", rtf, "Rapport d'échographie\nSuite ’ici"],
  ])("%s", async (_, content, text) => {
    const { state, text: read } = await extractText(content, await checkDocument(content));
    expect([state, read.replaceAll(/[ \t]+/g, (gap) => (text.includes("\t") ? gap : " "))]).toEqual(["read", text]);
  });

  it("a picture has none, and says how many pages it has", async () => {
    expect(await extractText(tiff, "image/tiff")).toEqual({ state: "no-text", pages: 1, text: "" });
  });

  it("a bomb that lies about its size, or entities that grow, give nothing", async () => {
    const liar = aDocx("x", []);
    const grows = zipOf([
      { name: "[Content_Types].xml", content: "<Types/>" },
      {
        name: "word/document.xml",
        content: '<!DOCTYPE a [<!ENTITY b "bbbb">]><w:document xmlns:w="w"><w:t>&b;</w:t></w:document>',
      },
    ]);
    const lying = zipOf([
      { name: "[Content_Types].xml", content: "<Types/>" },
      { name: "word/document.xml", content: Buffer.alloc(5_000_000, 97), claims: 10 },
    ]);
    const type = await checkDocument(liar);
    await expect(extractText(grows, type)).rejects.toThrow();
    await expect(extractText(lying, type)).rejects.toMatchObject({ key: "document.damaged" });
  });
});

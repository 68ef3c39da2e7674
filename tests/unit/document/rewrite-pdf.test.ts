import { deflateSync } from "node:zlib";
import { PDFDict, PDFDocument, PDFName, PDFStream } from "@cantoo/pdf-lib";
import { describe, expect, it, vi } from "vitest";
import { rewritePdf } from "#server/document/joining/rewrite-pdf.ts";
import { aPdfBomb, aRawPage, aRawPdf, rawStream } from "#tests/factories/raw-pdf.ts";

// A process, or a page of PDF, takes its time on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

/** A stranger's PDF is opened apart before it is joined: what it does to whoever opens it, it does there. */

const sized = "/MediaBox[0 0 612 792]";
const packed = (bytes: Buffer) => deflateSync(bytes, { level: 9 });

describe("a PDF that came from elsewhere", () => {
  it("that unpacks into gigabytes takes nothing of this process, whose other work goes on", async () => {
    const bomb = aPdfBomb();
    expect(bomb.length).toBeLessThan(20_000);
    const before = process.memoryUsage.rss();
    let most = before;
    const look = setInterval(() => {
      most = Math.max(most, process.memoryUsage.rss());
    }, 20);
    expect(await rewritePdf(bomb)).toBeUndefined();
    clearInterval(look);
    expect(most - before).toBeLessThan(200 * 1024 * 1024);
  });

  it("brings no stream that would be unpacked when it is opened the next time", async () => {
    // Not yet read when the stream is: it is kept as one that draws, and would be one that holds objects the second time.
    const drawn = rawStream("/Type 6 0 R/N 1/First 4/Filter/FlateDecode", packed(Buffer.from("9 0 (x)")));
    const twice = await rewritePdf(aRawPage(`${sized}/Resources<</XObject<</A 5 0 R>>>>`, [drawn, "/ObjStm"]));
    const pdf = await PDFDocument.load(twice ?? new Uint8Array(), { updateMetadata: false });
    const streams = pdf.context
      .enumerateIndirectObjects()
      .flatMap(([, one]) => (one instanceof PDFStream ? [one] : []));
    expect(streams.some(({ dict }) => dict.has(PDFName.of("N")))).toBe(true);
    for (const { dict } of streams) expect(dict.get(PDFName.of("Type"))).toBeUndefined();
  });

  it("is given the size of a letter when it has none", async () => {
    const rewritten = await rewritePdf(aRawPage("/MediaBox 9 0 R"));
    const pdf = await PDFDocument.load(rewritten ?? new Uint8Array(), { updateMetadata: false });
    expect(pdf.getPage(0).getSize()).toEqual({ width: 612, height: 792 });
  });

  it.each([
    ["that is no PDF", Buffer.from("%PDF-1.7\nrien\n%%EOF")],
    ["without a page", aRawPdf(["<</Type/Catalog>>"])],
    ["that is locked", locked(aRawPage(sized, ["<</Filter/Standard/V 2/R 3/P -4>>"]))],
  ])("%s is none", async (_, content) => {
    expect(await rewritePdf(content)).toBeUndefined();
  });
  function locked(content: Buffer): Buffer {
    return Buffer.from(content.toString("latin1").replace("/Root 1 0 R", "/Root 1 0 R/Encrypt 5 0 R"), "latin1");
  }

  it("is read without what is too deep to be walked", async () => {
    const deep = `<</X ${"[".repeat(200_000)}${"]".repeat(200_000)}>>`;
    const rewritten = await rewritePdf(aRawPage(sized, [deep]));
    expect((await PDFDocument.load(rewritten ?? new Uint8Array())).getPageCount()).toBe(1);
  });

  it("keeps what is on its page", async () => {
    const font = "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>";
    const rewritten = await rewritePdf(aRawPage(sized + font, [], "BT /F1 12 Tf 50 700 Td (Potassium 4,1) Tj ET"));
    const pdf = await PDFDocument.load(rewritten ?? new Uint8Array(), { updateMetadata: false });
    expect(pdf.getPage(0).node.Resources()?.lookup(PDFName.of("Font"), PDFDict).has(PDFName.of("F1"))).toBe(true);
    expect(rewritten?.toString("latin1")).toContain("(Potassium 4,1) Tj");
  });
});

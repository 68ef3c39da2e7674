import { PDFDocument, PDFName, PDFString } from "@cantoo/pdf-lib";
import { Image, Text, View } from "@react-pdf/renderer";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { Sheets } from "#server/chart-export/sheets/sheet.tsx";
import { ChartPages } from "#server/pdf/chart-page.tsx";
import { beginJoin, keepBytes } from "#server/pdf/join-pdf.ts";
import { renderPdf } from "#server/pdf/render-pdf.ts";
import { columnHead, figure, tag } from "#server/pdf/tag.ts";
import { flat, hear } from "#tests/factories/hear-pdf.ts";

const picture = () => sharp({ create: { width: 40, height: 20, channels: 3, background: "black" } });

const table = (rows: number) => (
  <Sheets language="fr">
    <Text {...tag("H1")}>Mesures</Text>
    <View {...tag("TR")} fixed style={{ flexDirection: "row", borderBottom: "1 solid #000000" }}>
      <Text {...columnHead}>Date</Text>
      <Text {...columnHead}>Valeur</Text>
    </View>
    {Array.from({ length: rows }, (_, at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: written once.
      <View key={at} {...tag("TR")} wrap={false} style={{ flexDirection: "row" }}>
        <Text {...tag("TD")}>{`jour ${at}`}</Text>
        <Text {...tag("TD")}>{`${at} mmol/L`}</Text>
      </View>
    ))}
  </Sheets>
);

const letter = (
  <ChartPages
    title="Lettre"
    language="fr"
    madeAt="2026-11-30T12:00:00Z"
    clinic={{ name: "Clinique des Érables", lines: ["12, rue Saint-Jean"], phone: "418 555-0134" }}
    facts={["30 novembre 2026"]}
    patient={{ name: "Rosalie Gagnon", lines: ["Née le 1980-02-03"] }}
    end={<Image {...figure("Signature")} src={`data:image/png;base64,${await png()}`} style={{ height: 20 }} />}
  >
    <Text>{"Une phrase qui se répète et qui passe la page. ".repeat(160)}</Text>
    <View {...tag("LI")} style={{ flexDirection: "row" }}>
      <Text {...tag("Lbl")}>1.</Text>
      <Text {...tag("LBody")}>Premier point</Text>
    </View>
    <View {...tag("LI")} style={{ flexDirection: "row" }}>
      <Text {...tag("Lbl")}>2.</Text>
      <Text {...tag("LBody")}>Second point</Text>
    </View>
  </ChartPages>
);
async function png(): Promise<string> {
  return (await picture().png().toBuffer()).toString("base64");
}

async function plainPage(text: string): Promise<Uint8Array> {
  const pdf = await PDFDocument.create();
  pdf.addPage([612, 792]).drawText(text, { x: 50, y: 700 });
  return pdf.save();
}

describe("a page is heard as it is seen", () => {
  it("reads a table that goes over the page as one, its headings once", async () => {
    const pages = await hear(await renderPdf(table(80)));
    expect(pages.length).toBeGreaterThan(1);
    const [first, second] = pages;
    expect(first?.heard.map(({ role }) => role)).toEqual(["Document"]);
    expect(first?.heard[0]?.under?.map(({ role }) => role)).toEqual(["H1", "Table"]);
    expect(flat(first?.heard ?? []).filter(({ role }) => role === "TH")).toEqual([
      { role: "TH", text: "Date" },
      { role: "TH", text: "Valeur" },
    ]);
    const cells = pages.flatMap(({ heard }) => flat(heard)).filter(({ role, text }) => role === "TD" && text);
    expect(cells.map(({ text }) => text)).toEqual(
      Array.from({ length: 80 }, (_, at) => [`jour ${at}`, `${at} mmol/L`]).flat(),
    );
    expect(second?.artifacts).toEqual(["DateValeur"]);
    expect(pages.flatMap(({ lost }) => lost)).toEqual([]);
  });

  it("reads title, paragraph over two pages, list and signature; feet and lines are nobody's", async () => {
    const pages = await hear(await renderPdf(letter));
    expect(pages).toHaveLength(2);
    const all = pages.flatMap(({ heard }) => flat(heard));
    expect(all.filter(({ role }) => role === "H1").map(({ text }) => text)).toEqual(["Lettre"]);
    expect(all.filter(({ role }) => role === "LBody").map(({ text }) => text)).toEqual([
      "Premier point",
      "Second point",
    ]);
    expect(all.find(({ role }) => role === "Figure")?.alt).toBe("Signature");
    const said = all
      .filter(({ role, text }) => role === "P" && text?.includes("phrase"))
      .map(({ text }) => text)
      .join(" ");
    // A line may end in the middle of it.
    expect(said.match(/Une\s*phrase/g)).toHaveLength(160);
    for (const { artifacts, lost } of pages) {
      expect(artifacts.join(" ")).toMatch(/Clinique des Érables · Rosalie Gagnon.*Page \d de 2/);
      expect(lost).toEqual([]);
    }
  });

  it("makes the same bytes of the same record, with its tree", async () => {
    const made = await renderPdf(letter);
    expect((await renderPdf(letter)).equals(made)).toBe(true);
    const pdf = await PDFDocument.load(made, { updateMetadata: false });
    expect(String(pdf.catalog.lookup(PDFName.of("MarkInfo")))).toContain("/Marked true");
    expect(String(pdf.catalog.lookup(PDFName.of("Lang")))).toContain("fr-CA");
  });
});

describe("files that are joined", () => {
  async function joinedOf(...parts: readonly (Uint8Array | "picture")[]) {
    const kept = keepBytes();
    const joined = await beginJoin("Dossier", "fr", new Date(0), kept.sink);
    for (const part of parts)
      await (part === "picture"
        ? joined.addPicture(await picture().jpeg().toBuffer(), "Radiographie")
        : joined.addPdf(part));
    return { joined, kept };
  }

  it("keep their trees, in the order of their pages; what has none is read page by page", async () => {
    const { joined, kept } = await joinedOf(await renderPdf(table(2)), await plainPage("Venu d’ailleurs"), "picture");
    await joined.insertPdf(await renderPdf(letter), 0);
    await joined.end({ foot: (page, of) => `${page} de ${of}` });
    const pages = await hear(kept.bytes());
    expect(pages).toHaveLength(5);
    expect(pages.flatMap(({ lost }) => lost)).toEqual([]);
    expect(pages.map(({ artifacts }) => artifacts.at(-1))).toEqual(["1 de 5", "2 de 5", "3 de 5", "4 de 5", "5 de 5"]);
    const roles = pages.map(({ heard }) => flat(heard).map(({ role }) => role));
    expect(roles.map((one) => one.slice(0, 2))).toEqual(pages.map(() => ["Document", "Part"]));
    expect(flat(pages[0]?.heard ?? []).some(({ role, text }) => role === "H1" && text === "Lettre")).toBe(true);
    expect(flat(pages[2]?.heard ?? []).filter(({ role }) => role === "TD")).toHaveLength(4);
    expect(flat(pages[3]?.heard ?? [])).toContainEqual({ role: "P", text: "Venu d’ailleurs" });
    expect(flat(pages[4]?.heard ?? [])).toContainEqual(
      expect.objectContaining({ role: "Figure", alt: "Radiographie" }),
    );
  });

  it("keep their trees when they are joined again", async () => {
    const once = await joinedOf(await renderPdf(table(2)), await plainPage("Venu d’ailleurs"));
    await once.joined.end({ foot: () => "premier pied" });
    const twice = await joinedOf(once.kept.bytes());
    await twice.joined.end();
    const pages = await hear(twice.kept.bytes());
    expect(flat(pages[0]?.heard ?? []).filter(({ role }) => role === "TD")).toHaveLength(4);
    expect(flat(pages[1]?.heard ?? [])).toContainEqual({ role: "P", text: "Venu d’ailleurs" });
    expect(pages.map(({ artifacts }) => artifacts)).toEqual([["premier pied"], ["premier pied"]]);
  });

  it.each([
    ["turns in a circle", (pdf: PDFDocument) => circle(pdf)],
    ["marks a thousand million pieces", (pdf: PDFDocument) => treeOf(pdf, { K: 1_000_000_000 })],
    ["holds lists that hold each other", (pdf: PDFDocument) => lists(pdf)],
    ["is no tree", (pdf: PDFDocument) => pdf.catalog.set(PDFName.of("StructTreeRoot"), pdf.context.obj([1, 2]))],
    ["points to pages that are not there", (pdf: PDFDocument) => treeOf(pdf, { K: 0, Pg: pdf.context.obj({}) })],
  ])("read a page whose tree %s as a page without one", async (_, spoil) => {
    const pdf = await PDFDocument.create();
    pdf.addPage([612, 792]).drawText("Abîmé", { x: 50, y: 700 });
    await pdf.flush();
    spoil(pdf);
    const { joined, kept } = await joinedOf(await pdf.save());
    await joined.end();
    const pages = await hear(kept.bytes());
    expect(flat(pages[0]?.heard ?? [])).toContainEqual({ role: "P", text: "Abîmé" });
  });

  it.each([
    [
      "says a million letters of three thousand pieces",
      (pdf: PDFDocument) => {
        const Alt = pdf.context.register(PDFString.of("a".repeat(1_000_000)));
        return Array.from({ length: 3_000 }, () => pdf.context.obj({ S: "P", Alt, K: [0], Pg: pdf.getPage(0).ref }));
      },
    ],
    [
      "has five thousand attributes on two thousand pieces",
      (pdf: PDFDocument) => {
        const A = pdf.context.register(
          pdf.context.obj(Array.from({ length: 5_000 }, () => pdf.context.obj({ O: "Table", ColSpan: 2 }))),
        );
        return Array.from({ length: 2_000 }, () => pdf.context.obj({ S: "P", A, K: [0], Pg: pdf.getPage(0).ref }));
      },
    ],
    [
      "numbers the only piece of each page a hundred thousand",
      (pdf: PDFDocument) => pdf.getPages().map((page) => pdf.context.obj({ Type: "MCR", Pg: page.ref, MCID: 100_000 })),
    ],
  ])("grow by no tree that %s", async (_, kidsOf) => {
    const pdf = await PDFDocument.create();
    for (let page = 0; page < 40; page += 1) pdf.addPage([612, 792]).drawText("Page", { x: 50, y: 700 });
    await pdf.flush();
    const K = kidsOf(pdf).map((one) => pdf.context.register(one));
    treeOf(pdf, { K });
    const { joined, kept } = await joinedOf(await pdf.save());
    await joined.end();
    expect(kept.bytes().length).toBeLessThan(1_000_000);
  });

  it("say nothing of pages that are not there", async () => {
    const pdf = await PDFDocument.create();
    pdf.addPage([612, 792]).drawText("Restée", { x: 50, y: 700 });
    await pdf.flush();
    treeOf(pdf, { K: [], ActualText: PDFString.of("de la page retiree") });
    const { joined, kept } = await joinedOf(await pdf.save());
    await joined.end();
    expect(kept.bytes().toString("latin1")).not.toContain("retiree");
  });

  function treeOf(pdf: PDFDocument, element: object): void {
    const page = pdf.getPage(0).ref;
    const one = pdf.context.register(pdf.context.obj({ S: "P", Pg: page, ...element }));
    pdf.catalog.set(PDFName.of("StructTreeRoot"), pdf.context.obj({ Type: "StructTreeRoot", K: [one] }));
  }
  function lists(pdf: PDFDocument): void {
    let inner = pdf.context.register(pdf.context.obj([]));
    for (let depth = 0; depth < 40; depth += 1) inner = pdf.context.register(pdf.context.obj([inner, inner]));
    treeOf(pdf, { K: inner });
  }
  function circle(pdf: PDFDocument): void {
    const [a, b] = [pdf.context.nextRef(), pdf.context.nextRef()];
    pdf.context.assign(a, pdf.context.obj({ S: "Sect", K: [b] }));
    pdf.context.assign(b, pdf.context.obj({ S: "Sect", K: [a] }));
    pdf.catalog.set(PDFName.of("StructTreeRoot"), pdf.context.obj({ Type: "StructTreeRoot", K: [a] }));
  }
});

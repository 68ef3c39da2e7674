import { describe, expect, it, vi } from "vitest";
import { DocumentSheets } from "#server/chart-export/sheets/documents.tsx";
import { CoverSheet } from "#server/communication/fax/cover-sheet.tsx";
import { extractText } from "#server/document/reading/extract-text.ts";
import { renderPdf } from "#server/pdf/render-pdf.ts";

// A process, or a page of PDF, takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** A picture file that ends before its last page goes out as far as it can be read, and never as a whole. */

const wordsOf = async (pdf: Uint8Array) =>
  (await extractText(pdf, "application/pdf")).text.replaceAll(/\s+/g, " ").replaceAll("'", "’");

describe("a document of which a part cannot be read", () => {
  const cover = (cut: number) =>
    renderPdf(
      CoverSheet({
        language: "fr",
        clinic: { name: "Clinique", lines: [], phone: "", fax: "" },
        to: { name: "Pharmacie", fax: "" },
        from: "Dre Roy",
        at: "2026-11-30",
        pages: 3,
        without: 0,
        cut,
      }),
    );

  it("is said on the cover sheet of a fax", async () => {
    expect(await wordsOf(await cover(1))).toContain(
      "Un document est incomplet : la suite de son fichier est illisible.",
    );
    expect(await wordsOf(await cover(2))).toContain("2 documents sont incomplets");
    expect(await wordsOf(await cover(0))).not.toContain("incomplet");
  });

  it("is said in the list of a whole chart, with the page where it begins", async () => {
    const one = { id: "a", title: "Télécopie", datedOn: "2026-11-03", sourceAuthor: "", replaced: false, page: 7 };
    const sheets = (why: "cut" | "form") => renderPdf(DocumentSheets({ language: "fr", documents: [{ ...one, why }] }));
    const words = await wordsOf(await sheets("cut"));
    expect(words).toContain("joint en partie : la suite du fichier est illisible");
    expect(words).toContain("p. 7");
    expect(await wordsOf(await sheets("form"))).not.toContain("en partie");
  });
});

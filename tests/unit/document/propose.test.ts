import { expect, it } from "vitest";
import { propose } from "#server/document/reading/propose.ts";
import { snippetOf } from "#server/document/snippet.ts";

const text = `ÉCHOGRAPHIE ABDOMINALE
Patient : Ginette Bouchard, né(e) le 14 mars 1958
NAM : BOUG 5853 1417
Date de l’examen : 3 novembre 2026
Foie de dimension normale.
Radiologiste : Dr Marc-André Thibodeau
Transcrit le 5 novembre 2026`;

it("a report says what it is, when it was made, by whom and of whom", () => {
  expect(propose("SCAN_0012.pdf", text, "2026-11-30", "application/pdf")).toEqual({
    type: "imaging",
    on: "2026-11-03",
    author: "Dr Marc-André Thibodeau",
    title: "Échographie abdominale",
    nams: ["BOUG58531417"],
    birthDates: ["1958-03-14", "2026-11-03", "2026-11-05"],
  });
});

it("a scan without words is told by its file's name", () => {
  expect(propose("Tremblay_Jean_ECG_2026-10-02.jpg", "", "2026-11-30", "image/jpeg")).toMatchObject({
    type: "functional",
    on: "2026-10-02",
    title: "Tremblay Jean ECG",
  });
  expect(propose("IMG_4411.jpg", "", "2026-11-30", "image/jpeg")).toMatchObject({ type: "photo", on: null, title: "" });
});

it("nothing is dated in the future, or on a day that does not exist", () => {
  expect(
    propose("a.pdf", "Rendez-vous le 2027-01-05, reçu le 31/02/2026", "2026-11-30", "application/pdf").on,
  ).toBeNull();
});

it("shows where a word stands, accents aside, and only where a word begins", () => {
  expect(snippetOf("Une microéchographie", ["echo"])).toBeNull();
  expect(snippetOf("Le foie est normal. L’échographie le montre.", ["echo"])).toEqual({
    before: "Le foie est normal. L’",
    match: "écho",
    after: "graphie le montre.",
  });
});

it("a day that the text says is the document’s goes before the one that a fax put in the file’s name", () => {
  const told = (text: string) => propose("FAX-2026-11-02.pdf", text, "2026-11-30", "application/pdf").on;
  expect(told("Date du rapport : 2026-11-16")).toBe("2026-11-16");
  expect(told("Rendez-vous du 2026-11-16")).toBe("2026-11-02");
});

it("a sheet is called as its file, not as its heads of columns", () => {
  const sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  const heads = "Date\tAnalyse de laboratoire\tRésultat";
  expect(propose("Suivi HbA1c.xlsx", heads, "2026-11-30", sheet).title).toBe("Suivi HbA1c");
});

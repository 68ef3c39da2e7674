import { describe, expect, test } from "vitest";
import { proposeDateOrder } from "#server/patient-import/propose-date-order.ts";
import { readLine } from "#server/patient-import/read-line.ts";
import { readTable } from "#server/patient-import/read-table.ts";

const born = (date: string, order: "day" | "month") => {
  const { input, errors } = readLine(
    ["Roy", "Luc", date],
    { familyName: 0, givenName: 1, birthDate: 2 },
    "2026-12-01",
    order,
  );
  return input?.birthDate ?? errors.birthDate;
};

describe("the order of the days is of the whole column", () => {
  test.each([
    [["05/06/1980", "5/31/1980"], "month"],
    [["05/06/1980", "31/5/1980"], "day"],
    [["05/06/1980", "1980-05-31"], "day"],
    [["31/5/1980", "5/31/1980"], "day"],
    [[], "day"],
  ] as const)("%j", (dates, order) => {
    expect(proposeDateOrder(dates)).toBe(order);
  });

  test("no date of a file is read in another order than the others: it is an error beside its cell", () => {
    expect(born("05/06/1980", "day")).toBe("1980-06-05");
    expect(born("05/06/1980 00:00", "month")).toBe("1980-05-06");
    expect(born("5/31/1980", "month")).toBe("1980-05-31");
    expect(born("5/31/1980", "day")).toBe("import.dateOrder");
    expect(born("31/5/1980", "month")).toBe("import.dateOrder");
    expect(born("31/31/1980", "day")).toBe("patient.date");
    expect(born("1980-05-31", "month")).toBe("1980-05-31");
  });
});

describe("stray quotation marks", () => {
  const read = (text: string) => readTable(Buffer.from(text)).lines.map(([name, , , city]) => [name, city]);

  test.each(["Lévis", '"Lévis; rive-sud"'])("swallow nobody: %s", (between) => {
    const text = `Nom;Prénom;Naissance;Ville
Tremblay;Jean;1980-01-02;Québec
Gagnon;Marie;1981-01-02;"Saint-Jean
Roy;Luc;1982-01-02;${between}
Côté;Anne;1983-01-02;"Québec
Bouchard;Paul;1984-01-02;Lévis
`;
    expect(read(text).map(([name]) => name)).toEqual(["Tremblay", "Gagnon", "Roy", "Côté", "Bouchard"]);
  });

  test("and a cell of two lines stays one", () => {
    const text =
      'Nom;Prénom;Naissance;Adresse\nRoy;Luc;1982-01-02;"12, rue A\nappartement 3"\nCôté;Anne;1983-01-02;Lévis\n';
    expect(read(text)).toEqual([
      ["Roy", "12, rue A\nappartement 3"],
      ["Côté", "Lévis"],
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { withCarried } from "#server/note/with-carried.ts";

const from = (id: string, on: string) => ({ kind: "note" as const, id, on });
const opening = (on: string) => `[${on}: `;

describe("what paper says of a text carried from another note", () => {
  it("stands between one pair of brackets, over its lines, and not what stands around it", () => {
    const source = from("a", "2026-10-05");
    const text = [
      { runs: ["Revu. ", { text: "Genou stable,", source }] },
      { list: "bullet" as const, runs: [{ text: "sans épanchement.", bold: true as const, source }, " Mieux."] },
    ];
    expect(withCarried(text, opening)).toEqual([
      { runs: ["Revu. ", "[2026-10-05: ", { text: "Genou stable,", source }] },
      { list: "bullet", runs: [{ text: "sans épanchement.", bold: true, source }, "]", " Mieux."] },
    ]);
  });

  it("is told apart by note; what the chart brought is not of a note", () => {
    const [one, two] = [from("a", "2026-10-05"), from("b", "2026-11-02")];
    const variable = { text: "128/76", source: { kind: "variable" as const, name: "ta" } };
    const text = [{ runs: [{ text: "A", source: one }, { text: "B", source: two }, variable] }];
    expect(withCarried(text, opening)[0]?.runs).toEqual([
      "[2026-10-05: ",
      { text: "A", source: one },
      "]",
      "[2026-11-02: ",
      { text: "B", source: two },
      "]",
      variable,
    ]);
  });
});

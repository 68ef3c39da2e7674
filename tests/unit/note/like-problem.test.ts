import { describe, expect, it } from "vitest";
import { withWords } from "#app/clinic/[clinic]/patients/[patient]/_note/like-problem.ts";

const problems = [
  { id: "a", label: "HTA essentielle" },
  { id: "b", label: "Diabète de type 2" },
];
const blank = { text: "", code: "", system: "" as const };
const typed = (text: string, before = {}) => withWords({ ...blank, ...before }, text, problems);

describe("a diagnosis and the problem that it is of", () => {
  it("is the problem whose words it says, whatever the accents", () => {
    expect(typed("hta ESSENTIELLE")).toEqual({ ...blank, text: "hta ESSENTIELLE", conditionId: "a" });
    expect(typed("diabete de type 2").conditionId).toBe("b");
    expect(typed("HTA").conditionId).toBeUndefined();
  });

  it("stays of it while its words are said, and no longer", () => {
    expect(typed("HTA essentielle, mal maîtrisée", { conditionId: "a" }).conditionId).toBe("a");
    expect(typed("Bronchite", { conditionId: "a" })).toEqual({ ...blank, text: "Bronchite" });
    expect(typed("Diabète de type 2", { conditionId: "a" }).conditionId).toBe("b");
    expect(typed("", { conditionId: "a" }).conditionId).toBeUndefined();
  });

  it("keeps the code", () => {
    expect(typed("HTA essentielle", { code: "401.9", system: "icd-9" })).toMatchObject({
      code: "401.9",
      system: "icd-9",
    });
  });
});

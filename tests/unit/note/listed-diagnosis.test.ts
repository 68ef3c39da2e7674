import { describe, expect, it } from "vitest";
import { codingOf, withListed } from "#app/clinic/[clinic]/patients/[patient]/_note/listed-diagnosis.ts";

const asthma = { label: "Asthme", code: "J45.9", system: "CIM-10-CA", codeVersion: "2022" };
const free = { text: "Asthme", code: "", system: "" };

describe("a diagnosis that was chosen from a list", () => {
  it("has the list's code, under the list's own name and version", () => {
    expect(withListed(free, { chosen: asthma, before: undefined })).toEqual({
      text: "Asthme",
      code: "J45.9",
      system: "CIM-10-CA",
      codeVersion: "2022",
    });
  });

  it("keeps it while the list's words are said, and no longer", () => {
    const line = { ...free, ...asthma, text: "Asthme, mal maîtrisé" };
    expect(withListed(line, { chosen: undefined, before: asthma })).toBe(line);
    expect(withListed({ ...line, text: "Bronchite" }, { chosen: undefined, before: asthma })).toMatchObject({
      text: "Bronchite",
      code: "",
      system: "",
    });
  });

  it("does not touch a code that somebody wrote", () => {
    const line = { text: "Bronchite", code: "466.0", system: "icd-9" };
    expect(withListed(line, { chosen: undefined, before: asthma })).toBe(line);
  });

  it("has no code from the plain words that are shipped", () => {
    expect(codingOf({ system: "chevet", code: "asthma", version: "1" }).code).toBe("");
  });
});

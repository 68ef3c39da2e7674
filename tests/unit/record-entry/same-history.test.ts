import { expect, test } from "vitest";
import { sameHistory } from "#server/record-entry/same-history.ts";

const line = (label: string, occurred = "", relation = "", kind = relation ? "family" : "personal") => ({
  kind,
  relation,
  label,
  occurred,
});

test.each([
  [line("Infarctus 52 ans", "", "father"), line("infarctus à 52 ans", "", "father"), false],
  [line("Infarctus 52 ans", "", "father"), line("Infarctus", "", "father"), false],
  [line("Infarctus 52 ans", "", "father"), line("Infarctus 60 ans", "", "father"), true],
  [{ ...line("Infarctus", "", "father"), atAge: 52 }, line("Infarctus 52 ans", "", "father"), false],
  [{ ...line("Infarctus", "", "father"), atAge: 52 }, { ...line("Infarctus", "", "father"), atAge: 60 }, true],
  [{ ...line("Infarctus", "", "father"), atAge: 52 }, line("Infarctus", "", "father"), false],
  [line("Appendicectomie", "1990"), line("appendicectomie"), false],
  [line("Appendicectomie", "1990"), line("Appendicectomie", "1990-05"), false],
  [line("Appendicectomie", "1990"), line("Appendicectomie", "1992"), true],
])("%o is there when %o comes; at another time: %s", (known, one, isOtherTime) => {
  expect(sameHistory([known], one)).toEqual({ entry: known, isOtherTime });
});

test("another relative's illness and another illness are not there", () => {
  expect(sameHistory([line("Asthme", "", "mother")], line("Asthme", "", "father"))).toBeUndefined();
  expect(sameHistory([line("Asthme", "", "mother")], line("Asthme"))).toBeUndefined();
  expect(sameHistory([line("Asthme", "", "mother")], line("Eczéma", "", "mother"))).toBeUndefined();
});

test("of several, the one of that year is meant", () => {
  const [first, second] = [line("Fracture du poignet", "1990"), line("Fracture du poignet", "2003")];
  expect(sameHistory([first, second], line("fracture du poignet", "2003"))).toEqual({
    entry: second,
    isOtherTime: false,
  });
});

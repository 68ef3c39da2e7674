import { expect, it } from "vitest";
import { callsIn } from "../../../app/clinic/[clinic]/patients/[patient]/_note/calls-in.ts";

const phrases = [{ code: "ta" }, { code: "poids" }, { code: "exam" }];

it("a known phrase that stands as it was typed is found wherever a word begins, and the rest is text", () => {
  expect(callsIn("TA : .ta\n.Poids, (.exam) «.ta» .ta .ta.", phrases)).toEqual([
    ".ta",
    ".Poids",
    ".exam",
    ".ta",
    ".ta",
    ".ta",
  ]);
  expect(callsIn(".5 mg, .tas, fin.ta, .examen, etc. ta . ta", phrases)).toEqual([]);
  expect(callsIn(".ta", [])).toEqual([]);
});

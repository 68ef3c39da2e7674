import { expect, test } from "vitest";
import { amlodipine } from "#tests/factories/prescriber.ts";
import { changed } from "../../../app/clinic/[clinic]/patients/[patient]/medicaments/items.ts";

test("the quantity follows what is written, until somebody writes another", () => {
  const item = amlodipine();
  expect(changed(item, { durationDays: 30 }).quantity).toBe("30");
  expect(changed(item, { frequency: "2-day" }).quantity).toBe("180");
  const own = changed(item, { quantity: "100" });
  expect(changed(own, { durationDays: 30 }).quantity).toBe("100");
});

test("another strength is another product: it loses its DIN and says what it replaces; typed back, it is the same again", () => {
  const listed = amlodipine({ strength: "5 mg", din: "99110010" });
  const other = changed(listed, { strength: "10 mg" }, listed);
  expect(other).toMatchObject({ din: "", replaces: "5 mg", ingredientCodes: "11" });
  expect(changed(other, { strength: "5 mg" }, listed)).toMatchObject({ din: "99110010", replaces: "" });
});

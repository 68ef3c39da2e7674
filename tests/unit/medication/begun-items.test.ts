import { expect, it } from "vitest";
import type { PrescriptionLine } from "#server/medication/record.ts";
import { begunItems } from "../../../app/clinic/[clinic]/patients/[patient]/medicaments/begun-items.ts";

const line = (mine: boolean, items: number) => ({ mine, items: Array(items).fill({}) }) as unknown as PrescriptionLine;

it("what was begun is the reader’s own prescription, not what others prepare nor what is signed", () => {
  expect(begunItems(undefined)).toBe(0);
  expect(begunItems({ prescriptions: [line(false, 3)] })).toBe(0);
  expect(begunItems({ prescriptions: [line(false, 3), line(true, 2)] })).toBe(2);
});

import { v7 } from "uuid";
import type { DrugView } from "#server/drug/search-drugs.ts";
import { countQuantity } from "#server/medication/posology.ts";
import type { MedicationView } from "#server/medication/record.ts";
import { type PosologyCard, posologyFields } from "#server/medication/schema.ts";
import type { PrescriptionItem } from "#server/medication-request/schema.ts";

const names = Object.keys(posologyFields) as (keyof PosologyCard)[];

/** The drug and how it is taken, alone: without what a list, a favourite or a prescription adds to it. */
export function cardOf(from: PosologyCard): PosologyCard {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as PosologyCard;
}

/** A line of the list, prescribed again as it was. */
export const renewed = (medication: MedicationView): PrescriptionItem => ({
  ...cardOf(medication),
  medicationId: medication.id,
  replaces: "",
});

/** A favourite, for this patient. */
export const fromFavourite = (favourite: PosologyCard): PrescriptionItem => ({
  ...cardOf(favourite),
  medicationId: v7(),
  replaces: "",
});

const blank: PosologyCard = {
  din: "",
  ingredientCodes: "",
  dataVersion: "",
  label: "",
  strength: "",
  form: "",
  route: "",
  dose: "",
  doseHigh: "",
  doseUnit: "",
  frequency: "",
  asNeeded: false,
  instructions: "",
  durationDays: null,
  quantity: "",
  repeats: null,
  noSubstitution: "",
  note: "",
};

/** A product, or words of one's own; how it is taken is for the prescriber to write. */
export const fromDrug = (drug: DrugView | string): PrescriptionItem => ({
  ...blank,
  medicationId: v7(),
  replaces: "",
  ...(typeof drug === "string"
    ? { label: drug }
    : {
        din: drug.din,
        ingredientCodes: drug.ingredientCodes,
        dataVersion: drug.version,
        label: (drug.ingredients || drug.brand).slice(0, 200),
        strength: drug.strength.slice(0, 120),
        form: drug.form.slice(0, 80),
        route: drug.route.slice(0, 80),
      }),
});

/** A change to a line: the quantity follows as long as nobody wrote another; another strength is no longer that DIN, and says what it replaces. */
export function changed(
  before: PrescriptionItem,
  edit: Partial<PrescriptionItem>,
  listed?: PosologyCard,
): PrescriptionItem {
  const after = { ...before, ...edit };
  const wasCounted = before.quantity === "" || before.quantity === countQuantity(before);
  if (wasCounted && edit.quantity === undefined) after.quantity = countQuantity(after) ?? before.quantity;
  if (edit.strength !== undefined && edit.strength !== before.strength) after.din = "";
  if (listed) {
    const isOther = listed.strength !== after.strength;
    after.replaces = isOther ? listed.strength : "";
    if (!isOther) after.din = listed.din;
  }
  return after;
}

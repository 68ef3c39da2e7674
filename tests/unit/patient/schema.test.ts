import { describe, expect, it } from "vitest";
import errorsEn from "#app/_i18n/en/errors.json" with { type: "json" };
import errorsFr from "#app/_i18n/fr/errors.json" with { type: "json" };
import { patientInput } from "#prisma/seed/fictional-patient.ts";
import { normaliseContact } from "#server/patient/normalise-contact.ts";
import { contactInput, registerPatientInput, updatePatientInput } from "#server/patient/schema.ts";

const person = { familyName: "Roy", givenName: "Ève" };

function refusal(input: object): Record<string, string> {
  const parsed = registerPatientInput.safeParse(input);
  return Object.fromEntries(parsed.error?.issues.map(({ path, message }) => [path.join("."), message]) ?? []);
}

describe("names of every kind", () => {
  it.each([
    "Tremblay",
    "O'Connor",
    "L’Écuyer",
    "De la Chevrotière",
    "Bouchard-Tremblay",
    "García Márquez",
    "李",
    "محمد",
    "עברית",
    "Zoë 😀",
    "é".repeat(200),
    "𠮷".repeat(200),
  ])("takes %s", (familyName) => {
    expect(registerPatientInput.parse({ ...person, familyName }).familyName).toBe(familyName.normalize("NFC"));
  });

  it("composes, trims and keeps single spaces", () => {
    const { familyName } = registerPatientInput.parse({ ...person, familyName: "  E\u0301mond\u00a0 Roy " });
    expect(familyName).toBe("Émond Roy");
  });

  it.each([
    ["Roy\u0000", "Roy"],
    ["\u202eyoR", "yoR"],
    ["Roy\ud83d", "Roy"],
    ["Roy\nGagnon", "Roy Gagnon"],
  ])("takes out of %j what disguises it", (familyName, kept) =>
    expect(registerPatientInput.parse({ ...person, familyName }).familyName).toBe(kept),
  );

  it.each([
    ["", "required"],
    ["   ", "required"],
    ["é".repeat(201), "tooLong"],
    ["-.-", "patient.nameLetters"],
  ])("refuses %j beside the field", (familyName, key) =>
    expect(refusal({ ...person, familyName })).toEqual({ familyName: key }),
  );
});

describe("dates", () => {
  it.each(["2026-02-30", "2026-13-01", "02/03/1985", "1985-3-2", "0000-00-00", "x"])("refuses %s", (birthDate) =>
    expect(refusal({ ...person, birthDate })).toEqual({ birthDate: "patient.date" }),
  );
  it("refuses a year before anybody alive was born", () => {
    expect(refusal({ ...person, birthDate: "1849-12-31" })).toEqual({ birthDate: "patient.dateTooOld" });
  });
});

it("refuses a change of nothing", () => {
  const empty = updatePatientInput.safeParse({ id: "01890000-0000-7000-8000-000000000000", version: 1, changes: {} });
  expect(empty.error?.issues[0]?.message).toBe("patient.nothing");
});

describe("contacts", () => {
  const read = (contact: object) => normaliseContact(contactInput.parse(contact));
  it.each([
    ["418 555-0142", "+14185550142", "+14185550142"],
    ["(418) 5550142", "+14185550142", "+14185550142"],
    ["+1-418-555-0142", "+14185550142", "+14185550142"],
    ["418-555-0142 poste 5", "+14185550142;ext=5", "+14185550142"],
    ["+33 1 42 68 53 00", "+33142685300", "+33142685300"],
  ])("reads the phone %s", (text, value, normalised) => {
    expect(read({ system: "phone", value: text })).toMatchObject({ value, normalised });
  });
  it.each(["555-0142", "12", "418 555-01423333333"])("refuses the phone %s", (value) => {
    expect(() => read({ system: "phone", value })).toThrow(
      expect.objectContaining({ fields: { "contact.value": "phone" } }),
    );
  });
  it("compares e-mail in lower case", () => {
    expect(read({ system: "email", value: "Eve.Roy@Exemple.ca" })).toMatchObject({ normalised: "eve.roy@exemple.ca" });
  });
  it("writes postal codes one way, and leaves foreign ones alone", () => {
    const address = { system: "address", value: "12, rue Saint-Jean", city: "Québec" };
    expect(read({ ...address, postalCode: "g1r2b5" }).postalCode).toBe("G1R 2B5");
    expect(read({ ...address, postalCode: "75004", country: "FR" }).postalCode).toBe("75004");
    for (const postalCode of ["G1R", "D1R 2B5", "G1O 2B5", "1G1 B2B"]) {
      expect(() => read({ ...address, postalCode })).toThrow("invalid");
    }
  });
});

it("says every refusal in both languages", () => {
  const keys = Object.keys(errorsFr.patient);
  expect(Object.keys(errorsEn.patient)).toEqual(keys);
  expect(keys.length).toBeGreaterThan(15);
});

it("takes what the factory makes", () => {
  for (let count = 0; count < 50; count += 1) expect(registerPatientInput.safeParse(patientInput()).success).toBe(true);
});

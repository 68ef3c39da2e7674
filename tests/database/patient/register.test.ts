import { describe, expect, it } from "vitest";
import { makePatient, patientInput } from "#prisma/seed/fictional-patient.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { findDuplicates } from "#server/patient/find-duplicates.ts";
import { findPatients } from "#server/patient/find-patients.ts";
import { markEnteredInError } from "#server/patient/mark-entered-in-error.ts";
import { readPatient } from "#server/patient/read-patient.ts";
import { registerPatient } from "#server/patient/register-patient.ts";
import { revealNam } from "#server/patient/reveal-nam.ts";
import { findDuplicatesInput } from "#server/patient/schema.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";

const jane = { familyName: "Doe", givenName: "Jane", birthDate: "1990-01-01", sex: "male" as const };
const noCard = { nam: { value: null, expiry: null, status: "absent" as const, overrideReason: "" } };
const card = (value: string, more = {}) => ({ value, expiry: "2031-05", status: "valid" as const, ...more });

const events = (ctx: ClinicContext) =>
  withStaff(ctx, (db) =>
    db.auditEvent.findMany({ where: { clinicId: ctx.clinic.id }, orderBy: { id: "asc" }, select: { event: true } }),
  ).then((rows) => rows.map(({ event }) => event));

describe("registering a patient", () => {
  it("opens a record with its contacts and related persons, numbered and journaled", async () => {
    const { owner } = await makeClinic();
    const patient = await registerPatient(owner.ctx, {
      ...patientInput({
        ...jane,
        familyName: "L'Écuyer",
        relatedPersons: [
          { relationship: "mother", familyName: "Roy", givenName: "Ève", phone: "4185550101", mayAct: true },
        ],
      }),
      contacts: [
        { system: "phone", use: "mobile", value: "(418) 555-0142", rank: 1 },
        {
          system: "address",
          use: "home",
          rank: 2,
          value: "12, rue Saint-Jean",
          city: "Québec",
          province: "Québec",
          postalCode: "g1r2b5",
          country: "CA",
        },
      ],
    });
    expect(patient).toMatchObject({
      fileNumber: "1001",
      displayName: "Jane L'Écuyer",
      birthDate: "1990-01-01",
      namMasked: null,
      namStatus: "absent",
      status: "active",
      version: 1,
      contacts: [{ value: "+14185550142" }, { postalCode: "G1R 2B5" }],
      relatedPersons: [{ relationship: "mother", phone: "+14185550101", mayAct: true }],
    });
    expect((await makePatient(owner.ctx)).fileNumber).toBe("1002");
    expect(await events(owner.ctx)).toEqual(["patient.registered", "patient.registered"]);
  });

  it("keeps names of every script, to the last sign", async () => {
    const { owner } = await makeClinic();
    for (const familyName of ["李", "محمد", "O'Connor", "Zoë 😀", "𠮷".repeat(200), "Da Silva Sauvé"]) {
      const { id } = await makePatient(owner.ctx, { familyName, givenName: "שרה" });
      expect((await readPatient(owner.ctx, { id })).familyName).toBe(familyName);
    }
  });

  it("registers once what is sent twice, at the same moment too", async () => {
    const { owner } = await makeClinic();
    const input = patientInput({ id: newId() });
    const answers = await Promise.all([1, 2, 3].map(() => registerPatient(owner.ctx, input)));
    expect(new Set(answers.map(({ fileNumber }) => fileNumber)).size).toBe(1);
    expect((await registerPatient(owner.ctx, input)).id).toBe(input.id);
    const count = await withStaff(owner.ctx, (db) => db.patient.count({ where: { clinicId: owner.ctx.clinic.id } }));
    expect(count).toBe(1);
  });

  it("gives nobody the record that somebody else registered under that id", async () => {
    const clinic = await makeClinic();
    const input = patientInput({ id: newId() });
    await registerPatient(clinic.owner.ctx, input);
    const other = await makeMember(clinic, "assistant");
    await expect(registerPatient(other.ctx, input)).rejects.toMatchObject({ code: "Conflict", key: "alreadyExists" });
  });

  it("lets two clinics have a patient of the same id, each its own", async () => {
    const [one, two] = [await makeClinic(), await makeClinic()];
    const id = newId();
    await makePatient(one.owner.ctx, { id, familyName: "Une", givenName: "Ève" });
    await makePatient(two.owner.ctx, { id, familyName: "Deux", givenName: "Ève" });
    expect((await readPatient(one.owner.ctx, { id })).familyName).toBe("Une");
    expect((await readPatient(two.owner.ctx, { id })).familyName).toBe("Deux");
  });

  it("numbers files apart under haste, and skips a number that came from elsewhere", async () => {
    const { owner } = await makeClinic();
    const first = await makePatient(owner.ctx);
    await withStaff(owner.ctx, (db) =>
      db.patient.updateMany({
        where: { clinicId: owner.ctx.clinic.id, id: first.id, version: 1 },
        data: { fileNumber: "1003", version: { increment: 1 } },
      }),
    );
    const made = await Promise.all(Array.from({ length: 6 }, () => makePatient(owner.ctx)));
    expect(made.map(({ fileNumber }) => fileNumber).sort()).toEqual(["1002", "1004", "1005", "1006", "1007", "1008"]);
  });

  it.each([
    [{ birthDate: "2190-01-01" }, { birthDate: "patient.dateInFuture" }],
    [{ birthDate: "1990-01-01", deceasedOn: "1989-12-31" }, { deceasedOn: "patient.deathBeforeBirth" }],
    [{ contacts: [{ system: "phone" as const, value: "123" }] }, { "contacts.0.value": "phone" }],
    [{ nam: card("DOEJ9001011") }, { "nam.value": "patient.namFormat" }],
    [{ nam: card("DOEJ90130116") }, { "nam.value": "patient.namDate" }],
    [{ nam: { ...card(""), value: null } }, { "nam.value": "patient.namRequired" }],
    [{ nam: card("DOEJ90010116", { status: "absent" }) }, { "nam.status": "patient.namStatus" }],
  ])("refuses %j beside its field, and writes nothing", async (overrides, fields) => {
    const { owner } = await makeClinic();
    await expect(makePatient(owner.ctx, { ...jane, ...overrides })).rejects.toMatchObject({ code: "Invalid", fields });
    expect(await events(owner.ctx)).toEqual([]);
  });

  it("is for those who may write", async () => {
    const clinic = await makeClinic();
    const billing = await makeMember(clinic, "billing");
    await expect(makePatient(billing.ctx)).rejects.toMatchObject({ code: "Forbidden" });
  });
});

describe("AC-51, AC-52: the NAM", () => {
  it("is sealed, masked in the record, found by its hash, and shown whole only on the record of who asked", async () => {
    const clinic = await makeClinic();
    const { ctx } = clinic.owner;
    const patient = await makePatient(ctx, { ...jane, nam: card("doej 9001 0116") });
    expect(patient).toMatchObject({ namMasked: "DOEJ •••• ••16", namStatus: "valid", namExpiry: "2031-05" });
    const row = await withStaff(ctx, (db) => db.patient.findFirstOrThrow({ where: { clinicId: clinic.id } }));
    expect(Buffer.from(row.namSealed ?? []).toString("latin1")).not.toContain("DOEJ");
    expect((await findPatients(ctx, { text: "DOEJ 9001 0116", limit: 20 })).patients).toHaveLength(1);
    expect(await revealNam(ctx, { id: patient.id })).toEqual({ nam: "DOEJ 9001 0116" });
    expect((await events(ctx)).at(-1)).toBe("patient.nam-revealed");
  });

  it("warns, and takes a reason instead of blocking", async () => {
    const { owner } = await makeClinic();
    const nam = card("DOEJ90010117");
    await expect(makePatient(owner.ctx, { ...jane, nam })).rejects.toMatchObject({
      code: "Precondition",
      key: "patient.namDisagrees",
      details: { warnings: ["checkDigit"], field: "nam.overrideReason" },
    });
    const kept = await makePatient(owner.ctx, { ...jane, nam: { ...nam, overrideReason: "Carte relue deux fois" } });
    expect(kept).toMatchObject({ namOverrideReason: "Carte relue deux fois", namMasked: "•••• •••• ••17" });
  });

  it("knows a card that has passed its date", async () => {
    const { owner } = await makeClinic();
    const patient = await makePatient(owner.ctx, { ...jane, nam: card("DOEJ90010116", { expiry: "2020-02" }) });
    expect(patient).toMatchObject({ namStatus: "expired", namExpiry: "2020-02" });
  });

  it("sees a newborn on a parent's card", async () => {
    const { owner } = await makeClinic();
    await makePatient(owner.ctx, { ...jane, nam: card("DOEJ90010116") });
    const newborn = await makePatient(owner.ctx, {
      familyName: "Roy",
      givenName: "Bébé",
      birthDate: "2026-09-20",
      nam: card("DOEJ90010116", { status: "newborn-on-parent" }),
    });
    expect(newborn).toMatchObject({
      namStatus: "newborn-on-parent",
      namMasked: "•••• •••• ••16",
      namOverrideReason: "",
    });
  });

  it("takes who has no Québec card", async () => {
    const { owner } = await makeClinic();
    const nam = { value: null, expiry: null, status: "out-of-province" as const };
    expect(await makePatient(owner.ctx, { ...jane, nam })).toMatchObject({
      namStatus: "out-of-province",
      namMasked: null,
    });
  });
});

const likeTo = (ctx: ClinicContext, likeness: Record<string, unknown>) =>
  findDuplicates(ctx, findDuplicatesInput.parse({ birthDate: null, ...likeness }));

describe("look-alikes", () => {
  it("warns of the same name and birth date or the same NAM, and goes on once they were seen", async () => {
    const { owner } = await makeClinic();
    const first = await makePatient(owner.ctx, {
      ...jane,
      familyName: "Côté",
      nam: card("COTJ90010112", { overrideReason: "essai" }),
    });
    const again = { ...jane, familyName: "COTE", givenName: "jane" };
    await expect(makePatient(owner.ctx, again)).rejects.toMatchObject({
      code: "Precondition",
      key: "patient.duplicates",
      details: { ids: [first.id] },
    });
    const likeness = { familyName: "Côté", givenName: "Jane", birthDate: "1990-01-01", nam: "COTJ 9001 0112" };
    expect(await likeTo(owner.ctx, likeness)).toMatchObject([{ id: first.id, why: ["nam", "birthDate", "name"] }]);
    const second = await makePatient(owner.ctx, { ...again, knownDuplicates: [first.id] });
    expect(second.id).not.toBe(first.id);
  });

  it("looks in one clinic only, and never at records opened by mistake", async () => {
    const [one, two] = [await makeClinic(), await makeClinic()];
    const first = await makePatient(one.owner.ctx, jane);
    await makePatient(two.owner.ctx, jane);
    await markEnteredInError(one.owner.ctx, { id: first.id, version: 1, reason: "double" });
    await makePatient(one.owner.ctx, jane);
  });

  it.each([
    ["the first of two surnames", { familyName: "Bouchard" }],
    ["the second of two surnames", { familyName: "Tremblay" }],
    ["a letter that slipped", { familyName: "Bouchar Tremblay" }],
    ["the surname of birth", { familyName: "Lachance" }],
    ["a surname of marriage", { familyName: "Roy", birthFamilyName: "Bouchard" }],
    ["the usual first name", { givenName: "Gigi" }],
    ["a first name among several", { givenName: "Ginette" }],
    ["names in each other's field", { familyName: "Marie Ginette", givenName: "Bouchard" }],
    ["month and day inverted", { birthDate: "1958-05-03" }],
    ["a digit of the birth date", { birthDate: "1958-03-06" }],
  ])("finds her by %s, and refuses to register her again unseen", async (_, said) => {
    const { owner } = await makeClinic();
    const her = { familyName: "Bouchard-Tremblay", givenName: "Marie Ginette", birthDate: "1958-03-05", ...noCard };
    const { id } = await makePatient(owner.ctx, { ...her, birthFamilyName: "Lachance", preferredName: "Gigi" });
    const again = { familyName: "Bouchard", givenName: "Ginette", birthDate: her.birthDate, ...said };
    expect(await likeTo(owner.ctx, again)).toMatchObject([{ id, likely: true }]);
    const refusal = { key: "patient.duplicates", details: { ids: [id] } };
    const unseen = { birthFamilyName: "", preferredName: "", ...noCard, ...again };
    await expect(makePatient(owner.ctx, unseen)).rejects.toMatchObject(refusal);
  });

  it("tells of a like name alone, of a number with a first name and of another date, and refuses none of them", async () => {
    const { owner } = await makeClinic();
    const mobile = { system: "phone" as const, value: "418 555-0142" };
    const ginette = {
      familyName: "Bouchard",
      givenName: "Ginette",
      birthDate: "1958-03-14",
      ...noCard,
      contacts: [mobile],
    };
    const { id } = await makePatient(owner.ctx, ginette);
    await makePatient(owner.ctx, { familyName: "Bouchard", givenName: "Paul", birthDate: "1955-01-02", ...noCard });
    const name = { familyName: "Bouchard Roy", givenName: "Ginette" };
    const told = (why: string[]) => [{ id, why, likely: false }];
    expect(await likeTo(owner.ctx, name)).toMatchObject(told(["name"]));
    expect(await likeTo(owner.ctx, { ...name, birthDate: "1931-12-24" })).toEqual([]);
    const namesake = { familyName: "Bouchard", givenName: "Ginette", birthDate: "1931-12-24" };
    expect(await likeTo(owner.ctx, namesake)).toMatchObject(told(["name"]));
    const wed = { familyName: "Gagnon", givenName: "Ginette", birthDate: "1931-12-24", phones: ["(418) 555-0142"] };
    expect(await likeTo(owner.ctx, wed)).toMatchObject(told(["given", "phone"]));
    const born = { familyName: "Gagnon", givenName: "Ginette", birthDate: "1958-03-14" };
    expect(await likeTo(owner.ctx, born)).toMatchObject(told(["birthDate", "given"]));
    expect((await makePatient(owner.ctx, { ...namesake, ...noCard })).id).not.toBe(id);
  });

  it("shows a few of many namesakes, and first whoever is most likely the person", async () => {
    const { owner } = await makeClinic();
    const marie = { familyName: "Tremblay", givenName: "Marie" };
    const made = [];
    for (const year of ["1921", "1935", "1947", "1959", "1962", "1973", "1984", "1999"])
      made.push(
        await makePatient(owner.ctx, { ...marie, ...noCard, birthDate: `${year}-0${year.at(-1)}-1${year.at(-2)}` }),
      );
    const last = made.at(-1);
    const found = await likeTo(owner.ctx, { ...marie, birthDate: last?.birthDate });
    expect(found).toHaveLength(6);
    expect(found[0]).toMatchObject({ id: last?.id, likely: true });
  });
});

import { describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { addContact } from "#server/patient/add-contact.ts";
import { addRelatedPerson } from "#server/patient/add-related-person.ts";
import { endContact } from "#server/patient/end-contact.ts";
import { endRelatedPerson } from "#server/patient/end-related-person.ts";
import { findPatients } from "#server/patient/find-patients.ts";
import { listPatientVersions } from "#server/patient/list-patient-versions.ts";
import { markEnteredInError } from "#server/patient/mark-entered-in-error.ts";
import { readPatient } from "#server/patient/read-patient.ts";
import { updateContact } from "#server/patient/update-contact.ts";
import { updatePatient } from "#server/patient/update-patient.ts";
import { updateRelatedPerson } from "#server/patient/update-related-person.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";

const jane = { familyName: "Doe", givenName: "Jane", birthDate: "1990-01-01", sex: "male" as const };
const phone = (value: string) => ({ system: "phone" as const, use: "home" as const, rank: 1, value });
const mother = {
  relationship: "mother" as const,
  familyName: "Roy",
  givenName: "Ève",
  phone: "",
  email: "",
  mayAct: false,
  relatedPatientId: null,
  grantedOn: null,
  grantedUntil: null,
};

describe("two people, one record", () => {
  it("tells the second what is saved now, by whom, and loses neither version", async () => {
    const clinic = await makeClinic();
    const [one, two] = [await makeMember(clinic, "assistant"), await makeMember(clinic, "professional")];
    const { id } = await makePatient(clinic.owner.ctx, jane);
    await updatePatient(one.ctx, { id, version: 1, changes: { familyName: "Dow" } });
    const late = updatePatient(two.ctx, { id, version: 1, changes: { familyName: "Dough" } });
    await expect(late).rejects.toMatchObject({
      code: "Conflict",
      key: "stale",
      details: { current: { familyName: "Dow", version: 2 }, changedBy: one.ctx.membership.displayName },
    });
    expect(await readPatient(two.ctx, { id })).toMatchObject({ familyName: "Dow", version: 2 });
    // That the second was shown the first's version is in the journal, though the change was refused.
    const shown = await withStaff(two.ctx, (db) =>
      db.auditEvent.count({ where: { clinicId: clinic.id, event: "patient.read", agentId: two.userId } }),
    );
    expect(shown).toBe(2);
  });

  it("lets one of many win when all save at the same moment", async () => {
    const { owner } = await makeClinic();
    const { id } = await makePatient(owner.ctx, jane);
    const tries = ["A", "B", "C", "D", "E"].map((preferredName) =>
      updatePatient(owner.ctx, { id, version: 1, changes: { preferredName } }),
    );
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "Conflict", key: "stale" });
    }
    expect((await readPatient(owner.ctx, { id })).version).toBe(2);
  });

  it("keeps each version and who replaced it, and shows no NAM in any", async () => {
    const { owner } = await makeClinic();
    const nam = { value: "DOEJ90010116", expiry: null, status: "valid" as const };
    const { id } = await makePatient(owner.ctx, { ...jane, nam, language: "fr" });
    await updatePatient(owner.ctx, { id, version: 1, changes: { preferredName: "Jay" } });
    await updatePatient(owner.ctx, { id, version: 2, changes: { language: "en" } });
    const versions = await listPatientVersions(owner.ctx, { id, limit: 20 });
    expect(versions).toMatchObject([
      { version: 2, replacedBy: owner.userId, content: { preferredName: "Jay", language: "fr" } },
      { version: 1, content: { preferredName: "", namMasked: "•••• •••• ••16" } },
    ]);
    expect(JSON.stringify(versions)).not.toMatch(/DOEJ|sealed|hash/i);
    expect(await listPatientVersions(owner.ctx, { id, before: 2, limit: 1 })).toMatchObject([{ version: 1 }]);
  });
});

describe("changing a patient", () => {
  it("is found under the new name and no more under the old one", async () => {
    const { owner } = await makeClinic();
    const { id } = await makePatient(owner.ctx, jane);
    await updatePatient(owner.ctx, { id, version: 1, changes: { familyName: "Zyvald" } });
    expect((await findPatients(owner.ctx, { text: "zyv", limit: 20 })).patients).toMatchObject([{ id }]);
    expect((await findPatients(owner.ctx, { text: "doe", limit: 20 })).patients).toEqual([]);
  });

  it("checks the NAM again when the person no longer agrees with it", async () => {
    const { owner } = await makeClinic();
    const nam = { value: "DOEJ90010116", expiry: "2031-05", status: "valid" as const };
    const { id } = await makePatient(owner.ctx, { ...jane, nam });
    const change = { id, version: 1, changes: { familyName: "Roe" } };
    await expect(updatePatient(owner.ctx, change)).rejects.toMatchObject({
      key: "patient.namDisagrees",
      details: { warnings: ["names"] },
    });
    // Married under another name: the birth name keeps the agreement.
    const married = { familyName: "Roe", birthFamilyName: "Doe" };
    expect(await updatePatient(owner.ctx, { id, version: 1, changes: married })).toMatchObject({
      namMasked: "DOEJ •••• ••16",
      namExpiry: "2031-05",
    });
    const reason = { status: "valid" as const, expiry: "2032-01", overrideReason: "Carte à l'ancien nom" };
    expect(
      await updatePatient(owner.ctx, { id, version: 2, changes: { birthFamilyName: "", nam: reason } }),
    ).toMatchObject({ namMasked: "•••• •••• ••16", namExpiry: "2032-01", namOverrideReason: "Carte à l'ancien nom" });
    const none = { value: null, expiry: null, status: "absent" as const, overrideReason: "" };
    expect(await updatePatient(owner.ctx, { id, version: 3, changes: { nam: none } })).toMatchObject({
      namMasked: null,
    });
  });

  it("refuses a death before the birth beside its field", async () => {
    const { owner } = await makeClinic();
    const { id } = await makePatient(owner.ctx, jane);
    await expect(
      updatePatient(owner.ctx, { id, version: 1, changes: { deceasedOn: "1980-01-01" } }),
    ).rejects.toMatchObject({ fields: { "changes.deceasedOn": "patient.deathBeforeBirth" } });
  });

  it("leaves a record opened by mistake out of searches, readable, and closed to changes", async () => {
    const { owner } = await makeClinic();
    const { id } = await makePatient(owner.ctx, { ...jane, contacts: [phone("4185550142")] });
    await markEnteredInError(owner.ctx, { id, version: 1, reason: "Mauvaise personne" });
    for (const text of ["doe", "oe", "1990-01-01", "0142", "1001"]) {
      expect((await findPatients(owner.ctx, { text, limit: 20 })).patients).toEqual([]);
    }
    expect(await readPatient(owner.ctx, { id })).toMatchObject({
      status: "entered-in-error",
      statusReason: "Mauvaise personne",
    });
    const refused = { code: "Precondition", key: "patient.enteredInError" };
    await expect(updatePatient(owner.ctx, { id, version: 2, changes: { language: "en" } })).rejects.toMatchObject(
      refused,
    );
    await expect(addContact(owner.ctx, { patientId: id, contact: phone("4185550142") })).rejects.toMatchObject(refused);
  });
});

describe("contacts and related persons", () => {
  it("are added, changed from their version, and ended without being erased", async () => {
    const { owner } = await makeClinic();
    const { ctx } = owner;
    const { id: patientId } = await makePatient(ctx, { ...jane, contacts: [] });
    const [contact] = (await addContact(ctx, { patientId, contact: phone("4185550142") })).contacts;
    const ref = { id: contact?.id ?? "", version: 1 };
    const changed = await updateContact(ctx, { ...ref, contact: phone("5145550199") });
    expect(changed.contacts).toMatchObject([{ value: "+15145550199", version: 2 }]);
    await expect(updateContact(ctx, { ...ref, contact: phone("5145550198") })).rejects.toMatchObject({ key: "stale" });
    await expect(endContact(ctx, ref)).rejects.toMatchObject({ details: { current: { contacts: [{ version: 2 }] } } });
    expect((await endContact(ctx, { ...ref, version: 2 })).contacts).toEqual([]);
    expect(await withStaff(ctx, (db) => db.patientContact.count({ where: { clinicId: ctx.clinic.id } }))).toBe(1);

    const [person] = (await addRelatedPerson(ctx, { patientId, person: mother })).relatedPersons;
    const who = { id: person?.id ?? "", version: 1 };
    const other = { ...mother, mayAct: true, email: "eve@exemple.ca" };
    const after = await updateRelatedPerson(ctx, { ...who, person: other });
    expect(after.relatedPersons).toMatchObject([{ mayAct: true, email: "eve@exemple.ca" }]);
    expect((await endRelatedPerson(ctx, { ...who, version: 2 })).relatedPersons).toEqual([]);
    await expect(endRelatedPerson(ctx, { ...who, version: 3 })).rejects.toMatchObject({ key: "stale" });
  });

  it("are of a patient of this clinic, and relate nobody to themselves or to another clinic's patient", async () => {
    const [one, two] = [await makeClinic(), await makeClinic()];
    const mine = await makePatient(one.owner.ctx, jane);
    const theirs = await makePatient(two.owner.ctx, jane);
    const { ctx } = one.owner;
    const missing = { code: "NotFound" };
    for (const patientId of [theirs.id, newId()]) {
      await expect(addContact(ctx, { patientId, contact: phone("4185550142") })).rejects.toMatchObject(missing);
      const person = { ...mother, relatedPatientId: patientId };
      await expect(addRelatedPerson(ctx, { patientId: mine.id, person })).rejects.toMatchObject(missing);
    }
    const self = { ...mother, relatedPatientId: mine.id };
    await expect(addRelatedPerson(ctx, { patientId: mine.id, person: self })).rejects.toMatchObject({
      fields: { "person.relatedPatientId": "patient.relatedToSelf" },
    });
  });
});

describe("another clinic's patient", () => {
  it("is as absent as one that does not exist", async () => {
    const [one, two] = [await makeClinic(), await makeClinic()];
    const { id } = await makePatient(two.owner.ctx, jane);
    const { ctx } = one.owner;
    const calls = (patient: string) => [
      readPatient(ctx, { id: patient }),
      updatePatient(ctx, { id: patient, version: 1, changes: { language: "en" } }),
      markEnteredInError(ctx, { id: patient, version: 1, reason: "autre" }),
      listPatientVersions(ctx, { id: patient, limit: 20 }),
    ];
    const answer = (results: PromiseSettledResult<unknown>[]) =>
      results.map((result) => (result.status === "rejected" ? { ...result.reason, cause: undefined } : "given"));
    const others = answer(await Promise.allSettled(calls(id)));
    expect(others).toEqual(answer(await Promise.allSettled(calls(newId()))));
    expect(others).not.toContain("given");
  });
});

import { describe, expect, it } from "vitest";
import { makePatient, patientInput, syntheticNam } from "#prisma/seed/fictional-patient.ts";
import { listConsents } from "#server/consent/list-consents.ts";
import { recordConsent } from "#server/consent/record-consent.ts";
import { recordConsentInput } from "#server/consent/schema.ts";
import { withdrawConsent } from "#server/consent/withdraw-consent.ts";
import type { ClinicContext } from "#server/context.ts";
import { addCorrespondent } from "#server/correspondent/add-correspondent.ts";
import { listCorrespondents } from "#server/correspondent/list-correspondents.ts";
import { addCorrespondentInput, listCorrespondentsInput } from "#server/correspondent/schema.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { addAlert } from "#server/patient/add-alert.ts";
import { endAlert } from "#server/patient/end-alert.ts";
import { findDuplicates } from "#server/patient/find-duplicates.ts";
import { findPatients } from "#server/patient/find-patients.ts";
import { readPatient } from "#server/patient/read-patient.ts";
import { readPhoto } from "#server/patient/read-photo.ts";
import { registerPatient } from "#server/patient/register-patient.ts";
import { addAlertInput, findDuplicatesInput, relatedPersonInput } from "#server/patient/schema.ts";
import { removePhoto, setPhoto } from "#server/patient/set-photo.ts";
import { todayIn } from "#server/patient/today.ts";
import { updatePatient } from "#server/patient/update-patient.ts";
import { updateRelatedPerson } from "#server/patient/update-related-person.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { smallPicture } from "#tests/factories/picture.ts";

const noCard = { nam: { value: null, expiry: null, status: "absent" as const, overrideReason: "" } };

describe("sex and gender", () => {
  it("are distinct, and a NAM's sex only warns (AC-51)", async () => {
    const { ctx } = (await makeClinic()).owner;
    const alix = { familyName: "Roy", givenName: "Alix", birthFamilyName: "", birthDate: "1991-04-12" };
    const nam = { value: syntheticNam("Roy", "Alix", alix.birthDate, "female"), expiry: "2031-05", status: "valid" };
    // Non-binary, an X on the record, and a woman's number on the card: nothing disagrees.
    const person = { ...alix, sex: "other" as const, gender: "non binaire", pronouns: "iel", nam: nam as never };
    const patient = await registerPatient(ctx, patientInput(person));
    expect(patient).toMatchObject({ sex: "other", gender: "non binaire", pronouns: "iel", namOverrideReason: "" });
    const { id, version } = patient;
    const asMan = { id, version, changes: { sex: "male" as const } };
    await expect(updatePatient(ctx, asMan)).rejects.toMatchObject({
      key: "patient.namDisagrees",
      details: { warnings: ["sex"] },
    });
    const reason = { expiry: "2031-05", status: "valid" as const, overrideReason: "Carte en cours de changement" };
    const changed = await updatePatient(ctx, { ...asMan, changes: { sex: "male", nam: reason } });
    expect(changed).toMatchObject({ sex: "male", gender: "non binaire", namOverrideReason: reason.overrideReason });
  });

  it("have no part in finding or matching: self-pay and non-binary people match (complaint 8)", async () => {
    const { ctx } = (await makeClinic()).owner;
    const sam = { familyName: "Côté", givenName: "Sam", birthDate: "1988-02-29" };
    const { id } = await registerPatient(
      ctx,
      patientInput({ ...sam, ...noCard, sex: "other", gender: "bispirituel", pronouns: "iel" }),
    );
    for (const nam of [null, syntheticNam("Cote", "Sam", sam.birthDate, "male")]) {
      const found = await findDuplicates(ctx, findDuplicatesInput.parse({ ...sam, familyName: "COTE", nam }));
      expect(found.map((one) => one.id)).toEqual([id]);
    }
    expect((await findPatients(ctx, { text: "cote sam 1988-02-29", limit: 5 })).patients).toMatchObject([{ id }]);
    const again = patientInput({ ...sam, ...noCard, sex: null });
    await expect(registerPatient(ctx, again)).rejects.toMatchObject({ key: "patient.duplicates" });
  });
});

describe("who has no card, or another's (AC-52)", () => {
  it.each(["absent", "out-of-province", "newborn-on-parent"] as const)(
    "is registered as %s without a NAM",
    async (status) => {
      const { ctx } = (await makeClinic()).owner;
      const patient = await makePatient(ctx, { nam: { value: null, expiry: null, status } });
      expect(patient).toMatchObject({ namMasked: null, namStatus: status });
    },
  );
});

/** The day on which somebody of that age today was born, so many days later. */
function bornYearsAgo(ctx: ClinicContext, years: number, days: number): string {
  const today = todayIn(ctx.clinic.timeZone);
  const at = new Date(`${today}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  at.setUTCFullYear(at.getUTCFullYear() - years);
  return at.toISOString().slice(0, 10);
}

const person = (relationship: "mother" | "mandatary" | "caregiver", more = {}) =>
  relatedPersonInput.parse({ relationship, familyName: "Gagnon", givenName: "Anne", mayAct: true, ...more });

describe("who may act for a patient (AC-17)", () => {
  const acts = async (ctx: ClinicContext, birthDate: string | null, related: ReturnType<typeof person>) =>
    (await makePatient(ctx, { ...noCard, birthDate, relatedPersons: [related] })).relatedPersons[0]?.actsToday;

  it("a parent does until the day before the fourteenth birthday, and no longer", async () => {
    const { ctx } = (await makeClinic()).owner;
    expect(await acts(ctx, bornYearsAgo(ctx, 14, 1), person("mother"))).toBe(true);
    expect(await acts(ctx, bornYearsAgo(ctx, 14, 0), person("mother"))).toBe(false);
    expect(await acts(ctx, null, person("mother"))).toBe(false);
    expect(await acts(ctx, bornYearsAgo(ctx, 9, 0), person("mother", { mayAct: false }))).toBe(false);
    expect(await acts(ctx, bornYearsAgo(ctx, 9, 0), person("caregiver"))).toBe(false);
    expect(await acts(ctx, bornYearsAgo(ctx, 80, 0), person("mandatary"))).toBe(true);
  });

  it("or after, when the young person gives it back, from a day and until one", async () => {
    const { ctx } = (await makeClinic()).owner;
    const today = todayIn(ctx.clinic.timeZone);
    const patient = await makePatient(ctx, {
      ...noCard,
      birthDate: bornYearsAgo(ctx, 15, 0),
      relatedPersons: [person("mother")],
    });
    const [mother] = patient.relatedPersons;
    const given = { id: mother?.id ?? "", version: 1, person: person("mother", { grantedOn: today }) };
    const [allowed] = (await updateRelatedPerson(ctx, given)).relatedPersons;
    expect(allowed).toMatchObject({ actsToday: true, grantedOn: today });
    const until = bornYearsAgo(ctx, 0, -1);
    const past = person("mother", { grantedOn: bornYearsAgo(ctx, 0, -30), grantedUntil: until });
    const [over] = (await updateRelatedPerson(ctx, { ...given, version: 2, person: past })).relatedPersons;
    expect(over).toMatchObject({ actsToday: false, grantedUntil: until });
    // Leave that is dated before fourteen was not the young person's to give.
    const early = person("mother", { grantedOn: bornYearsAgo(ctx, 2, 0) });
    const [still] = (await updateRelatedPerson(ctx, { ...given, version: 3, person: early })).relatedPersons;
    expect(still).toMatchObject({ actsToday: false });
  });

  it("decides who may consent for them, on the day of the consent", async () => {
    const { ctx } = (await makeClinic()).owner;
    const { id: patientId, relatedPersons } = await makePatient(ctx, {
      ...noCard,
      birthDate: bornYearsAgo(ctx, 14, -10),
      relatedPersons: [person("mother")],
    });
    const consent = (takenOn: string) =>
      recordConsent(
        ctx,
        recordConsentInput.parse({
          id: newId(),
          patientId,
          purpose: "disclosure",
          decision: "permit",
          scope: "Rapport à l’école",
          mode: "written",
          givenBy: relatedPersons[0]?.id,
          takenOn,
          textVersion: "2026-01",
        }),
      );
    await expect(consent(todayIn(ctx.clinic.timeZone))).rejects.toMatchObject({
      fields: { givenBy: "patient.mayNotAct" },
    });
    await consent(bornYearsAgo(ctx, 0, -20));
    expect(await listConsents(ctx, { patientId })).toMatchObject([
      { givenByName: "Anne Gagnon", mode: "written", textVersion: "2026-01", takenByName: "Maude Lavallée" },
    ]);
  });
});

describe("a consent (AC-14 to AC-16)", () => {
  it("is for one purpose, says how, by whom and until when, and is taken back as easily", async () => {
    const { ctx } = (await makeClinic()).owner;
    const { id: patientId, displayName } = await makePatient(ctx);
    const today = todayIn(ctx.clinic.timeZone);
    const input = (more = {}) =>
      recordConsentInput.parse({
        id: newId(),
        patientId,
        purpose: "teaching",
        decision: "permit",
        scope: "Présence d’une stagiaire",
        mode: "oral",
        takenOn: "2026-01-05",
        ...more,
      });
    const lasting = input();
    await recordConsent(ctx, lasting);
    await recordConsent(ctx, lasting);
    await recordConsent(ctx, input({ purpose: "photo", takenOn: "2026-01-04", expiresOn: "2026-02-01" }));
    await expect(recordConsent(ctx, input({ expiresOn: "2025-01-01" }))).rejects.toMatchObject({ code: "Invalid" });
    expect(await listConsents(ctx, { patientId })).toMatchObject([
      { purpose: "teaching", state: "active", givenByName: displayName, takenOn: "2026-01-05" },
      { purpose: "photo", state: "expired", expiresOn: "2026-02-01" },
    ]);
    await withdrawConsent(ctx, { id: lasting.id, version: 1, mode: "oral", reason: "Change d’avis" });
    const again = { id: lasting.id, version: 2, mode: "oral" as const, reason: "" };
    await expect(withdrawConsent(ctx, again)).rejects.toMatchObject({ key: "stale" });
    expect((await listConsents(ctx, { patientId }))[0]).toMatchObject({
      state: "withdrawn",
      withdrawnOn: today,
      withdrawnReason: "Change d’avis",
    });
  });
});

describe("alerts, pharmacy and family doctor", () => {
  it("stand in the file: the gravest alert first, and none past its day", async () => {
    const { ctx } = (await makeClinic()).owner;
    const { id: patientId } = await makePatient(ctx);
    const alert = (severity: "info" | "danger", until: string | null, text: string = severity) =>
      addAlert(ctx, addAlertInput.parse({ id: newId(), patientId, text, severity, until }));
    await alert("info", null);
    await alert("info", bornYearsAgo(ctx, 0, -1), "passée");
    await alert("danger", todayIn(ctx.clinic.timeZone));
    const { alerts } = await readPatient(ctx, { id: patientId });
    expect(alerts.map(({ text }) => text)).toEqual(["danger", "info"]);
    const ended = await endAlert(ctx, { id: alerts[0]?.id ?? "", version: 1, reason: "" });
    expect(ended.alerts.map(({ text }) => text)).toEqual(["info"]);
  });

  it("are chosen in the clinic's directory, each of its kind, and found without accents", async () => {
    const { ctx } = (await makeClinic()).owner;
    const add = async (more: object) =>
      (await addCorrespondent(ctx, addCorrespondentInput.parse({ id: newId(), fax: "(418) 555-0199", ...more }))).id;
    const doctor = await add({ kind: "practitioner", familyName: "Bélanger", givenName: "Ève", name: "GMF Limoilou" });
    const pharmacy = await add({ kind: "pharmacy", name: "Pharmacie Hébert", city: "Québec" });
    const { id, version } = await makePatient(ctx);
    const wrong = { familyDoctorId: pharmacy, pharmacyId: doctor };
    await expect(updatePatient(ctx, { id, version, changes: wrong })).rejects.toMatchObject({ code: "Invalid" });
    await updatePatient(ctx, { id, version, changes: { familyDoctorId: doctor, pharmacyId: pharmacy } });
    expect(await readPatient(ctx, { id })).toMatchObject({
      familyDoctor: { name: "Ève Bélanger", place: "GMF Limoilou", fax: "+14185550199" },
      pharmacy: { name: "Pharmacie Hébert", place: "Québec" },
    });
    const found = await listCorrespondents(ctx, listCorrespondentsInput.parse({ text: "hebert quebec" }));
    expect(found.rows).toMatchObject([{ id: pharmacy }]);
    const other = (await makeClinic()).owner.ctx;
    await expect(makePatient(other, { familyDoctorId: doctor })).rejects.toMatchObject({ code: "Invalid" });
    expect(await withStaff(other, (db) => db.correspondent.count())).toBe(0);
  });
});

describe("a photo", () => {
  it("is encoded anew, served by our door to whoever may see the record, and shown to nobody once replaced", async () => {
    const { ctx } = (await makeClinic()).owner;
    const { id } = await makePatient(ctx);
    const first = await setPhoto(ctx, { id, version: 1 }, await smallPicture());
    await withStaff(ctx, (db) => readPhoto(db, ctx, first.photoFileId ?? ""));
    await expect(setPhoto(ctx, { id, version: 1 }, await smallPicture())).rejects.toMatchObject({ key: "stale" });
    const second = await setPhoto(ctx, { id, version: 2 }, await smallPicture());
    await expect(withStaff(ctx, (db) => readPhoto(db, ctx, first.photoFileId ?? ""))).rejects.toMatchObject({
      code: "NotFound",
    });
    expect(await removePhoto(ctx, { id, version: second.version })).toMatchObject({ photoFileId: null, version: 4 });
    await expect(setPhoto(ctx, { id, version: 4 }, Buffer.from("<svg/>"))).rejects.toMatchObject({ key: "file.type" });
  });
});

import { describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import type { ClinicContext } from "#server/context.ts";
import { addCorrespondent } from "#server/correspondent/add-correspondent.ts";
import { addCorrespondentInput } from "#server/correspondent/schema.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { addAlert } from "#server/patient/add-alert.ts";
import { listPatients } from "#server/patient/list-patients.ts";
import { listSavedLists, removeList, saveList } from "#server/patient/saved-lists.ts";
import { listPatientsInput, saveListInput } from "#server/patient/schema.ts";
import { todayIn } from "#server/patient/today.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { makeSchedule, sit } from "#tests/factories/schedule.ts";

const list = (ctx: ClinicContext, filters: object = {}, more: object = {}) =>
  listPatients(ctx, listPatientsInput.parse({ filters, ...more }));
const names = async (ctx: ClinicContext, filters: object = {}) =>
  (await list(ctx, filters)).rows.map(({ familyName, givenName }) => `${familyName} ${givenName}`);

/** A visit to come. */
async function visitOf(clinic: TestClinic, patientId: string): Promise<void> {
  const place = await makeSchedule(clinic);
  await withStaff(clinic.owner.ctx, async (db) => {
    const sittingId = await sit(db, place, { at: "2099-01-05 10:00" });
    const own = { clinicId: clinic.id, id: newId(), authorId: clinic.owner.userId };
    await db.appointment.createMany({ data: { ...own, sittingId, patientId, source: "staff" } });
  });
}

describe("the register", () => {
  it("is in the order of a directory, accents, hyphens and case aside, and turns by key", async () => {
    const { ctx } = (await makeClinic()).owner;
    for (const [familyName, givenName] of [
      ["Étienne", "Zoé"],
      ["Roy-Côté", "Ève"],
      ["roy", "Zacharie"],
      ["Roy", "Élise"],
      ["L’Écuyer", "Ana"],
      ["Eston", "Al"],
    ] as const)
      await makePatient(ctx, { familyName, givenName, birthDate: "1990-01-01", preferredName: "" });
    const whole = ["Eston Al", "Étienne Zoé", "L’Écuyer Ana", "Roy-Côté Ève", "Roy Élise", "roy Zacharie"];
    expect(await names(ctx)).toEqual(whole);
    const turned: string[] = [];
    let after: string | null | undefined;
    do {
      const page = await list(ctx, {}, { most: 2, after: after ?? undefined });
      turned.push(...page.rows.map(({ familyName, givenName }) => `${familyName} ${givenName}`));
      after = page.after;
    } while (after);
    expect(turned).toEqual(whole);
  });

  it("answers each question, and all of them at once", async () => {
    const clinic = await makeClinic();
    const { ctx } = clinic.owner;
    const today = todayIn(ctx.clinic.timeZone);
    const born = (years: number) => `${Number(today.slice(0, 4)) - years}${today.slice(4).replace("-02-29", "-02-28")}`;
    const familyDoctorId = newId();
    await addCorrespondent(
      ctx,
      addCorrespondentInput.parse({ id: familyDoctorId, kind: "practitioner", familyName: "Bélanger" }),
    );
    const one = { preferredName: "", givenName: "X", language: "fr" as const };
    const child = await makePatient(ctx, { ...one, familyName: "Enfant", birthDate: born(9), language: "en" });
    const adult = await makePatient(ctx, { ...one, familyName: "Majeur", birthDate: born(18), familyDoctorId });
    await makePatient(ctx, { ...one, familyName: "Aîné", birthDate: born(80) });
    await addAlert(ctx, { id: newId(), patientId: child.id, text: "Latex", severity: "danger", until: null });
    await visitOf(clinic, adult.id);
    expect(await names(ctx, { ageFrom: 18 })).toEqual(["Aîné X", "Majeur X"]);
    expect(await names(ctx, { ageFrom: 18, ageTo: 18 })).toEqual(["Majeur X"]);
    expect(await names(ctx, { ageTo: 17 })).toEqual(["Enfant X"]);
    expect(await names(ctx, { language: "en" })).toEqual(["Enfant X"]);
    expect(await names(ctx, { familyDoctorId })).toEqual(["Majeur X"]);
    expect(await names(ctx, { familyDoctorId: null })).toEqual(["Aîné X", "Enfant X"]);
    expect(await names(ctx, { withAlert: true })).toEqual(["Enfant X"]);
    expect(await names(ctx, { noNextVisit: true })).toEqual(["Aîné X", "Enfant X"]);
    expect(await names(ctx, { seenWithin: 6 })).toEqual([]);
    expect(await names(ctx, { notSeenWithin: 12, ageFrom: 70 })).toEqual(["Aîné X"]);
    expect(await names(ctx, { text: "maj", noNextVisit: true })).toEqual([]);
    expect(await names(ctx, { status: "inactive" })).toEqual([]);
    const [row] = (await list(ctx, { text: "majeur" })).rows;
    expect(row).toMatchObject({ age: 18, familyDoctor: "Bélanger", lastVisitAt: null, alert: null });
    expect(row?.nextVisitAt).toBeInstanceOf(Date);
  });

  it("hides whom a restriction closes", async () => {
    const clinic = await makeClinic();
    const { id } = await makePatient(clinic.owner.ctx);
    const doctor = await makeMember(clinic, "professional");
    await callerOf(clinic.owner, clinic).privacy.restrict({
      patientId: id,
      target: { kind: "member", userId: doctor.userId },
      category: "*",
      signedOn: "2026-11-01",
      signerName: "Lou Gagnon",
      signerContact: "418 555-0142",
      risksExplained: true,
    });
    expect((await list(clinic.owner.ctx)).rows).toHaveLength(1);
    expect((await list(doctor.ctx)).rows).toHaveLength(0);
  });

  it("keeps questions: one's own, those that colleagues share, and nobody removes another's", async () => {
    const clinic = await makeClinic();
    const { ctx } = await makeMember(clinic, "assistant");
    const save = (name: string, shared: boolean) =>
      saveList(clinic.owner.ctx, saveListInput.parse({ id: newId(), name, shared, filters: { noNextVisit: true } }));
    const { id } = await save("À revoir", true);
    await save("À moi", false);
    expect(await listSavedLists(ctx)).toMatchObject([
      { id, name: "À revoir", mine: false, filters: { noNextVisit: true } },
    ]);
    await expect(removeList(ctx, { id, version: 1 })).rejects.toMatchObject({ code: "NotFound" });
    await removeList(clinic.owner.ctx, { id, version: 1 });
    expect(await listSavedLists(ctx)).toEqual([]);
  });
});

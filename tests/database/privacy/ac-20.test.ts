import { describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { database } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { makeClinic } from "#tests/factories/clinic.ts";

/**
 * Whom a patient may refuse (LRSSS s. 8: relatives, research) has no way in here: being a relative, even one who may act, opens
 * nothing, and nobody outside the team has a role. What a refusal will have to close is thus closed from the start.
 */
describe("AC-20: a relative reads nothing of the patient", () => {
  it("although the record names them, says that they may act, and they are a patient here", async () => {
    const clinic = await makeClinic();
    const { ctx } = clinic.owner;
    const [patient, mother] = [
      await makePatient(ctx, { contacts: [{ system: "email", value: "lou@personne.example" }] }),
      await makePatient(ctx),
    ];
    await withStaff(ctx, (db) =>
      db.relatedPerson.createMany({
        data: {
          clinicId: clinic.id,
          id: newId(),
          patientId: patient.id,
          authorId: ctx.user.id,
          relatedPatientId: mother.id,
          relationship: "mother",
          familyName: "Gagnon",
          givenName: "Anne",
          mayAct: true,
        },
      }),
    );
    const seen = (patientId: string) =>
      database("web").transact({ role: "patient", clinicId: clinic.id, patientId }, async (db) => ({
        records: (await db.patient.findMany({ select: { id: true } })).map(({ id }) => id),
        contacts: await db.patientContact.count({ where: { patientId: patient.id } }),
        relatives: await db.relatedPerson.count({ where: { patientId: patient.id } }),
      }));
    expect(await seen(patient.id)).toEqual({ records: [patient.id], contacts: 1, relatives: 1 });
    expect(await seen(mother.id)).toEqual({ records: [mother.id], contacts: 0, relatives: 0 });
  });

  it("and a visitor reads nobody at all", async () => {
    const clinic = await makeClinic();
    await makePatient(clinic.owner.ctx);
    const read = database("web").transact({ role: "visitor", clinicId: clinic.id }, (db) => db.patient.count());
    await expect(read).rejects.toThrow();
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { findPatients } from "#server/patient/find-patients.ts";
import { listPatientVersions } from "#server/patient/list-patient-versions.ts";
import { readPatient } from "#server/patient/read-patient.ts";
import type { PatientView } from "#server/patient/record.ts";
import { revealNam } from "#server/patient/reveal-nam.ts";
import { updatePatient } from "#server/patient/update-patient.ts";
import { breakGlass, glassMinutes } from "#server/privacy/break-glass.ts";
import { composeBreakGlass } from "#server/privacy/compose-break-glass.ts";
import { endRestriction } from "#server/privacy/end-restriction.ts";
import { listRestrictions } from "#server/privacy/list-restrictions.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import { restrictPatientInput } from "#server/privacy/schema.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";

let clinic: TestClinic;
/** The provider that the patient names, and another one. */
let named: TestMember;
let other: TestMember;

const jane = { familyName: "Doe", givenName: "Jane", birthDate: "1990-01-01", sex: "male" as const };
const nam = { value: "DOEJ90010116", expiry: null, status: "valid" as const };
const reason = "Inconsciente, allergies inconnues";

function notice(patientId: string, target: object, more: object = {}) {
  return restrictPatientInput.parse({
    patientId,
    target,
    category: "*",
    signedOn: "2026-09-14",
    signerName: "Jane Doe",
    signerContact: "418 555-0142",
    risksExplained: true,
    ...more,
  });
}
const byName = () => ({ kind: "member", userId: named.userId });

beforeAll(async () => {
  clinic = await makeClinic();
  [named, other] = [await makeMember(clinic, "professional"), await makeMember(clinic, "professional")];
});

/** Every way in which a patient may be seen, as the person of `ctx`. */
async function seenBy(ctx: ClinicContext, { id }: PatientView): Promise<string[]> {
  const ways = {
    read: () => readPatient(ctx, { id }),
    versions: () => listPatientVersions(ctx, { id, limit: 20 }),
    nam: () => revealNam(ctx, { id }),
    update: () => updatePatient(ctx, { id, version: 99, changes: { language: "en" } }),
    byName: () => found(ctx, "doe jane", id),
    byDate: () => found(ctx, "1990-01-01", id),
    byNam: () => found(ctx, "DOEJ90010116", id),
    rows: async () => {
      const count = await withStaff(ctx, (db) =>
        db.patientContact.count({ where: { clinicId: clinic.id, patientId: id } }),
      );
      if (count === 0) throw Object.assign(new Error(), { code: "NotFound" });
    },
  };
  const seen: string[] = [];
  for (const [way, look] of Object.entries(ways)) {
    const refusal = await look().then(
      () => undefined,
      (error: { code: string }) => error.code,
    );
    if (refusal !== "NotFound") seen.push(way);
  }
  return seen;
}
const everyWay = ["read", "versions", "nam", "update", "byName", "byDate", "byNam", "rows"];

async function found(ctx: ClinicContext, text: string, id: string): Promise<void> {
  const { patients } = await findPatients(ctx, { text, limit: 50 });
  if (!patients.some((one) => one.id === id)) throw Object.assign(new Error(), { code: "NotFound" });
}

const makeJane = () => makePatient(clinic.owner.ctx, { ...jane, nam, knownDuplicates: known });
const known: string[] = [];
async function newJane(): Promise<PatientView> {
  const patient = await makeJane();
  known.push(patient.id);
  return patient;
}

describe("AC-19: a patient's written restriction", () => {
  it("closes the patient to the one provider that it names, everywhere, and to nobody else", async () => {
    const patient = await newJane();
    expect(await seenBy(named.ctx, patient)).toEqual(everyWay);
    const restriction = await restrictPatient(clinic.owner.ctx, notice(patient.id, byName()));
    expect(restriction).toMatchObject({
      userId: named.userId,
      role: null,
      informedBy: clinic.owner.userId,
      signerName: "Jane Doe",
    });
    expect(await seenBy(named.ctx, patient)).toEqual([]);
    expect(await seenBy(other.ctx, patient)).toEqual(everyWay);
    await endRestriction(clinic.owner.ctx, { id: restriction.id, version: 1, reason: "Demande de la patiente" });
    expect(await seenBy(named.ctx, patient)).toEqual(everyWay);
  });

  it("closes the patient to a category of providers", async () => {
    const patient = await newJane();
    const trainee = await makeMember(clinic, "trainee");
    await restrictPatient(clinic.owner.ctx, notice(patient.id, { kind: "role", role: "trainee" }));
    expect(await seenBy(trainee.ctx, patient)).toEqual([]);
    expect(await seenBy(named.ctx, patient)).toEqual(everyWay);
  });

  it("closes only the category of information that it names, of only this patient", async () => {
    const [patient, neighbour] = [await newJane(), await newJane()];
    await restrictPatient(clinic.owner.ctx, notice(patient.id, byName(), { category: "identity" }));
    expect(await seenBy(named.ctx, patient)).toEqual([]);
    expect(await seenBy(named.ctx, neighbour)).toEqual(everyWay);
  });

  it("does not let whoever it names take it back", async () => {
    const patient = await newJane();
    const { id } = await restrictPatient(clinic.owner.ctx, notice(patient.id, byName()));
    await expect(endRestriction(named.ctx, { id, version: 1, reason: "non" })).rejects.toMatchObject({
      code: "Forbidden",
    });
    await expect(endRestriction(other.ctx, { id, version: 7, reason: "oui" })).rejects.toMatchObject({ key: "stale" });
    expect(await listRestrictions(other.ctx, { patientId: patient.id })).toMatchObject([
      { id, endedAt: null, version: 1 },
    ]);
  });

  it("wants a signed notice: a date that has come, a signer, the risks explained, a member of this clinic", async () => {
    const patient = await newJane();
    const stranger = (await makeClinic()).owner;
    const { ctx } = clinic.owner;
    for (const [target, more, fields] of [
      [byName(), { signedOn: "2190-01-01" }, { signedOn: "patient.dateInFuture" }],
      [{ kind: "member", userId: stranger.userId }, {}, { "target.userId": "privacy.noSuchMember" }],
    ] as const) {
      await expect(restrictPatient(ctx, notice(patient.id, target, more))).rejects.toMatchObject({
        code: "Invalid",
        fields,
      });
    }
    for (const more of [
      { signerName: " " },
      { signerContact: "" },
      { risksExplained: false },
      { signedOn: "2026-02-30" },
    ]) {
      expect(() => notice(patient.id, byName(), more)).toThrow();
    }
    await expect(restrictPatient(ctx, notice(newId(), byName()))).rejects.toMatchObject({ code: "NotFound" });
    const assistant = await makeMember(clinic, "assistant");
    await expect(restrictPatient(assistant.ctx, notice(patient.id, byName()))).rejects.toMatchObject({
      code: "Forbidden",
    });
  });
});

describe("AC-21: breaking the glass", () => {
  const journal = (ctx: ClinicContext, patientId: string) =>
    withStaff(ctx, (db) =>
      db.auditEvent.findMany({
        where: { clinicId: clinic.id, patientId, agentId: named.userId },
        orderBy: { id: "asc" },
        select: { event: true, ground: true },
      }),
    );

  it("opens one patient to one person, journaled before anything is shown, and tells the person in charge of privacy", async () => {
    const [patient, neighbour] = [await newJane(), await newJane()];
    for (const one of [patient, neighbour]) await restrictPatient(clinic.owner.ctx, notice(one.id, byName()));
    const glass = await breakGlass(named.ctx, { patientId: patient.id, reason });
    const through = { ...named.ctx, breakGlassId: glass.id };
    expect((await readPatient(through, { id: patient.id })).displayName).toBe("Jane Doe");
    expect(await seenBy(through, patient)).toEqual(everyWay);
    expect(await seenBy(through, neighbour)).toEqual([]);
    expect(await seenBy(named.ctx, patient)).toEqual([]);
    expect((await journal(clinic.owner.ctx, patient.id)).slice(0, 2)).toEqual([
      { event: "patient.glass-broken", ground: "break-glass" },
      { event: "patient.read", ground: "break-glass" },
    ]);

    const [sent] = await withStaff(
      clinic.owner.ctx,
      (db) =>
        db.$queryRaw<{ id: string; subject: Record<string, string>; locale: "fr" }[]>`
        select id, subject, locale from queue.delivery where clinic_id = ${clinic.id}::uuid and kind = 'break-glass'`,
    );
    expect(sent?.subject).toEqual({ breakGlassId: glass.id });
    const worker = { requestId: newId(), job: "deliver-mail", clinicId: clinic.id };
    const mail = await composeBreakGlass(worker, {
      deliveryId: sent?.id ?? "",
      locale: "fr",
      subject: sent?.subject ?? {},
    });
    expect(mail).toMatchObject({
      to: clinic.owner.email,
      values: { path: `/clinic/${clinic.slug}/privacy` },
    });
    expect(JSON.stringify(mail)).not.toMatch(/Doe|Inconsciente/);
  });

  it("serves nobody else, and nobody once it has expired", async () => {
    const patient = await newJane();
    await restrictPatient(clinic.owner.ctx, notice(patient.id, byName()));
    await restrictPatient(clinic.owner.ctx, notice(patient.id, { kind: "member", userId: other.userId }));
    const glass = await breakGlass(named.ctx, { patientId: patient.id, reason });
    expect(await seenBy({ ...other.ctx, breakGlassId: glass.id }, patient)).toEqual([]);
    expect(await seenBy({ ...named.ctx, breakGlassId: newId() }, patient)).toEqual([]);
    const past = new Date(Date.now() - (glassMinutes + 1) * 60_000);
    const expired = await breakGlass(named.ctx, { patientId: patient.id, reason }, past);
    expect(await seenBy({ ...named.ctx, breakGlassId: expired.id }, patient)).toEqual([]);
  });

  it("finds a closed record by its very number, for who may break the glass, and by nothing less", async () => {
    const patient = await newJane();
    await restrictPatient(clinic.owner.ctx, notice(patient.id, byName()));
    const closed = async (ctx: ClinicContext, text: string) => (await findPatients(ctx, { text, limit: 50 })).closed;
    expect(await closed(named.ctx, "DOEJ90010116")).toContain(patient.id);
    for (const text of [patient.fileNumber, `#${patient.fileNumber}`])
      expect(await closed(named.ctx, text)).toEqual([patient.id]);
    for (const text of ["doe jane", "1990-01-01"]) expect(await closed(named.ctx, text)).toEqual([]);
    const assistant = await makeMember(clinic, "assistant");
    await restrictPatient(clinic.owner.ctx, notice(patient.id, { kind: "member", userId: assistant.userId }));
    expect(await closed(assistant.ctx, "DOEJ90010116")).toEqual([]);
  });

  it("asks for a documented reason, for something to break, and for the right to", async () => {
    const patient = await newJane();
    await expect(breakGlass(named.ctx, { patientId: patient.id, reason })).rejects.toMatchObject({
      code: "Precondition",
      key: "privacy.notRestricted",
    });
    await restrictPatient(clinic.owner.ctx, notice(patient.id, byName()));
    await expect(breakGlass(named.ctx, { patientId: patient.id, reason: "urgent" })).rejects.toMatchObject({
      code: "Invalid",
    });
    const assistant = await makeMember(clinic, "assistant");
    await expect(breakGlass(assistant.ctx, { patientId: patient.id, reason })).rejects.toMatchObject({
      code: "Forbidden",
    });
    expect(await journal(clinic.owner.ctx, patient.id)).toEqual([]);
  });
});

import { isValidElement, type ReactElement, type ReactNode } from "react";
import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { PrescriptionPages } from "#server/medication-request/prescription-pdf.tsx";
import type { SignedContent } from "#server/medication-request/record.ts";
import { type PrescriptionItem, preparePrescriptionInput } from "#server/medication-request/schema.ts";
import { todayIn } from "#server/patient/today.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import { amlodipine, giveCard, makePrescriber } from "#tests/factories/prescriber.ts";

let clinic: TestClinic;
let doctor: TestMember;
const call = (who = doctor) => callerOf(who, clinic);
async function someone(more: object = {}, ...members: TestMember[]) {
  const { id } = await makePatient(clinic.owner.ctx, { birthDate: "1958-03-14", ...more });
  for (const member of [doctor, ...members]) await opens(member, id);
  return id;
}
const today = todayIn("America/Toronto");

beforeAll(async () => {
  clinic = await makeClinic("Clinique Rive-Claire");
  doctor = await makePrescriber(clinic, { permitNumber: "00412" });
});

async function sign(
  patientId: string,
  items: PrescriptionItem[],
  replacesId: string | null = null,
  restarts: { medicationId: string; version: number }[] = [],
) {
  const id = newId();
  const { version } = await call().prescription.prepare({ id, patientId, version: 0, items, replacesId });
  return call().prescription.sign({ id, version, restarts });
}

const stored = (id: string) =>
  withStaff(doctor.ctx, (db) => db.prescription.findFirstOrThrow({ where: { clinicId: clinic.id, id } }));

/** What a reader of the page would read, in order. */
function textOf(node: ReactNode): string {
  if (typeof node === "string" || typeof node === "number") return String(node);
  if (Array.isArray(node)) return node.map(textOf).join("\n");
  if (!isValidElement(node)) return "";
  const { type, props } = node as ReactElement<{
    children?: ReactNode;
    end?: ReactNode;
    render?: (at: object) => ReactNode;
  }>;
  if (typeof type === "function") return textOf((type as (props: object) => ReactNode)(props));
  return textOf(props.render ? props.render({ pageNumber: 1, totalPages: 1 }) : props.children);
}

describe("OSC-9: list, favourite, renewal, print", () => {
  it("prescribes with DIN and repeats, keeps a favourite, renews many at once with one dose changed, and the list follows", async () => {
    const patientId = await someone();
    const items = [
      amlodipine({ strength: "5 mg" }),
      amlodipine({ label: "Candésartan", strength: "16 mg" }),
      amlodipine({ label: "Empagliflozine" }),
      amlodipine({
        label: "Metformine",
        strength: "500 mg",
        frequency: "2-day",
        quantity: "180",
        note: "Pilulier\nà la semaine",
      }),
    ];
    const first = await sign(patientId, items);
    expect(first.number).toMatch(/^\d{4}-\d{6}$/);
    const favouriteId = newId();
    const { medicationId: _id, replaces: _replaces, ...card } = amlodipine();
    await call().medication.saveFavourite({ id: favouriteId, ...card });

    const before = await call().medication.read({ patientId });
    expect(before.favourites).toMatchObject([{ id: favouriteId, label: "Amlodipine", din: "99110020", repeats: 3 }]);
    expect(before.medications).toHaveLength(4);
    expect(before.medications[0]).toMatchObject({
      status: "active",
      prescribedOn: today,
      din: "99110020",
      ingredientCodes: "11",
      dataVersion: "2026-11-01",
    });

    const again = items.map((item) =>
      item.strength === "5 mg" ? { ...item, strength: "10 mg", replaces: "5 mg" } : item,
    );
    await sign(patientId, again);
    const after = await call().medication.read({ patientId });
    expect(after.medications.map(({ label, strength, status }) => [label, strength, status])).toEqual([
      ["Amlodipine", "10 mg", "active"],
      ["Candésartan", "16 mg", "active"],
      ["Empagliflozine", "10 mg", "active"],
      ["Metformine", "500 mg", "active"],
    ]);
    expect(after.prescriptions.map(({ status }) => status)).toEqual(["signed", "signed"]);
    // The dose before is kept.
    const versions = await withStaff(doctor.ctx, (db) =>
      db.recordVersion.findMany({
        where: { clinicId: clinic.id, entity: "medication", entityId: items[0]?.medicationId ?? "" },
      }),
    );
    expect(versions.map(({ content }) => (content as { strength: string }).strength)).toEqual(["5 mg"]);
  });

  it("complaint 13: renewed, then saved, a drug stays active and its additional notes stay whole", async () => {
    const patientId = await someone();
    const item = amlodipine({ note: "Première ligne\nDeuxième ligne", instructions: "le matin" });
    await sign(patientId, [item]);
    const [drug] = (await call().medication.read({ patientId })).medications;
    if (!drug) throw new Error("the list lost the drug");
    const { version } = await call().medication.stop({ id: drug.id, version: drug.version, reason: "Essai sans" });
    await sign(patientId, [item], null, [{ medicationId: drug.id, version }]);
    const [renewed] = (await call().medication.read({ patientId })).medications;
    expect(renewed).toMatchObject({
      status: "active",
      note: "Première ligne\nDeuxième ligne",
      instructions: "le matin",
      stopReason: "",
    });
  });

  it("starts, stops with a reason, sets aside a mistake, and says who went through the list", async () => {
    const patientId = await someone();
    const { medicationId: id, replaces: _replaces, ...card } = amlodipine();
    await call().medication.add({
      id,
      patientId,
      ...card,
      reason: "Hypertension",
      started: "2019-05",
      origin: "elsewhere",
    });
    await call().medication.add({ id, patientId, ...card });
    expect(await refusal(call().medication.add({ id: newId(), patientId, ...card, started: "2999" }))).toMatchObject({
      fields: { started: "record.future" },
    });
    const { version } = await call().medication.change({ id, version: 1, ...card, reason: "HTA" });
    expect(await refusal(call().medication.change({ id, version: 1, ...card }))).toMatchObject({
      key: "stale",
      details: { current: { reason: "HTA" } },
    });
    await call().medication.stop({ id, version, reason: "Œdème des chevilles" });
    await call().medication.review({ id: newId(), patientId });
    const { medications, reviewed } = await call().medication.read({ patientId });
    expect(medications).toMatchObject([{ status: "stopped", stopped: today, stopReason: "Œdème des chevilles" }]);
    expect(reviewed?.by).not.toBe("");
    await call().medication.markInError({ id, version: version + 1, reason: "Un autre patient" });
    expect((await call().medication.read({ patientId })).medications).toEqual([]);
  });

  it("AC-60: allergies are shown as they are written, and nothing is compared with them", async () => {
    const patientId = await someone();
    await call().allergy.add({
      id: newId(),
      patientId,
      substance: "Amlodipine",
      reaction: "urticaire",
      severity: "severe",
    });
    expect((await sign(patientId, [amlodipine()])).version).toBe(2);
    expect((await call().medication.read({ patientId })).allergies).toEqual([
      { kind: "allergy", substance: "Amlodipine", reaction: "urticaire", severity: "severe" },
    ]);
  });

  it("prints the current medications, without a NAM, and journals it", async () => {
    const patientId = await someone();
    await sign(patientId, [amlodipine()]);
    const { name, pdf } = await call().medication.print({ patientId });
    expect(name).toBe(`medicaments-${today}.pdf`);
    expect(Buffer.from(pdf, "base64").subarray(0, 5).toString()).toBe("%PDF-");
    expect(await events(patientId, "medication.printed")).toBe(1);
  });
});

const events = (patientId: string, event: string) =>
  withStaff(clinic.owner.ctx, (db) => db.auditEvent.count({ where: { clinicId: clinic.id, patientId, event } }));

describe("what a colleague stopped between preparing and signing", () => {
  async function renewing() {
    const colleague = await makePrescriber(clinic);
    const patientId = await someone({}, colleague);
    const item = amlodipine({ label: "Warfarine", strength: "5 mg" });
    await sign(patientId, [item]);
    const id = newId();
    await call().prescription.prepare({ id, patientId, version: 0, items: [item] });
    const drug = { id: item.medicationId, version: 1 };
    const list = async () => (await call().medication.read({ patientId })).medications;
    return { colleague, patientId, item, id, drug, list };
  }

  it("is not made active again: the refusal says who, when and why, and only whoever read that prescribes it", async () => {
    const { colleague, item, id, drug, list } = await renewing();
    const reason = "Hémorragie digestive";
    const { version } = await call(colleague).medication.stop({ ...drug, reason });
    const { medicationId } = item;
    const ended = [
      { medicationId, version, label: "Warfarine", strength: "5 mg", status: "stopped", on: today, reason },
    ];
    const refused = await refusal(call().prescription.sign({ id, version: 1 }));
    expect(refused).toMatchObject({ code: "Conflict", key: "prescription.ended", details: { ended } });
    expect((refused.details as { ended: { by: string }[] }).ended[0]?.by).not.toBe("");
    expect(await list()).toMatchObject([{ status: "stopped", stopReason: reason }]);
    expect((await stored(id)).status).toBe("prepared");

    const before = [{ medicationId, version: version - 1 }];
    expect(await refusal(call().prescription.sign({ id, version: 1, restarts: before }))).toMatchObject({
      key: "prescription.ended",
    });
    await call().prescription.sign({ id, version: 1, restarts: [{ medicationId, version }] });
    expect(await list()).toMatchObject([{ status: "active", stopReason: "" }]);
  });

  it("a drug that was set aside as a mistake is not prescribed anew, whatever is chosen", async () => {
    const { colleague, item, id, drug } = await renewing();
    const { version } = await call(colleague).medication.markInError({ ...drug, reason: "Un autre patient" });
    const restarts = [{ medicationId: item.medicationId, version }];
    expect(await refusal(call().prescription.sign({ id, version: 1, restarts }))).toMatchObject({
      details: { ended: [{ status: "entered-in-error", reason: "Un autre patient" }] },
    });
  });

  it("signed and stopped at once, one of the two is refused, and the list is of the other", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { colleague, id, drug, list } = await renewing();
      const [signed, stopped] = await Promise.allSettled([
        call().prescription.sign({ id, version: 1 }),
        call(colleague).medication.stop({ ...drug, reason: "Saignement" }),
      ]);
      expect([signed.status, stopped.status].sort()).toEqual(["fulfilled", "rejected"]);
      expect((await list())[0]?.status).toBe(signed.status === "fulfilled" ? "active" : "stopped");
    }
  });
});

describe("a prescription says what it lacks, and is numbered without a gap", () => {
  it("refuses what is incomplete, by item and part, and nonsense units", async () => {
    const patientId = await someone();
    const id = newId();
    const items = [amlodipine(), amlodipine({ dose: "", doseUnit: "", durationDays: null, repeats: null })];
    await call().prescription.prepare({ id, patientId, version: 0, items });
    expect(await refusal(call().prescription.sign({ id, version: 1 }))).toMatchObject({
      key: "prescription.incomplete",
      fields: {
        "items.1.dose": "medication.missing",
        "items.1.durationDays": "medication.missing",
        "items.1.repeats": "medication.missing",
      },
    });
    const bad = amlodipine({ doseUnit: "ml" });
    const judged = preparePrescriptionInput.safeParse({ id, patientId, version: 1, items: [bad] });
    expect(judged.error?.issues).toMatchObject([{ path: ["items", 0, "dose"], message: "medication.unitForm" }]);
    await expect(call().prescription.prepare({ id, patientId, version: 1, items: [bad] })).rejects.toThrow();
    await call().prescription.prepare({ id, patientId, version: 1, items: [amlodipine()] });
    expect((await call().prescription.sign({ id, version: 2 })).version).toBe(3);
  });

  it("twelve signed at once take twelve numbers in a row, and a refusal leaves no hole", async () => {
    const other = await makeClinic();
    const member = await makePrescriber(other);
    const caller = callerOf(member, other);
    const prepare = async (item = amlodipine()) => {
      const [id, patientId] = [newId(), (await makePatient(other.owner.ctx)).id];
      await opens(member, patientId);
      await caller.prescription.prepare({ id, patientId, version: 0, items: [item] });
      return id;
    };
    const ids: string[] = [];
    for (let nth = 0; nth < 12; nth += 1) ids.push(await prepare());
    const lacking = await prepare(amlodipine({ quantity: "" }));
    const answers = await Promise.allSettled(
      [lacking, ...ids].map((id) => caller.prescription.sign({ id, version: 1 })),
    );
    expect(answers.filter(({ status }) => status === "rejected")).toHaveLength(1);
    const numbers = await withStaff(member.ctx, (db) =>
      db.prescription.findMany({
        where: { clinicId: other.id, number: { not: null } },
        select: { number: true },
        orderBy: { number: "asc" },
      }),
    );
    expect(numbers.map(({ number }) => number)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
  });

  it("a save whose answer was lost is sent again and is one save; another window's is told, with what it holds", async () => {
    const patientId = await someone();
    const id = newId();
    const save = (version: number, items: PrescriptionItem[]) =>
      call().prescription.prepare({ id, patientId, version, items });
    const [first, second] = [amlodipine(), amlodipine({ repeats: 3 })];
    await save(0, [first]);
    expect(await save(0, [first])).toEqual({ id, version: 1 });
    expect(await save(1, [first, second])).toEqual({ id, version: 2 });
    expect(await save(1, [first, second])).toEqual({ id, version: 2 });
    expect(await refusal(save(1, [second]))).toMatchObject({
      code: "Conflict",
      key: "stale",
      details: { current: { status: "prepared", version: 2, content: { items: [first, second] } } },
    });
    expect(await events(patientId, "prescription.prepared")).toBe(1);
    // Begun, it is nothing that happened; signed, it is one prescription of its day.
    expect(await call().timeline.read({ patientId })).toEqual([]);
    await call().prescription.sign({ id, version: 2 });
    expect(await call().timeline.read({ patientId })).toMatchObject([{ counts: { prescription: 1 } }]);
  });

  it("two windows that sign the same group sign it once, and are told the same number", async () => {
    const patientId = await someone();
    const id = newId();
    await call().prescription.prepare({ id, patientId, version: 0, items: [amlodipine()] });
    const [one, other] = await Promise.all([
      call().prescription.sign({ id, version: 1 }),
      call().prescription.sign({ id, version: 1 }),
    ]);
    expect(one).toEqual(other);
    expect(await events(patientId, "prescription.signed")).toBe(1);
    // A second group of one's own for the same patient is the first one's window.
    const next = newId();
    await call().prescription.prepare({ id: next, patientId, version: 0, items: [amlodipine()] });
    expect(
      await refusal(call().prescription.prepare({ id: newId(), patientId, version: 0, items: [amlodipine()] })),
    ).toMatchObject({
      key: "prescription.otherPrepared",
      details: { id: next },
    });
  });
});

describe("AC-50: signed, it is whole and never altered", () => {
  it("prints all that the regulation asks, and the same bytes when made again", async () => {
    const patientId = await someone({ familyName: "Bouchard-Tremblay", givenName: "Ginette" });
    const items = [
      amlodipine({ replaces: "5 mg", noSubstitution: "allergie à un excipient", note: "Pilulier" }),
      amlodipine({ label: "Metformine", strength: "500 mg", frequency: "2-day", quantity: "180" }),
    ];
    const { id, number } = await sign(patientId, items);
    const row = await stored(id);
    const content = row.content as unknown as SignedContent;
    const page = textOf(PrescriptionPages({ content, nam: "BOUG 5853 1417", voided: null }));
    for (const said of [
      "Clinique Rive-Claire",
      `Nº ${number}`,
      `Date : ${today}`,
      "Ginette Bouchard-Tremblay",
      "Date de naissance : 1958-03-14",
      "NAM : BOUG 5853 1417",
      "Dre Maude Lavallée",
      "Médecin",
      "Permis nº 00412",
      "Signature",
      "Amlodipine 10 mg, Comprimé",
      "(remplace 5 mg, à cesser)",
      "1 comprimé, 1 fois par jour, pendant 90 jours · voie orale",
      "Quantité : 90 comprimés (quatre-vingt-dix) · Renouvellements : 3 (trois)",
      "Quantité : 180 comprimés (cent quatre-vingts) · Renouvellements : 3 (trois)",
      "Ne pas substituer : allergie à un excipient",
      "Note au pharmacien : Pilulier",
      "DIN 99110020",
      "Page 1 de 1",
    ])
      expect(page.replaceAll(/\s+/g, " ")).toContain(said.replaceAll(/\s+/g, " "));
    const one = await call().prescription.print({ id });
    const other = await call().prescription.print({ id });
    expect(other.pdf).toBe(one.pdf);
    const bytes = Buffer.from(one.pdf, "base64").toString("latin1");
    expect(bytes).toContain("/Lang (fr-CA)");
    expect(bytes).not.toContain("Ginette");
    expect(await events(patientId, "prescription.printed")).toBe(2);
  });

  it("no update alters what is signed, in the table itself; a line neither joins nor changes", async () => {
    const patientId = await someone();
    const { id, version } = await sign(patientId, [amlodipine()]);
    const where = { clinicId: clinic.id, id };
    const alter = (data: object) =>
      withStaff(doctor.ctx, (db) => db.prescription.updateMany({ where, data: { ...data, version: version + 1 } }));
    const row = await stored(id);
    await expect(alter({ content: { ...(row.content as object), signedOn: "2020-01-01" } })).rejects.toThrow();
    await expect(alter({ status: "prepared" })).rejects.toThrow();
    await expect(alter({ number: 9999 })).rejects.toThrow();
    await expect(
      withStaff(doctor.ctx, async (db) => {
        const line = await db.medicationRequest.findFirstOrThrow({
          where: { clinicId: clinic.id, prescriptionId: id },
        });
        await db.medicationRequest.createMany({ data: { ...line, id: newId(), nth: 2 } });
      }),
    ).rejects.toThrow();
    await expect(
      withStaff(doctor.ctx, (db) =>
        db.medicationRequest.updateMany({ where: { clinicId: clinic.id, prescriptionId: id }, data: { repeats: 12 } }),
      ),
    ).rejects.toThrow();
    expect((await stored(id)).content).toEqual(row.content);
    expect(await refusal(call().prescription.prepare({ id, patientId, version, items: [amlodipine()] }))).toMatchObject(
      { key: "stale" },
    );
  });

  it("a correction names the one it replaces, which says so; a cancellation has its reason", async () => {
    const patientId = await someone();
    const item = amlodipine();
    const first = await sign(patientId, [item]);
    const second = await sign(patientId, [{ ...item, repeats: 1 }], first.id);
    expect((await stored(second.id)).content).toMatchObject({ replaces: first.number });
    expect((await stored(first.id)).status).toBe("replaced");
    await call().prescription.cancel({ id: second.id, version: second.version, reason: "Patient hospitalisé" });
    const row = await stored(second.id);
    expect(row).toMatchObject({ status: "cancelled", cancelReason: "Patient hospitalisé" });
    const page = textOf(
      PrescriptionPages({
        content: row.content as unknown as SignedContent,
        nam: null,
        voided: { kind: "cancelled", reason: row.cancelReason },
      }),
    );
    expect(page.replaceAll(/\s+/g, " ")).toContain("ANNULÉE : Patient hospitalisé");
    expect(await refusal(call().prescription.cancel({ id: first.id, version: 3, reason: "Encore" }))).toMatchObject({
      key: "stale",
    });
  });
});

describe("who may prescribe", () => {
  it("a trainee prepares and their supervisor signs; a nurse, a physiotherapist and the front desk do not sign", async () => {
    const [trainee, nurse, desk] = [
      await makeMember(clinic, "trainee"),
      await makeMember(clinic, "professional"),
      await makeMember(clinic, "assistant"),
    ];
    await giveCard(clinic, nurse, { profession: "nurse" });
    const patientId = await someone({}, trainee, nurse);
    const id = newId();
    await call(trainee).prescription.prepare({ id, patientId, version: 0, items: [amlodipine()] });
    for (const who of [trainee, nurse, desk])
      expect(await refusal(call(who).prescription.sign({ id, version: 1 }))).toMatchObject({ code: "Forbidden" });
    expect((await call().medication.read({ patientId })).prescriptions).toMatchObject([
      { id, status: "prepared", mine: false },
    ]);
    expect((await call().prescription.sign({ id, version: 1 })).version).toBe(2);
  });

  it("a nurse and a dental hygienist prepare; a physiotherapist and a psychologist, who give no drugs, do not, and read the list", async () => {
    const patientId = await someone();
    const prepare = async (profession: string) => {
      const who = await makePrescriber(clinic, { profession });
      await opens(who, patientId);
      await call(who).medication.read({ patientId });
      return refusal(call(who).prescription.prepare({ id: newId(), patientId, version: 0, items: [amlodipine()] }));
    };
    for (const profession of ["nurse", "dental-hygienist"])
      await expect(prepare(profession)).rejects.toThrow("not refused");
    for (const profession of ["physiotherapist", "psychologist"])
      expect(await prepare(profession)).toMatchObject({ code: "Forbidden" });
  });

  it("without a permit number nothing is signed, and the words say where to write it", async () => {
    const member = await makePrescriber(clinic, { permitNumber: "" });
    const id = newId();
    const patientId = await someone({}, member);
    await call(member).prescription.prepare({ id, patientId, version: 0, items: [amlodipine()] });
    expect(await refusal(call(member).prescription.sign({ id, version: 1 }))).toMatchObject({
      key: "prescription.permitMissing",
    });
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { signOff } from "#server/document/sign-off.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import { carryOut } from "#tests/factories/merge.ts";
import { beginTestNote, content, makeTrainee, newTab, saveTestNote, signTestNote } from "#tests/factories/note.ts";
import { makeTask } from "#tests/factories/task.ts";

let clinic: TestClinic;
let doctor: TestMember;
let colleague: TestMember;
const call = (who: TestMember) => callerOf(who, clinic);
const someone = async () => (await makePatient(clinic.owner.ctx)).id;
const basis = async (who: TestMember, patientId: string) => (await call(who).chart.open({ patientId })).basis;
/** What the screen is told: whose chart to ask about. */
const asked = (patientId: string) => ({ code: "Precondition", key: "chart.reasonNeeded", details: { patientId } });

/** The reason that was said, this morning, holds no more. */
const ends = (patientId: string) =>
  asAdmin(database.adminUrl, (admin) =>
    admin.query(
      "update clinic.chart_opening set created_at = now() - interval '13 hours', expires_at = now() - interval '1 hour' where patient_id = $1",
      [patientId],
    ),
  );

beforeAll(async () => {
  clinic = await makeClinic();
  [doctor, colleague] = [await makeMember(clinic, "professional"), await makeMember(clinic, "professional")];
});

describe("AC-22, AC-28: without a ground", () => {
  it("nothing is read, written or journaled; the screen is told whose chart it is; a reason opens all of it", async () => {
    const patientId = await someone();
    const measure = {
      patientId,
      panelId: newId(),
      at: new Date(),
      values: [{ id: newId(), code: "heart-rate", value: "72" }],
    };
    expect(await refusal(call(doctor).summary.read({ patientId }))).toMatchObject(asked(patientId));
    expect(await refusal(call(doctor).observation.record(measure))).toMatchObject(asked(patientId));
    const lines = () =>
      withStaff(clinic.owner.ctx, (db) =>
        db.auditEvent.findMany({ where: { clinicId: clinic.id, patientId, agentId: doctor.userId } }),
      );
    expect(await lines()).toEqual([]);
    await opens(doctor, patientId);
    expect((await call(doctor).summary.read({ patientId })).allergies).toEqual([]);
    await call(doctor).observation.record(measure);
    expect((await lines()).map(({ event }) => event).sort()).toEqual([
      "chart.reason-said",
      "observation.recorded",
      "summary.read",
    ]);
  });

  it("beginning a note makes none, nor signing that of another", async () => {
    const patientId = await someone();
    const begun = call(doctor).note.start({
      id: newId(),
      encounterId: newId(),
      patientId,
      appointmentId: null,
      template: { shipped: "soap.fr" },
      tab: newTab(),
    });
    expect(await refusal(begun)).toMatchObject(asked(patientId));
    const draft = await beginTestNote(clinic, colleague, { patientId });
    const { revision } = await saveTestNote(clinic, colleague, draft, 1, "Toux");
    await call(colleague).note.hold({ id: draft.id, tab: draft.tab, release: true });
    expect(await refusal(call(doctor).note.sign({ id: draft.id, revision }))).toMatchObject(asked(patientId));
    const blind = call(doctor).note.save({
      id: draft.id,
      tab: newTab(),
      revision,
      saveId: newId(),
      ...content("Fièvre"),
    });
    expect(await refusal(blind)).toMatchObject(asked(patientId));
    const [kept] = await withStaff(colleague.ctx, (db) => db.noteDraft.findMany({ where: { noteId: draft.id } }));
    expect(kept).toMatchObject({ revision, closedAt: null });
  });

  it("what was read within the hour is not read again once the reason has ended, though the view only refreshes itself", async () => {
    const patientId = await someone();
    await opens(doctor, patientId);
    const views = [
      () => call(doctor).document.list({ patientId, refresh: true }),
      () => call(doctor).task.list({ list: "all", patientId, refresh: true }),
      () => call(doctor).letter.list({ patientId, refresh: true }),
      () => call(doctor).summary.read({ patientId, refresh: true }),
    ];
    const lines = () =>
      withStaff(clinic.owner.ctx, (db) => db.auditEvent.count({ where: { clinicId: clinic.id, patientId } }));
    for (const view of views) await view();
    const once = await lines();
    for (const view of views) await view();
    // Told once for the hour.
    expect(await lines()).toBe(once);
    await ends(patientId);
    for (const view of views) expect(await refusal(view())).toMatchObject(asked(patientId));
    await opens(doctor, patientId);
    for (const view of views) await view();
  });

  it("coming late shows nothing of what stands there: whoever has a ground no more is asked first", async () => {
    const patientId = await someone();
    await opens(doctor, patientId);
    const id = newId();
    await call(doctor).condition.add({ id, patientId, label: "Trouble bipolaire" });
    await ends(patientId);
    const late = { id, label: "Anxiété", version: 7 };
    expect(await refusal(call(doctor).condition.change(late))).toMatchObject(asked(patientId));
    await opens(doctor, patientId);
    expect(await refusal(call(doctor).condition.change(late))).toMatchObject({ code: "Conflict", key: "stale" });
  });

  it("nothing is compared first: what stands in the chart and what does not are refused alike", async () => {
    const patientId = await someone();
    await opens(colleague, patientId);
    await call(colleague).allergy.add({ id: newId(), patientId, substance: "Pénicilline" });
    const clear = await someone();
    const desk = await makeMember(clinic, "assistant");
    const reportId = await sendFile(desk, aLetter("Résultat"));
    await fileDocument(desk.ctx, { id: reportId, version: 1, patientId, ...card });
    const add = (substance: string) => () => call(doctor).allergy.add({ id: newId(), patientId, substance });
    const none = (of: string) => call(doctor).allergy.stateNone({ id: newId(), patientId: of });
    const record = (report: string) => () =>
      call(doctor).observation.record({
        ...{ patientId, panelId: newId(), at: new Date(), reportId: report },
        values: [{ id: newId(), code: "heart-rate", value: "72" }],
      });
    const attempts = [add("Pénicilline"), add("Iode"), () => none(patientId), record(reportId), record(newId())];
    for (const attempt of attempts) expect(await refusal(attempt())).toMatchObject(asked(patientId));
    expect(await refusal(none(clear))).toMatchObject(asked(clear));
    // Nor is the birth told by a date that cannot be.
    const early = call(doctor).condition.add({ id: newId(), patientId, label: "Asthme", onset: "1850" });
    expect(await refusal(early)).toMatchObject(asked(patientId));
  });

  it("nor is a prescription or a letter, whose faults would say what they lack", async () => {
    const patientId = await someone();
    await opens(doctor, patientId);
    const id = newId();
    await call(doctor).letter.start({ id, patientId, templateId: null });
    await ends(patientId);
    expect(await refusal(call(doctor).letter.sign({ id, revision: 1 }))).toMatchObject(asked(patientId));
    expect(await refusal(call(doctor).letter.sign({ id, revision: 7 }))).toMatchObject(asked(patientId));
  });

  it("coming late after two records became one asks about the one that is left", async () => {
    const [kept, gone] = [await makePatient(clinic.owner.ctx), await makePatient(clinic.owner.ctx)];
    await opens(doctor, kept.id, gone.id);
    const ids = [newId(), newId()];
    for (const [rank, id] of ids.entries())
      await call(doctor).condition.add({ id, patientId: gone.id, label: `Problème ${rank}` });
    await call(clinic.owner).patient.merge({
      ...{
        id: newId(),
        survivorId: kept.id,
        survivorVersion: kept.version,
        mergedId: gone.id,
        mergedVersion: gone.version,
      },
      reason: "Inscrit deux fois",
    });
    await carryOut(clinic);
    const id = ids[0] ?? "";
    const change = () => call(doctor).condition.change({ id, label: "Asthme", version: 7 });
    // The line of the journal stays the other record's, which nobody opens any more.
    const refuse = () =>
      withStaff(doctor.ctx, async (db) => {
        throw await refuseStale(db, doctor.ctx, id, { lastUpdated: new Date() });
      });
    expect(await refusal(change())).toMatchObject({ code: "Conflict", key: "stale" });
    await expect(refuse()).rejects.toMatchObject({ code: "Conflict", key: "stale" });
    await ends(kept.id);
    expect(await refusal(change())).toMatchObject(asked(kept.id));
    await expect(refuse()).rejects.toMatchObject(asked(kept.id));
  });

  it("a task that one gives oneself is none", async () => {
    const patientId = await someone();
    await makeTask(doctor, { patientId, owner: { kind: "user", userId: doctor.userId } });
    expect(await basis(doctor, patientId)).toBeNull();
  });

  it("what one takes into one's own hands is none: another's task, one that was closed long ago, a document to review", async () => {
    const patientId = await someone();
    const own = { kind: "user" as const, userId: doctor.userId };
    const theirs = { kind: "user" as const, userId: colleague.userId };
    const id = await makeTask(colleague, { patientId, clinical: true, owner: theirs });
    const { title, detail, priority } = await call(colleague).task.read({ id });
    const words = { id, version: 1, title, detail, priority, clinical: true, dueOn: null, repeat: null };
    const change = { ...words, owner: own, escalateAfterDays: null, escalatesTo: null };
    for (const owner of [own, { kind: "role" as const, role: "professional" as const }]) {
      const taken = call(doctor).task.reassign({ items: [{ id, version: 1 }], owner });
      expect(await refusal(taken)).toMatchObject(asked(patientId));
      expect(await refusal(call(doctor).task.change({ ...change, owner }))).toMatchObject(asked(patientId));
    }
    const told = { ...change, owner: theirs, escalateAfterDays: 1, escalatesTo: own };
    expect(await refusal(call(doctor).task.change(told))).toMatchObject(asked(patientId));
    const old = await makeTask(colleague, { patientId, owner: own });
    await call(doctor).task.complete({ id: old, version: 1 });
    await call(doctor).task.reopen({ id: old, version: 2 });
    await call(doctor).task.complete({ id: old, version: 3 });
    await asAdmin(database.adminUrl, async (admin) => {
      await admin.query("set session_replication_role = replica");
      await admin.query("update clinic.task set closed_at = now() - interval '2 days' where id = $1", [old]);
    });
    expect(await refusal(call(doctor).task.reopen({ id: old, version: 4 }))).toMatchObject(asked(patientId));
    const desk = await makeMember(clinic, "assistant");
    const document = await sendFile(desk, aLetter("Résultat"));
    await fileDocument(desk.ctx, { id: document, version: 1, patientId, ...card });
    const address = { id: document, version: 2, noteId: newId(), urgent: false, comment: "" };
    const mine = call(doctor).document.address({ ...address, reviewerId: doctor.userId });
    expect(await refusal(mine)).toMatchObject(asked(patientId));
    expect(await basis(doctor, patientId)).toBeNull();
    // To give it on, as the front desk does, asks nothing; nor does taking what is the patient's own.
    await call(doctor).document.address({ ...address, reviewerId: colleague.userId });
    await opens(doctor, patientId);
    await call(doctor).task.reassign({ items: [{ id, version: 1 }], owner: own });
  });

  it("a record that one opened is none once another was joined to it", async () => {
    const old = await makePatient(clinic.owner.ctx);
    const mine = await makePatient(doctor.ctx);
    expect(await basis(doctor, mine.id)).toBe("assigned");
    const versions = { survivorVersion: mine.version, mergedVersion: old.version };
    await call(doctor).patient.merge({
      ...{ id: newId(), survivorId: mine.id, mergedId: old.id, reason: "Inscrit deux fois" },
      ...versions,
    });
    await carryOut(clinic);
    expect(await basis(doctor, mine.id)).toBeNull();
  });

  it("what staff write of care is read and answered by whoever was called to it", async () => {
    const patientId = await someone();
    const nurse = await makeMember(clinic, "professional");
    const participants = [{ kind: "user" as const, userId: nurse.userId }];
    const begin = async (clinical: boolean) => {
      const id = newId();
      const words = { subject: "Pansement", body: "À refaire jeudi.", participants, clinical };
      await call(colleague).discussion.start({ id, messageId: newId(), patientId, ...words });
      return id;
    };
    const id = await begin(true);
    const reply = (who: TestMember) => call(who).discussion.reply({ id: newId(), discussionId: id, body: "Bien." });
    expect(await refusal(call(doctor).discussion.read({ id }))).toMatchObject(asked(patientId));
    expect(await refusal(reply(doctor))).toMatchObject(asked(patientId));
    for (const one of [colleague, nurse]) {
      await reply(one);
      expect((await call(one).discussion.read({ id })).mine).toBe(true);
    }
    expect((await call(doctor).discussion.read({ id: await begin(false) })).mine).toBe(false);
    await opens(doctor, patientId);
    expect((await call(doctor).discussion.read({ id })).messages).toHaveLength(3);
  });

  it("the front desk, which sees nothing of care, is not asked", async () => {
    const patientId = await someone();
    const desk = await makeMember(clinic, "assistant");
    expect(await basis(desk, patientId)).toBe("administration");
    const id = await sendFile(desk, aLetter("Résultat"));
    await fileDocument(desk.ctx, { id, version: 1, patientId, ...card });
    expect((await call(desk).document.read({ id })).id).toBe(id);
  });
});

describe("AC-22: what is in one's hands is a ground", () => {
  it("a task from another, until some hours after it is done", async () => {
    const patientId = await someone();
    const id = await makeTask(colleague, { patientId, owner: { kind: "user", userId: doctor.userId } });
    expect(await basis(doctor, patientId)).toBe("assigned");
    await call(doctor).task.complete({ id, version: 1 });
    expect(await basis(doctor, patientId)).toBe("assigned");
    await makeTask(colleague, { patientId, owner: { kind: "role", role: "assistant" } });
    expect(await basis(colleague, patientId)).toBeNull();
  });

  it("a document to review, and signing it off", async () => {
    const patientId = await someone();
    const desk = await makeMember(clinic, "assistant");
    const id = await sendFile(desk, aLetter("Résultat"));
    await fileDocument(desk.ctx, { id, version: 1, patientId, ...card, reviewerId: doctor.userId });
    expect(await basis(colleague, patientId)).toBeNull();
    expect(await basis(doctor, patientId)).toBe("assigned");
    const { version } = await call(doctor).document.read({ id });
    await signOff(doctor.ctx, { id, version, noteId: newId(), comment: "" });
    expect(await basis(doctor, patientId)).toBe("assigned");
  });

  it("what the front desk asks of a whole role or profession opens no chart to all of them, unless it is of care", async () => {
    const nurse = await makeMember(clinic, "professional");
    await asAdmin(database.adminUrl, (admin) =>
      admin.query("update identity.membership set profession = 'nurse' where clinic_id = $1 and user_id = $2", [
        clinic.id,
        nurse.userId,
      ]),
    );
    const desk = await makeMember(clinic, "assistant");
    const owners = [
      { kind: "role" as const, role: "professional" as const },
      { kind: "profession" as const, profession: "nurse" as const },
    ];
    for (const owner of owners) {
      const [plain, care, named] = [await someone(), await someone(), await someone()];
      await makeTask(desk, { patientId: plain, owner });
      await makeTask(colleague, { patientId: care, clinical: true, owner });
      await makeTask(desk, { patientId: named, owner: { kind: "user", userId: nurse.userId } });
      expect(await basis(nurse, plain)).toBeNull();
      expect(await basis(nurse, care)).toBe("assigned");
      expect(await basis(nurse, named)).toBe("assigned");
    }
  });

  it("a note that one signed, until it is said to be an error", async () => {
    const patientId = await someone();
    await opens(doctor, patientId);
    const { id } = await signTestNote(clinic, doctor, { patientId });
    await ends(patientId);
    expect(await basis(doctor, patientId)).toBe("care-team");
    await call(doctor).note.markInError({ id, version: 2, reason: "Mauvais dossier" });
    expect(await basis(doctor, patientId)).toBeNull();
  });

  it("a note to finish, to co-sign, and then having signed it: one is of the care team", async () => {
    const patientId = await someone();
    const trainee = await makeTrainee(clinic, doctor);
    const draft = await beginTestNote(clinic, trainee, { patientId });
    const { revision } = await saveTestNote(clinic, trainee, draft, 1, "Toux");
    expect(await basis(doctor, patientId)).toBeNull();
    await call(trainee).note.sign({ id: draft.id, revision });
    expect(await basis(doctor, patientId)).toBe("assigned");
    await call(doctor).note.cosign({ id: draft.id, version: 2 });
    expect(await basis(doctor, patientId)).toBe("care-team");
    const nurse = await makeMember(clinic, "professional");
    const other = await someone();
    await signTestNote(clinic, nurse, { patientId: other });
    expect(await basis(nurse, other)).toBe("declared");
  });

  it("a record that one opened today", async () => {
    const { id } = await makePatient(doctor.ctx);
    expect(await basis(doctor, id)).toBe("assigned");
    expect(await basis(colleague, id)).toBeNull();
  });
});

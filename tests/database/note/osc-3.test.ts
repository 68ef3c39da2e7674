import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import {
  beginTestNote,
  content,
  makeKeeper,
  makeTrainee,
  newTab,
  saveTestNote,
  signTestNote,
  written,
} from "#tests/factories/note.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import { makeVisit } from "#tests/factories/waitlist.ts";

let clinic: TestClinic;
let [doctor, colleague] = [] as unknown as [TestMember, TestMember];
const as = (member: TestMember) => callerOf(member, clinic).note;
const owner = (text: string, values: unknown[]) => asAdmin(database.adminUrl, (admin) => admin.query(text, values));

beforeAll(async () => {
  clinic = await makeClinic();
  [doctor, colleague] = [await makeMember(clinic, "professional"), await makeMember(clinic, "professional")];
});
afterAll(closeDatabases);

const reason = "Erreur de frappe";

async function amend(member: TestMember, noteId: string, relation: "addendum" | "correction", text: string) {
  const [id, tab] = [newId(), newTab()];
  await as(member).amend(
    relation === "addendum" ? { id, noteId, relation, tab } : { id, noteId, relation, tab, reason },
  );
  const linkId = relation === "addendum" ? "text" : "subjective";
  const saved = await as(member).save({
    id,
    tab,
    revision: 1,
    saveId: newId(),
    ...content(text),
    answers: { [linkId]: written(text) },
  });
  await as(member).sign({ id, revision: saved.revision });
  return id;
}

describe("OSC-3, AC-48: signed, locked, and added to", () => {
  it("the signed text stays, and what came after stands under it, each with its own signature", async () => {
    const { id, patientId } = await signTestNote(clinic, doctor, { text: "TA 152/88" });
    await opens(colleague, patientId);
    await amend(colleague, id, "addendum", "Résultat reçu : créatinine 98.");
    await amend(doctor, id, "correction", "TA 142/88");
    const [note, addendum, correction] = await as(doctor).read({ id });
    // The list says what holds.
    expect((await as(doctor).list({ patientId })).rows).toMatchObject([
      { id, status: "amended", excerpt: "TA 142/88", addenda: 1 },
    ]);
    expect(note).toMatchObject({ status: "amended", answers: { subjective: written("TA 152/88") }, mine: true });
    expect(addendum).toMatchObject({
      relation: "addendum",
      status: "final",
      signedBy: colleague.ctx.membership.displayName,
    });
    expect(correction).toMatchObject({
      relation: "correction",
      status: "final",
      answers: { subjective: written("TA 142/88") },
    });
    expect([note, addendum, correction].every((one) => /^[0-9a-f]{64}$/.test(one?.hash ?? ""))).toBe(true);
    expect(new Set([note?.hash, addendum?.hash, correction?.hash]).size).toBe(3);
    // Asked by what was added, it is the note.
    expect((await as(doctor).read({ id: addendum?.id ?? "" }))[0]?.id).toBe(id);
  });

  it("AC-48: a correction is corrected in turn: each text stays with who, when and why, and the last alone stands in lists", async () => {
    const { id, patientId } = await signTestNote(clinic, doctor, { text: "TA 152/88" });
    const first = await amend(doctor, id, "correction", "TA 142/88");
    // Asked of the note or of its correction, it is the same.
    const second = await amend(doctor, first, "correction", "TA 132/88");
    const third = await amend(doctor, id, "correction", "TA 122/88");
    const said = (await as(doctor).read({ id })).map(({ id: one, status, answers, correctionReason }) => ({
      ...{ id: one, status, correctionReason, text: answers.subjective },
    }));
    expect(said).toEqual([
      { id, status: "amended", correctionReason: null, text: written("TA 152/88") },
      { id: first, status: "amended", correctionReason: reason, text: written("TA 142/88") },
      { id: second, status: "amended", correctionReason: reason, text: written("TA 132/88") },
      { id: third, status: "final", correctionReason: reason, text: written("TA 122/88") },
    ]);
    expect((await as(doctor).list({ patientId })).rows).toMatchObject([
      { id, status: "amended", excerpt: "TA 122/88", addenda: 0 },
    ]);
    const call = callerOf(doctor, clinic);
    expect((await call.letter.attachable({ patientId })).notes.map((one) => one.id)).toEqual([third]);
    const periods = await call.timeline.read({ patientId, within: "" });
    expect(periods.map(({ counts }) => counts.note)).toEqual([1]);
    const chain = await owner("select corrects_id from clinic.note where amends_id = $1 order by signed_at", [id]);
    expect(chain.rows).toEqual([id, first, second].map((corrects_id) => ({ corrects_id })));
    // Declared an error, it is one whole; a correction is none by itself.
    expect((await refusal(as(doctor).markInError({ id: third, version: 2, reason: "Autre patient" }))).key).toBe(
      "note.correctionStands",
    );
    await as(doctor).markInError({ id, version: 3, reason: "Autre patient" });
    expect((await as(doctor).read({ id })).every(({ status }) => status === "entered-in-error")).toBe(true);
    expect((await call.timeline.read({ patientId, within: "" })).flatMap(({ counts }) => counts.note ?? [])).toEqual(
      [],
    );
  });

  it("AC-48: two who correct one version at once: one begins, the other is told which; the database holds two apart", async () => {
    const { id } = await signTestNote(clinic, doctor, { text: "TA 152/88" });
    const begin = () => as(doctor).amend({ id: newId(), noteId: id, relation: "correction", reason, tab: newTab() });
    for (const _ of ["the note", "its correction"]) {
      const begun = await Promise.allSettled([begin(), begin(), begin()]);
      const held = begun.flatMap((one) => (one.status === "fulfilled" ? [one.value.id] : []));
      expect(held).toHaveLength(1);
      const [draftId = ""] = held;
      expect(await refusal(begin())).toMatchObject({ key: "note.correcting", details: { id: draftId } });
      const draft = await as(doctor).open({ id: draftId, tab: newTab(), take: true });
      expect(draft.answers).toEqual((await as(doctor).read({ id })).at(-2)?.answers);
      // By whoever sees both, through whichever door.
      const copied = owner(
        "insert into clinic.note select (jsonb_populate_record(n, jsonb_build_object('id', gen_random_uuid()))).* from clinic.note n where n.id = $1",
        [draftId],
      );
      await expect(copied).rejects.toMatchObject({ code: "23505", constraint: "note_one_correction" });
      await as(doctor).sign({ id: draftId, revision: draft.revision });
    }
    expect((await as(doctor).read({ id })).map(({ status }) => status)).toEqual(["amended", "amended", "final"]);
  });

  it.each([
    ["why it was corrected", "correction_reason = 'Autre'"],
    ["what it corrects", "corrects_id = (select id from clinic.note where id <> n.id limit 1)"],
  ])("the database lets nobody change %s", async (_, change) => {
    const { id } = await signTestNote(clinic, doctor);
    const correction = await amend(doctor, id, "correction", "TA 142/88");
    const changed = owner(`update clinic.note n set ${change}, version = version + 1 where id = $1`, [correction]);
    await expect(changed).rejects.toMatchObject({ code: "23514" });
  });

  it.each([
    ["its text", "answers = '{}'::jsonb"],
    ["its diagnoses", "diagnoses = '[1]'::jsonb"],
    ["who signed", "signed_by = gen_random_uuid()"],
    ["when", "signed_at = signed_at - interval '1 day'"],
    ["its readers", "audience = 'profession:physician;'"],
    ["that it is late", "late = not late"],
    ["its hash", "content_hash = sha256('x')"],
    ["that it was signed", "status = 'preliminary', signed_at = null, signed_by = null, content_hash = null"],
  ])("the database lets nobody change %s, the owner of the tables included", async (_, change) => {
    const { id } = await signTestNote(clinic, doctor);
    const changed = owner(`update clinic.note set ${change}, version = version + 1 where id = $1`, [id]);
    await expect(changed).rejects.toMatchObject({ code: "23514" });
    expect((await as(doctor).read({ id }))[0]?.answers).toEqual({ subjective: written("Se sent bien.") });
  });

  it("nobody signs in the name of another", async () => {
    const draft = await beginTestNote(clinic, doctor);
    const forged = withStaff(doctor.ctx, (db) =>
      db.note.updateMany({
        where: { clinicId: clinic.id, id: draft.id },
        data: { status: "final", signedAt: new Date(), signedBy: colleague.userId, version: 2 },
      }),
    );
    await expect(forged).rejects.toMatchObject({ key: "rejected" });
  });

  it("two who sign at once: one signs, the other is told by whom", async () => {
    const draft = await beginTestNote(clinic, doctor);
    await opens(colleague, draft.patientId);
    const { revision } = await saveTestNote(clinic, doctor, draft, 1, "Toux");
    const signs = await Promise.allSettled(
      [doctor, colleague].map((member) => as(member).sign({ id: draft.id, revision })),
    );
    expect(signs.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const winner = signs[0]?.status === "fulfilled" ? doctor : colleague;
    const told = await refusal(as(colleague).sign({ id: draft.id, revision }));
    expect(told).toMatchObject({
      code: "Conflict",
      key: "note.signed",
      details: { by: winner.ctx.membership.displayName },
    });
    expect((await refusal(saveTestNote(clinic, doctor, draft, revision, "Encore"))).key).toBe("note.signed");
  });

  it("signs what was on the screen, and nothing that came since", async () => {
    const draft = await beginTestNote(clinic, doctor);
    await saveTestNote(clinic, doctor, draft, 1, "Toux");
    expect((await refusal(as(doctor).sign({ id: draft.id, revision: 1 }))).key).toBe("note.moved");
    const empty = await beginTestNote(clinic, doctor);
    expect((await refusal(as(doctor).sign({ id: empty.id, revision: 1 }))).key).toBe("note.empty");
  });

  it("marks as late what is signed more than a day after the care", async () => {
    const yesterday = await signTestNote(clinic, doctor, { occurredAt: new Date(Date.now() - 25 * 3_600_000) });
    const today = await signTestNote(clinic, doctor, { occurredAt: new Date(Date.now() - 23 * 3_600_000) });
    const late = async (id: string) => (await as(doctor).read({ id }))[0]?.late;
    expect([await late(yesterday.id), await late(today.id)]).toEqual([true, false]);
  });

  it("what is signed ahead of its visit is of the hour when it was signed, says which visit it is of, and takes its place in time", async () => {
    const { appointmentId, patientId, sittingId } = await makeVisit(await makeSchedule(clinic), 1);
    const before = Date.now();
    const ahead = await beginTestNote(clinic, doctor, { patientId, appointmentId });
    const { rows } = await owner("select starts_at from clinic.sitting where id = $1", [sittingId]).then((told) => ({
      rows: told.rows as { starts_at: Date }[],
    }));
    const visitAt = rows[0]?.starts_at as Date;
    const [line] = await as(doctor).drafts({ patientId, appointmentId });
    expect(line?.visitAt).toEqual(visitAt);
    expect(line?.occurredAt.getTime()).toBeLessThanOrEqual(Date.now());
    const { revision } = await saveTestNote(clinic, doctor, ahead, 1, "Dossier revu.");
    await as(doctor).sign({ id: ahead.id, revision });
    const [signed] = await as(doctor).read({ id: ahead.id });
    const occurredAt = new Date(signed?.occurredAt ?? 0).getTime();
    expect(occurredAt).toBeGreaterThanOrEqual(before);
    expect(occurredAt).toBeLessThanOrEqual(Date.now());
    expect(new Date(signed?.visitAt ?? 0)).toEqual(visitAt);
    expect(signed).toMatchObject({ late: false });
    // The visit itself is still to come.
    const encounters = await owner("select status, started_at from clinic.encounter where appointment_id = $1", [
      appointmentId,
    ]);
    expect(encounters.rows).toEqual([{ status: "in-progress", started_at: visitAt }]);
    const after = await signTestNote(clinic, doctor, { patientId, text: "Appel." });
    const listed = await as(doctor).list({ patientId });
    expect(listed.rows.map(({ id }) => id)).toEqual([after.id, ahead.id]);
    expect(listed.rows.map((row) => row.visitAt)).toEqual([null, visitAt]);
  });

  it("a trainee's note goes to their supervisor, who alone co-signs it, once", async () => {
    const trainee = await makeTrainee(clinic, doctor);
    const { id } = await signTestNote(clinic, trainee);
    expect(await as(doctor).unsigned({ which: "cosign" })).toMatchObject({ rows: [{ id }], cosign: 1 });
    expect((await as(doctor).read({ id }))[0]).toMatchObject({
      mayCosign: true,
      cosigner: doctor.ctx.membership.displayName,
    });
    expect((await refusal(as(colleague).cosign({ id, version: 2 }))).code).toBe("Forbidden");
    expect((await refusal(as(trainee).cosign({ id, version: 2 }))).code).toBe("Forbidden");
    await as(doctor).cosign({ id, version: 2 });
    expect((await refusal(as(doctor).cosign({ id, version: 3 }))).key).toBe("note.cosigned");
    expect((await as(doctor).read({ id }))[0]?.cosignedAt).not.toBeNull();
    expect((await as(doctor).unsigned({ which: "cosign" })).cosign).toBe(0);
  });

  it("an error is said, with who and why, and the text stays", async () => {
    const { id, patientId } = await signTestNote(clinic, doctor);
    await opens(colleague, patientId);
    expect((await refusal(as(colleague).markInError({ id, version: 2, reason: "Autre patient" }))).code).toBe(
      "Forbidden",
    );
    await as(doctor).markInError({ id, version: 2, reason: "Autre patient" });
    const [note] = await as(colleague).read({ id });
    expect(note).toMatchObject({
      status: "entered-in-error",
      errorReason: "Autre patient",
      errorBy: doctor.ctx.membership.displayName,
      answers: { subjective: written("Se sent bien.") },
    });
    expect(
      (await refusal(as(doctor).amend({ id: newId(), noteId: id, relation: "addendum", tab: newTab() }))).key,
    ).toBe("note.notSigned");
  });

  it("AC-48: another's note is added to and never corrected, nor said to be an error but by who has charge of the records", async () => {
    const { id, patientId } = await signTestNote(clinic, doctor, { text: "TA 152/88" });
    await opens(colleague, patientId);
    const correct = (member: TestMember) =>
      as(member).amend({ id: newId(), noteId: id, relation: "correction", reason, tab: newTab() });
    expect((await refusal(correct(colleague))).code).toBe("Forbidden");
    expect((await as(colleague).read({ id }))[0]).toMatchObject({ mayCorrect: false, mayDeclareError: false });
    await amend(colleague, id, "addendum", "Prise debout.");
    // An addendum is theirs, and does not make the note theirs.
    expect((await as(colleague).read({ id })).map(({ mayCorrect }) => mayCorrect)).toEqual([false, true]);
    const { id: draftId } = await correct(doctor);
    const draft = await as(doctor).open({ id: draftId, tab: newTab(), take: true });
    expect((await refusal(as(colleague).sign({ id: draftId, revision: draft.revision }))).code).toBe("Forbidden");
    // Through whichever door.
    const signing = withStaff(colleague.ctx, (db) =>
      db.note.updateMany({
        where: { clinicId: clinic.id, id: draftId },
        data: { status: "final", signedAt: new Date(), signedBy: colleague.userId, version: 2 },
      }),
    );
    await expect(signing).rejects.toMatchObject({
      key: "rejected",
      cause: { message: expect.stringContaining("nobody corrects what another signed") },
    });
    expect((await refusal(as(colleague).markInError({ id, version: 2, reason: "Autre patient" }))).code).toBe(
      "Forbidden",
    );
    const keeper = await makeKeeper(clinic);
    await opens(keeper, patientId);
    expect((await as(keeper).read({ id }))[0]).toMatchObject({ mayCorrect: false, mayDeclareError: true });
    await as(keeper).markInError({ id, version: 2, reason: "Autre patient" });
    expect((await as(doctor).read({ id }))[0]).toMatchObject({ errorBy: keeper.ctx.membership.displayName });
  });

  it("AC-48: whoever answers for a trainee corrects their note", async () => {
    const trainee = await makeTrainee(clinic, doctor);
    const { id, patientId } = await signTestNote(clinic, trainee, { text: "TA 152/88" });
    await opens(doctor, patientId);
    await amend(doctor, id, "correction", "TA 142/88");
    // The trainee, of their own note, again.
    await amend(trainee, id, "correction", "TA 132/88");
    expect((await as(doctor).read({ id })).map(({ status }) => status)).toEqual(["amended", "amended", "final"]);
  });

  it("unsigned notes wait in their author's list, the oldest care first", async () => {
    const writer = await makeMember(clinic, "professional");
    const recent = await beginTestNote(clinic, writer, { occurredAt: new Date(Date.now() - 3_600_000) });
    const old = await beginTestNote(clinic, writer, { occurredAt: new Date(Date.now() - 50 * 3_600_000) });
    const list = await as(writer).unsigned({});
    expect(list.rows.map(({ id, late }) => [id, late])).toEqual([
      [old.id, true],
      [recent.id, false],
    ]);
    expect(list.mine).toBe(2);
    const first = await as(writer).unsigned({ most: 1 });
    expect((await as(writer).unsigned({ most: 1, after: first.after ?? undefined })).rows[0]?.id).toBe(recent.id);
  });
});

/** A correction of the doctor's that is begun, for these alone. */
async function beginCorrection(member: TestMember, noteId: string, userIds?: readonly string[]) {
  const id = newId();
  await as(member).amend({ id, noteId, relation: "correction", reason, tab: newTab() });
  if (userIds) await as(member).setAudience({ id, version: 1, professions: [], userIds: [...userIds] });
  return id;
}
/** Of an addendum, which is on the free template. */
async function amendAddendum(member: TestMember, noteId: string, text: string) {
  const [id, tab] = [newId(), newTab()];
  await as(member).amend({ id, noteId, relation: "correction", reason, tab });
  const answers = { text: written(text) };
  const saved = await as(member).save({ id, tab, revision: 1, saveId: newId(), ...content(text), answers });
  await as(member).sign({ id, revision: saved.revision });
  return id;
}

const sign = (member: TestMember, id: string) => as(member).sign({ id, revision: 1 });
const statuses = async (noteId: string) => {
  const { rows } = await owner(
    "select status from clinic.note where id = $1 or amends_id = $1 order by amends_id is not null, created_at",
    [noteId],
  );
  return (rows as { status: string }[]).map(({ status }) => status);
};

describe("AC-48: corrections and who may see them", () => {
  it("a correction is for those whom the version that it corrects is for, and for who wrote that", async () => {
    const trainee = await makeTrainee(clinic, doctor);
    const { id, patientId } = await signTestNote(clinic, trainee, { text: "Propos publics" });
    for (const member of [doctor, colleague]) await opens(member, patientId);
    await sign(trainee, await beginCorrection(trainee, id, [trainee.userId]));
    const next = await beginCorrection(doctor, id);
    const seenBy = async (member: TestMember) => (await as(member).read({ id })).length;
    expect([await seenBy(doctor), await seenBy(trainee), await seenBy(colleague)]).toEqual([3, 3, 1]);
    await sign(doctor, next);
    expect([await seenBy(doctor), await seenBy(trainee), await seenBy(colleague)]).toEqual([3, 3, 1]);
  });

  it("an error takes along the corrections that are hidden from whoever declares it; one that was left behind is declared by itself", async () => {
    const { id, patientId } = await signTestNote(clinic, doctor, { text: "TA 152/88" });
    const correction = await beginCorrection(doctor, id, [doctor.userId]);
    await sign(doctor, correction);
    const keeper = await makeKeeper(clinic);
    await opens(keeper, patientId);
    expect(await as(keeper).read({ id })).toHaveLength(1);
    await as(keeper).markInError({ id, version: 2, reason: "Autre patient" });
    expect(await statuses(id)).toEqual(["entered-in-error", "entered-in-error"]);
    expect(await as(keeper).read({ id })).toHaveLength(1);
    expect((await as(doctor).read({ id })).at(-1)).toMatchObject({ errorReason: "Autre patient" });
    // Of before: past the triggers.
    const { rows } = await asAdmin(database.adminUrl, async (admin) => {
      await admin.query("set session_replication_role = replica");
      return admin.query(
        "update clinic.note set status = 'final', error_reason = null, error_by = null, error_at = null where id = $1 returning version",
        [correction],
      );
    });
    const { version } = rows[0] as { version: number };
    await as(doctor).markInError({ id: correction, version, reason: "Autre patient" });
    expect(await statuses(id)).toEqual(["entered-in-error", "entered-in-error"]);
  });

  it("signed while its note is declared an error: no correction stands of what is one, and its author is told", async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const { id } = await signTestNote(clinic, doctor, { text: "TA 152/88" });
      const correction = await beginCorrection(doctor, id);
      await Promise.allSettled([
        sign(doctor, correction),
        as(doctor).markInError({ id, version: 2, reason: "Autre patient" }),
      ]);
      const after = await statuses(id);
      expect(["amended final", "entered-in-error preliminary"]).toContain(after.join(" "));
    }
    const { id } = await signTestNote(clinic, doctor);
    const correction = await beginCorrection(doctor, id);
    await as(doctor).markInError({ id, version: 2, reason: "Autre patient" });
    expect((await refusal(sign(doctor, correction))).key).toBe("note.errorSince");
    await as(doctor).markInError({ id: correction, version: 1, reason: "Mise de côté" });
  });

  it("nobody is kept from correcting their own by a correction that is hidden from them: each reads the last that is theirs to read", async () => {
    const trainee = await makeTrainee(clinic, doctor);
    const { id, patientId } = await signTestNote(clinic, trainee, { text: "TA 152/88" });
    for (const member of [doctor, colleague]) await opens(member, patientId);
    const hidden = await beginCorrection(doctor, id, [doctor.userId]);
    // Begun while the other is written, and again once it is signed.
    const own = await amend(trainee, id, "correction", "TA 142/88");
    expect((await refusal(sign(doctor, hidden))).key).toBe("note.correctedSince");
    await as(doctor).markInError({ id: hidden, version: 2, reason: "Mise de côté" });
    const second = await beginCorrection(doctor, id, [doctor.userId]);
    await sign(doctor, second);
    const third = await amend(trainee, id, "correction", "TA 132/88");
    const standing = async (member: TestMember) =>
      (await as(member).read({ id })).flatMap((one) => (one.stands ? [one.id] : []));
    expect([await standing(trainee), await standing(colleague), await standing(doctor)]).toEqual([
      [third],
      [third],
      [third],
    ]);
    const { rows } = await owner("select id, corrects_id from clinic.note where id = any ($1) order by signed_at", [
      [own, second, third],
    ]);
    expect(rows).toEqual([
      { id: own, corrects_id: id },
      { id: second, corrects_id: own },
      { id: third, corrects_id: own },
    ]);
    // Whoever sees both corrects the last, and is held to one.
    const fourth = await beginCorrection(doctor, id);
    expect((await refusal(beginCorrection(trainee, id))).details).toEqual({ id: fourth });
    expect((await as(doctor).list({ patientId })).rows).toMatchObject([{ id, excerpt: "TA 132/88" }]);
  });

  it("what a hidden correction took the place of still stands for whoever may not read that", async () => {
    const trainee = await makeTrainee(clinic, doctor);
    const { id, patientId } = await signTestNote(clinic, trainee, { text: "TA 152/88" });
    for (const member of [doctor, colleague]) await opens(member, patientId);
    await sign(doctor, await beginCorrection(doctor, id, [doctor.userId]));
    const read = async (member: TestMember) => (await as(member).read({ id })).map(({ stands }) => stands);
    expect([await read(doctor), await read(colleague), await read(trainee)]).toEqual([[false, true], [true], [true]]);
  });

  it("a hidden correction is not told by the status or the version of what it corrects; who changes that is held to what they saw", async () => {
    const trainee = await makeTrainee(clinic, doctor);
    const { id, patientId } = await signTestNote(clinic, trainee, { text: "TA 152/88" });
    for (const member of [doctor, colleague, trainee]) await opens(member, patientId);
    const seenBy = async (member: TestMember) => [
      await as(member).read({ id }),
      (await as(member).list({ patientId })).rows,
      (await as(member).unsigned({ which: "cosign" })).rows.filter((one) => one.id === id),
    ];
    const before = [await seenBy(colleague), await seenBy(doctor)];
    const hidden = await beginCorrection(trainee, id, [trainee.userId]);
    await asAdmin(database.adminUrl, (admin) =>
      admin.query("update identity.membership set supervisor_id = null, role = 'professional' where user_id = $1", [
        trainee.userId,
      ]),
    );
    await sign(trainee, hidden);
    expect([await seenBy(colleague), await seenBy(doctor)]).toEqual(before);
    expect((await as(trainee).list({ patientId })).rows[0]?.status).toBe("amended");
    expect((await as(trainee).read({ id })).map(({ status, version }) => [status, version])).toEqual([
      ["amended", 3],
      ["final", 3],
    ]);
    // Not what the database counts: what was told.
    expect((await refusal(as(doctor).cosign({ id, version: 3 }))).key).toBe("stale");
    await as(doctor).cosign({ id, version: 2 });
    expect((await refusal(as(doctor).markInError({ id, version: 2, reason: "Autre patient" }))).key).toBe("stale");
    // Corrected by what they may read: told, and held to it.
    const open = await beginCorrection(doctor, id);
    await sign(doctor, open);
    const [note] = (await as(colleague).list({ patientId })).rows;
    expect(note?.status).toBe("amended");
    expect((await refusal(as(doctor).markInError({ id, version: 3, reason: "Autre patient" }))).key).toBe("stale");
    await as(doctor).markInError({ id, version: 4, reason: "Autre patient" });
  });

  it("a second signature that is asked stays a ground when a correction took its place that the supervisor may not read", async () => {
    const trainee = await makeTrainee(clinic, doctor);
    const { id, patientId } = await signTestNote(clinic, trainee, { text: "TA 152/88" });
    const basis = async () => (await callerOf(doctor, clinic).chart.open({ patientId })).basis;
    expect(await basis()).toBe("assigned");
    const hidden = await beginCorrection(trainee, id, [trainee.userId]);
    await asAdmin(database.adminUrl, (admin) =>
      admin.query("update identity.membership set supervisor_id = null, role = 'professional' where user_id = $1", [
        trainee.userId,
      ]),
    );
    await sign(trainee, hidden);
    expect(await basis()).toBe("assigned");
    await as(doctor).cosign({ id, version: 2 });
    expect(await basis()).toBe("care-team");
  });

  it("of what became hidden since, the correction is not signed, and says so: put aside, what stands is corrected", async () => {
    const trainee = await makeTrainee(clinic, doctor);
    const { id, patientId } = await signTestNote(clinic, trainee, { text: "TA 152/88" });
    await opens(doctor, patientId);
    const first = await beginCorrection(doctor, id);
    await sign(doctor, first);
    const second = await beginCorrection(trainee, id);
    // As a restored clinic may bring it, or a patient's refusal: past the triggers.
    await asAdmin(database.adminUrl, async (admin) => {
      await admin.query("set session_replication_role = replica");
      await admin.query("update clinic.note set audience = $2 where id = $1", [first, `user:${doctor.userId};`]);
    });
    expect(await refusal(sign(trainee, second))).toMatchObject({ code: "Conflict", key: "note.correctsHidden" });
    expect((await refusal(beginCorrection(trainee, id))).details).toEqual({ id: second });
    await as(trainee).markInError({ id: second, version: 1, reason: "Mise de côté" });
    const third = await beginCorrection(trainee, id);
    await sign(trainee, third);
    expect((await as(trainee).read({ id })).flatMap((one) => (one.stands ? [one.id] : []))).toEqual([third]);
  });

  it("two who do not see the note, and see each other's corrections: one begins", async () => {
    const second = await makeMember(clinic, "professional");
    const patientId = (await makePatient(clinic.owner.ctx)).id;
    await opens(second, patientId);
    const draft = await beginTestNote(clinic, doctor, { patientId });
    const { revision } = await saveTestNote(clinic, doctor, draft, 1, "Propos confidentiels");
    await as(doctor).setAudience({ id: draft.id, version: 1, professions: [], userIds: [doctor.userId] });
    await as(doctor).sign({ id: draft.id, revision });
    const open = await beginCorrection(doctor, draft.id, []);
    await sign(doctor, open);
    // What this person reads is theirs to correct: past the triggers.
    await asAdmin(database.adminUrl, async (admin) => {
      await admin.query("set session_replication_role = replica");
      await admin.query("update clinic.note set author_id = $2 where id = $1", [open, second.userId]);
    });
    const begin = () => as(second).amend({ id: newId(), noteId: open, relation: "correction", reason, tab: newTab() });
    const begun = await Promise.allSettled([begin(), begin(), begin()]);
    expect(begun.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    expect((await refusal(begin())).key).toBe("note.correcting");
  });

  it("where the note is hidden and its correction is not, that is what one adds to, at its place beneath the note", async () => {
    const patientId = (await makePatient(clinic.owner.ctx)).id;
    await opens(colleague, patientId);
    const draft = await beginTestNote(clinic, doctor, { patientId });
    const { revision } = await saveTestNote(clinic, doctor, draft, 1, "Propos confidentiels");
    await as(doctor).setAudience({ id: draft.id, version: 1, professions: [], userIds: [doctor.userId] });
    await as(doctor).sign({ id: draft.id, revision });
    const correction = await beginCorrection(doctor, draft.id, []);
    await sign(doctor, correction);
    expect(await as(colleague).read({ id: correction })).toMatchObject([
      { id: correction, stands: true, mayCorrect: false, mayDeclareError: false },
    ]);
    const addendum = await amend(colleague, correction, "addendum", "Vu avec la famille.");
    expect((await as(colleague).read({ id: correction })).map((one) => one.id)).toEqual([correction, addendum]);
    expect((await as(doctor).read({ id: addendum })).map((one) => one.id)).toEqual([draft.id, correction, addendum]);
    // Their own addendum is theirs to correct all the same.
    const corrected = await amendAddendum(colleague, addendum, "Vu avec la fille.");
    expect((await as(colleague).read({ id: corrected })).map((one) => one.id)).toEqual([
      correction,
      addendum,
      corrected,
    ]);
  });

  it("an addendum is corrected by its author, as any signed text: the first stays, and the note's own corrections are others", async () => {
    const { id, patientId } = await signTestNote(clinic, doctor, { text: "TA 152/88" });
    await opens(colleague, patientId);
    const addendum = await amend(colleague, id, "addendum", "Prise debout.");
    expect((await refusal(beginCorrection(doctor, addendum))).code).toBe("Forbidden");
    const first = await amendAddendum(colleague, addendum, "Prise assise.");
    const second = await amendAddendum(colleague, first, "Prise couchée.");
    const note = await amend(doctor, id, "correction", "TA 142/88");
    const told = (await as(doctor).read({ id })).map((one) => [one.id, one.versionOf, one.stands, one.status]);
    expect(told).toEqual([
      [id, id, false, "amended"],
      [addendum, addendum, false, "amended"],
      [first, addendum, false, "amended"],
      [second, addendum, true, "final"],
      [note, id, true, "final"],
    ]);
    for (const one of [addendum, first, second, note]) expect((await as(doctor).read({ id: one }))[0]?.id).toBe(id);
    const may = (member: TestMember) => as(member).read({ id });
    expect((await may(colleague)).filter((one) => one.mayCorrect).map((one) => one.id)).toEqual([second]);
    expect((await may(doctor)).filter((one) => one.mayCorrect).map((one) => one.id)).toEqual([note]);
    // The list, what goes behind a letter and the last plan are of the note.
    const call = callerOf(doctor, clinic);
    expect((await as(doctor).list({ patientId })).rows).toMatchObject([{ id, excerpt: "TA 142/88" }]);
    const behind = (await call.letter.attachable({ patientId })).notes.map((one) => one.id);
    expect(behind.sort()).toEqual([second, note].sort());
    // An error takes an addendum's corrections along, and leaves the note.
    await as(colleague).markInError({ id: addendum, version: 3, reason: "Autre patient" });
    expect((await as(doctor).read({ id })).map(({ status }) => status)).toEqual([
      "amended",
      ...["entered-in-error", "entered-in-error", "entered-in-error"],
      "final",
    ]);
  });

  it("a second signature is asked of what stands alone", async () => {
    const supervisor = await makeMember(clinic, "professional");
    const trainee = await makeTrainee(clinic, supervisor);
    const { id, patientId } = await signTestNote(clinic, trainee, { text: "TA 152/88" });
    await opens(supervisor, patientId);
    const asked = async () => {
      const { rows, cosign } = await as(supervisor).unsigned({ which: "cosign" });
      return { cosign, ids: rows.map((one) => one.id) };
    };
    const first = await amend(trainee, id, "correction", "TA 142/88");
    expect(await asked()).toEqual({ cosign: 1, ids: [first] });
    expect((await as(supervisor).read({ id })).map(({ mayCosign }) => mayCosign)).toEqual([false, true]);
    expect((await refusal(as(supervisor).cosign({ id, version: 3 }))).key).toBe("note.notStanding");
    await amend(supervisor, id, "correction", "TA 132/88");
    expect(await asked()).toEqual({ cosign: 0, ids: [] });
  });

  it("keeps the template of what it corrects, and answers what that asks for", async () => {
    const { id } = await signTestNote(clinic, doctor);
    const correction = { id: newId(), tab: newTab() };
    await as(doctor).amend({ ...correction, noteId: id, relation: "correction", reason });
    const changed = as(doctor).changeTemplate({
      ...{ ...correction, revision: 1, saveId: newId() },
      template: { shipped: "free.fr" },
    });
    expect((await refusal(changed)).key).toBe("note.correctionTemplate");
  });

  it("counts once with all that was added to it; hidden, its line is the correction's; a second signature is asked of what holds", async () => {
    const trainee = await makeTrainee(clinic, doctor);
    const patientId = (await makePatient(clinic.owner.ctx)).id;
    await opens(colleague, patientId);
    const draft = await beginTestNote(clinic, trainee, { patientId });
    const { revision } = await saveTestNote(clinic, trainee, draft, 1, "Propos confidentiels");
    await as(trainee).setAudience({ id: draft.id, version: 1, professions: [], userIds: [trainee.userId] });
    await as(trainee).sign({ id: draft.id, revision });
    await opens(doctor, patientId);
    await amend(doctor, draft.id, "addendum", "Vu.");
    expect((await as(doctor).list({ patientId })).rows).toMatchObject([{ id: draft.id, awaitsCosign: true }]);
    const correction = await beginCorrection(doctor, draft.id, []);
    await sign(doctor, correction);
    expect((await as(doctor).list({ patientId })).rows).toMatchObject([{ id: draft.id, awaitsCosign: false }]);
    expect((await as(colleague).list({ patientId })).rows).toMatchObject([{ id: correction, status: "final" }]);
    const periods = await callerOf(doctor, clinic).timeline.read({ patientId, within: "" });
    expect(periods.map(({ counts }) => counts.note)).toEqual([1]);
  });
});

describe("private notes", () => {
  it("are for their author and those named; the front desk and others find nothing; a broken glass opens them", async () => {
    const patientId = (await makePatient(clinic.owner.ctx)).id;
    const draft = await beginTestNote(clinic, doctor, { patientId });
    const named = await makeMember(clinic, "professional");
    for (const member of [named, colleague]) await opens(member, patientId);
    await as(doctor).setAudience({ id: draft.id, version: 1, professions: [], userIds: [named.userId] });
    const { revision } = await saveTestNote(clinic, doctor, draft, 1, "Propos confidentiels");
    const counts = async () =>
      Promise.all([doctor, named, colleague].map(async (one) => (await as(one).list({ patientId })).rows.length));
    // While it is written, too.
    expect(await counts()).toEqual([1, 1, 0]);
    expect((await refusal(as(colleague).open({ id: draft.id, tab: newTab() }))).code).toBe("NotFound");
    await as(doctor).sign({ id: draft.id, revision });
    expect(await counts()).toEqual([1, 1, 0]);
    expect((await refusal(as(colleague).read({ id: draft.id }))).code).toBe("NotFound");
    const reason = "Inconscient à l’urgence, pouls filant";
    const other = await makePatient(clinic.owner.ctx);
    const nothing = await refusal(callerOf(colleague, clinic).privacy.breakGlass({ patientId: other.id, reason }));
    expect(nothing.key).toBe("privacy.notRestricted");
    const glass = await callerOf(colleague, clinic).privacy.breakGlass({ patientId, reason });
    const seen = await withStaff({ ...colleague.ctx, breakGlassId: glass.id }, (db) =>
      db.note.count({ where: { clinicId: clinic.id, id: draft.id } }),
    );
    expect(seen).toBe(1);
  });

  it("are for their author alone when nobody else is named, and open again to whoever gives care", async () => {
    const patientId = (await makePatient(clinic.owner.ctx)).id;
    const draft = await beginTestNote(clinic, doctor, { patientId });
    await opens(colleague, patientId);
    const list = async (one: TestMember) => (await as(one).list({ patientId })).rows.length;
    const { version } = await as(doctor).setAudience({
      id: draft.id,
      version: 1,
      professions: [],
      userIds: [doctor.userId],
    });
    expect([await list(doctor), await list(colleague)]).toEqual([1, 0]);
    await as(doctor).setAudience({ id: draft.id, version, professions: [], userIds: [] });
    expect([await list(doctor), await list(colleague)]).toEqual([1, 1]);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import { beginTestLetter, body, letterContent, signTestLetter, signTestReferral } from "#tests/factories/letter.ts";
import { beginTestNote, makeKeeper, newTab, saveTestNote, signTestNote } from "#tests/factories/note.ts";
import { makePrescriber } from "#tests/factories/prescriber.ts";

let clinic: TestClinic;
let doctor: TestMember;
let colleague: TestMember;
let patientId: string;
const call = (who = doctor) => callerOf(who, clinic);

beforeAll(async () => {
  clinic = await makeClinic();
  doctor = await makePrescriber(clinic);
  colleague = await makePrescriber(clinic);
  patientId = (await makePatient(clinic.owner.ctx)).id;
  for (const member of [doctor, colleague]) await opens(member, patientId);
});

const filed = (letterId: string) =>
  withStaff(doctor.ctx, (db) =>
    db.document.findMany({ where: { clinicId: clinic.id, sourceId: letterId }, select: { status: true } }),
  );

/** A save of the text that waits for another write of it. */
const waiting =
  "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%update clinic.letter_draft%'";

describe("two at once", () => {
  it("sign one letter, and one document comes of it", async () => {
    const { id, revision } = await beginTestLetter(clinic, doctor, patientId);
    const signed = await Promise.allSettled([
      call().letter.sign({ id, revision }),
      call(colleague).letter.sign({ id, revision }),
      call().letter.sign({ id, revision }),
    ]);
    expect(signed.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await filed(id)).toHaveLength(1);
  });

  it("send one save twice: it is one, also while the first is still being written", async () => {
    const { id, revision } = await beginTestLetter(clinic, doctor, patientId);
    const input = { id, revision, saveId: newId(), content: letterContent() };
    await asAdmin(database.adminUrl, async (admin) => {
      await admin.query("begin");
      await admin.query("set local session_replication_role = replica");
      await admin.query("update clinic.letter_draft set revision = $2, save_id = $3 where letter_id = $1", [
        ...[id, revision + 1, input.saveId],
      ]);
      const saving = call().letter.save(input);
      saving.catch(() => undefined);
      await expect
        .poll(
          async () => (await admin.query("select pg_stat_clear_snapshot()")) && (await admin.query(waiting)).rowCount,
          { timeout: 5_000 },
        )
        .toBeGreaterThan(0);
      await admin.query("commit");
      expect(await saving).toMatchObject({ revision: revision + 1 });
    });
  });

  it("correct one letter: the second is told of the first", async () => {
    const { id: letterId } = await signTestLetter(clinic, doctor, patientId);
    const correct = () => call().letter.correct({ id: newId(), letterId });
    const begun = await Promise.allSettled([correct(), correct()]);
    const [one, ...more] = begun.flatMap((each) => (each.status === "fulfilled" ? [each.value.id] : []));
    expect(more).toEqual([]);
    expect(await refusal(correct())).toMatchObject({ key: "letter.correcting", details: { id: one } });
  });

  it("AC-48: another's letter is neither corrected nor said to be an error, but by who has charge of the records", async () => {
    const { id: letterId } = await signTestLetter(clinic, doctor, patientId);
    const correct = (who: TestMember) => call(who).letter.correct({ id: newId(), letterId });
    expect((await refusal(correct(colleague))).code).toBe("Forbidden");
    expect(await call(colleague).letter.read({ id: letterId })).toMatchObject({
      mayCorrect: false,
      mayDeclareError: false,
    });
    const error = { id: letterId, version: 2, reason: "Mauvais dossier" };
    expect((await refusal(call(colleague).letter.markInError(error))).code).toBe("Forbidden");
    // Nor is a correction that its author began signed by another, through whichever door.
    const { id } = await correct(doctor);
    expect((await refusal(call(colleague).letter.sign({ id, revision: 1 }))).code).toBe("Forbidden");
    const forged = withStaff(colleague.ctx, (db) =>
      db.letter.updateMany({
        where: { clinicId: clinic.id, id },
        data: { status: "signed", signedAt: new Date(), signedBy: colleague.userId, version: 2 },
      }),
    );
    await expect(forged).rejects.toMatchObject({
      key: "rejected",
      cause: { message: expect.stringContaining("nobody corrects what another signed") },
    });
    const keeper = await makeKeeper(clinic);
    await opens(keeper, patientId);
    expect(await call(keeper).letter.read({ id: letterId })).toMatchObject({
      mayCorrect: false,
      mayDeclareError: true,
    });
    await call(keeper).letter.markInError(error);
    expect((await call().letter.read({ id: letterId })).status).toBe("entered-in-error");
  });

  it("sign a correction and say that the letter is an error: never both", async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const { id: letterId } = await signTestLetter(clinic, doctor, patientId);
      const { id } = await call().letter.correct({ id: newId(), letterId });
      await Promise.allSettled([
        call().letter.sign({ id, revision: 1 }),
        call().letter.markInError({ id: letterId, version: 2, reason: "Mauvais dossier" }),
      ]);
      const [before, after] = await withStaff(doctor.ctx, (db) =>
        db.letter.findMany({ where: { id: { in: [letterId, id] } }, orderBy: { createdAt: "asc" } }),
      );
      expect(["replaced signed", "entered-in-error draft"]).toContain(`${before?.status} ${after?.status}`);
    }
  });

  it("review a letter and say that it is an error: it does not stay in the chart", async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const { id, documentId } = await signTestLetter(clinic, doctor, patientId);
      await Promise.allSettled([
        call().letter.markInError({ id, version: 2, reason: "Mauvais dossier" }),
        call(colleague).document.address({
          id: documentId,
          version: 1,
          noteId: newId(),
          reviewerId: doctor.userId,
          urgent: false,
          comment: "",
        }),
      ]);
      expect((await call().letter.read({ id })).status).toBe("entered-in-error");
      expect(await filed(id)).toEqual([{ status: "entered-in-error" }]);
    }
  });

  it("step a request: one step is made", async () => {
    const { requestId: id, version } = await signTestReferral(clinic, doctor, patientId);
    const steps = await Promise.allSettled([
      call().referral.markSent({ id, version, on: "2026-11-01", how: "fax" }),
      call(colleague).referral.cancel({ id, version, reason: "Plus utile" }),
    ]);
    expect(steps.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("what is for some", () => {
  it("a private note goes behind no letter, not even by its author: the letter is read by whoever gives care", async () => {
    const draft = await beginTestNote(clinic, doctor, { patientId });
    const { revision } = await saveTestNote(clinic, doctor, draft, 1, "Confié en séance.");
    const audience = { userIds: [], professions: ["psychologist" as const] };
    await call().note.setAudience({ id: draft.id, version: 1, ...audience });
    await call().note.sign({ id: draft.id, revision });
    expect(JSON.stringify(await call().letter.attachable({ patientId }))).not.toContain("Confié");
    const attachments = [{ kind: "note" as const, ids: [draft.id], title: "Note" }];
    const letter = await beginTestLetter(clinic, doctor, patientId, letterContent({ attachments }));
    expect(await refusal(call().letter.sign({ id: letter.id, revision: letter.revision }))).toMatchObject({
      fields: { attachments: "letter.attachmentGone" },
    });
  });

  it("a correction that is closed to somebody takes no note out of what they may attach, nor does a letter begun with it fail", async () => {
    const { id } = await signTestNote(clinic, doctor, { patientId, text: "Texte qui tient" });
    const correction = newId();
    await call().note.amend({ id: correction, noteId: id, relation: "correction", reason: "Dose", tab: newTab() });
    await call().note.setAudience({ id: correction, version: 1, professions: [], userIds: [doctor.userId] });
    await call().note.sign({ id: correction, revision: 1 });
    const offered = await call(colleague).letter.attachable({ patientId });
    expect(offered.notes.map((note) => note.id)).toContain(id);
    const attachments = [{ kind: "note" as const, ids: [id], title: "Note" }];
    const letter = await beginTestLetter(clinic, colleague, patientId, letterContent({ attachments }));
    expect(await call(colleague).letter.sign({ id: letter.id, revision: letter.revision })).toBeTruthy();
    const own = await call().letter.attachable({ patientId });
    expect(own.notes.map((note) => note.id)).not.toContain(id);
  });

  it("braces and marks of a language stay words; a letter of 50,000 letters is signed, and one more is refused", async () => {
    const strange = '<script>alert(1)</script> {{{{NAM}} {{Nom du patient}}}} =cmd|" /C calc"!A0';
    const content = letterContent({ subject: "Suivi\r\nBcc: a@b.example", body: body(strange) });
    expect(content.subject).not.toMatch(/[\r\n]/);
    const { id, revision } = await beginTestLetter(clinic, doctor, patientId, content);
    expect((await refusal(call().letter.sign({ id, revision }))).key).toBe("letter.unfinished");
    const long = letterContent({ body: body(Array.from({ length: 500 }, () => "a ".repeat(49)).join("\n")) });
    expect((await signTestLetter(clinic, doctor, patientId, long)).documentId).toBeTruthy();
    expect(() => letterContent({ body: body("a".repeat(50_001)) })).toThrow("letter.tooLong");
    const other = await makeMember(await makeClinic(), "professional");
    await expect(callerOf(other, clinic).letter.read({ id })).rejects.toThrow();
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import { beginTestNote, content, newTab, saveTestNote, written } from "#tests/factories/note.ts";

let clinic: TestClinic;
let [doctor, colleague] = [] as unknown as [TestMember, TestMember];
const as = (member: TestMember) => callerOf(member, clinic).note;

beforeAll(async () => {
  clinic = await makeClinic();
  [doctor, colleague] = [await makeMember(clinic, "professional"), await makeMember(clinic, "professional")];
});
afterAll(closeDatabases);

/** The holder gives no more sign of life for so long. */
const silence = (noteId: string, minutes: number) =>
  asAdmin(database.adminUrl, (admin) =>
    admin.query("update clinic.note_draft set held_until = held_until - make_interval(mins => $2) where note_id = $1", [
      noteId,
      minutes,
    ]),
  );

/** A save of the text that waits for another write of it. */
const waiting =
  "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%update clinic.note_draft%'";

/** Saves while another write of the row is under way, which ends once the save waits for it. */
const duringWrite = <T>(set: string, noteId: string, saveId: string, save: () => Promise<T>): Promise<T> =>
  asAdmin(database.adminUrl, async (admin) => {
    await admin.query("begin");
    await admin.query("set local session_replication_role = replica");
    await admin.query(`update clinic.note_draft set ${set} where note_id = $1`, [noteId, saveId]);
    const saving = save();
    saving.catch(() => undefined);
    await expect
      .poll(
        async () => (await admin.query("select pg_stat_clear_snapshot()")) && (await admin.query(waiting)).rowCount,
        { timeout: 5_000 },
      )
      .toBeGreaterThan(0);
    await admin.query("commit");
    return saving;
  });

describe("OSC-2: a note is saved while it is written, and held by one", () => {
  it("keeps each pause on top of the one before", async () => {
    const draft = await beginTestNote(clinic, doctor);
    expect(await saveTestNote(clinic, doctor, draft, 1, "Toux")).toMatchObject({ revision: 2 });
    expect(await saveTestNote(clinic, doctor, draft, 2, "Toux depuis 3 jours")).toMatchObject({ revision: 3 });
    const read = await as(doctor).open({ id: draft.id, tab: newTab(), take: true });
    expect(read.answers).toEqual({ subjective: written("Toux depuis 3 jours") });
    expect(read).toMatchObject({ revision: 3, held: true, savedByMe: true });
  });

  it("takes a save that is sent again for the same one", async () => {
    const draft = await beginTestNote(clinic, doctor);
    const input = { id: draft.id, tab: draft.tab, revision: 1, saveId: newId(), ...content("Toux") };
    const first = await as(doctor).save(input);
    expect(await as(doctor).save(input)).toEqual(first);
    expect((await as(doctor).watch({ id: draft.id })).revision).toBe(2);
  });

  it("takes it so also while the first is still being written, and says signed of what was signed in that moment", async () => {
    const draft = await beginTestNote(clinic, doctor);
    const input = { id: draft.id, tab: draft.tab, revision: 1, saveId: newId(), ...content("Toux") };
    expect(
      await duringWrite("revision = 2, save_id = $2", draft.id, input.saveId, () => as(doctor).save(input)),
    ).toMatchObject({ revision: 2 });
    const next = { ...input, revision: 2, saveId: newId() };
    const signed =
      "answers = '{}', holder_id = null, holder_tab = null, held_until = null, closed_at = case when $2::uuid is null then null else now() end";
    const late = duringWrite(signed, draft.id, newId(), () => as(doctor).save(next));
    expect(await refusal(late)).toMatchObject({ key: "note.signed" });
  });

  it("tells whoever waits that it was saved, given up or signed, and nothing of a sign of life nor of what changed", async () => {
    const draft = await beginTestNote(clinic, doctor);
    await opens(colleague, draft.patientId);
    const heard: string[] = [];
    await asAdmin(database.adminUrl, async (admin) => {
      admin.on("notification", ({ payload }) => payload?.startsWith(clinic.id) && heard.push(payload));
      await admin.query("listen chevet_note");
      // What was told before is here once an answer is.
      const told = async (act: () => Promise<unknown>) => {
        heard.length = 0;
        await act();
        await admin.query("select 1");
        return heard.slice();
      };
      const hold = { id: draft.id, tab: draft.tab };
      expect(await told(() => as(doctor).hold(hold))).toEqual([]);
      expect(await told(() => saveTestNote(clinic, doctor, draft, 1, "Toux"))).toEqual([clinic.id]);
      expect(await told(() => as(doctor).hold({ ...hold, release: true }))).toEqual([clinic.id]);
      expect(await told(() => as(colleague).open({ id: draft.id, tab: newTab(), take: true }))).toEqual([clinic.id]);
      expect(await told(() => as(colleague).sign({ id: draft.id, revision: 2 }))).toEqual([clinic.id]);
    });
  });

  it("shows a second person who holds the edit, and lets them write nothing meanwhile", async () => {
    const draft = await beginTestNote(clinic, doctor);
    await opens(colleague, draft.patientId);
    await saveTestNote(clinic, doctor, draft, 1, "Toux");
    const tab = newTab();
    const seen = await as(colleague).open({ id: draft.id, tab, take: true });
    expect(seen).toMatchObject({
      held: false,
      heldBy: { userId: doctor.userId, name: doctor.ctx.membership.displayName },
    });
    const told = await refusal(saveTestNote(clinic, colleague, { id: draft.id, tab }, 2, "Fièvre"));
    expect(told).toMatchObject({
      code: "Conflict",
      key: "note.held",
      details: { by: doctor.ctx.membership.displayName },
    });
    expect((await as(doctor).open({ id: draft.id, tab: draft.tab })).answers).toEqual({ subjective: written("Toux") });
  });

  it("frees an edit that was left, within five minutes, for another to take over; who left then overwrites nothing", async () => {
    const draft = await beginTestNote(clinic, doctor);
    await opens(colleague, draft.patientId);
    await saveTestNote(clinic, doctor, draft, 1, "Toux");
    const { holder } = await as(colleague).watch({ id: draft.id });
    expect((holder?.until.getTime() ?? 0) - Date.now()).toBeLessThan(5 * 60_000);
    await silence(draft.id, 5);
    expect((await as(colleague).watch({ id: draft.id })).holder).toBeNull();
    const tab = newTab();
    expect(await as(colleague).open({ id: draft.id, tab })).toMatchObject({ held: true, revision: 2 });
    await saveTestNote(clinic, colleague, { id: draft.id, tab }, 2, "Toux\nFièvre");
    expect((await refusal(saveTestNote(clinic, doctor, draft, 2, "Toux grasse"))).key).toBe("note.held");
    await silence(draft.id, 5);
    const moved = await refusal(saveTestNote(clinic, doctor, draft, 2, "Toux grasse"));
    expect(moved).toMatchObject({ key: "note.moved", details: { revision: 3 } });
    expect((await as(doctor).open({ id: draft.id, tab: draft.tab })).answers).toEqual({
      subjective: written("Toux\nFièvre"),
    });
    const journal = await asAdmin(database.adminUrl, (admin) =>
      admin.query("select event from clinic.audit_event where clinic_id = $1 and $2 = any(entity_ids) order by id", [
        clinic.id,
        draft.id,
      ]),
    );
    expect(journal.rows.map(({ event }) => event)).toEqual([
      "note.begun",
      "note.taken-over",
      "note.draft-read",
      "note.taken-over",
      "note.draft-read",
    ]);
  });

  it("gives a sign of life without a word, and gives the edit back when it is left", async () => {
    const draft = await beginTestNote(clinic, doctor);
    await opens(colleague, draft.patientId);
    expect(await as(doctor).hold({ id: draft.id, tab: draft.tab })).toEqual({ held: true });
    expect(await as(colleague).hold({ id: draft.id, tab: draft.tab })).toEqual({ held: false });
    await as(doctor).hold({ id: draft.id, tab: draft.tab, release: true });
    expect((await as(colleague).open({ id: draft.id, tab: newTab() })).held).toBe(true);
  });

  it("one's own other window takes the edit at once", async () => {
    const draft = await beginTestNote(clinic, doctor);
    const tab = newTab();
    expect((await as(doctor).open({ id: draft.id, tab })).held).toBe(false);
    expect((await as(doctor).open({ id: draft.id, tab, take: true })).held).toBe(true);
    expect((await refusal(saveTestNote(clinic, doctor, draft, 1, "Toux"))).key).toBe("note.held");
  });
});

describe("GM-6: two saves of one revision", () => {
  it("are one and a refusal, however close", async () => {
    const draft = await beginTestNote(clinic, doctor);
    await as(doctor).hold({ id: draft.id, tab: draft.tab, release: true });
    const tabs = [newTab(), newTab()];
    const saves = await Promise.allSettled([
      saveTestNote(clinic, doctor, { id: draft.id, tab: tabs[0] as string }, 1, "Le premier"),
      saveTestNote(clinic, colleague, { id: draft.id, tab: tabs[1] as string }, 1, "Le second"),
    ]);
    expect(saves.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const kept = saves[0]?.status === "fulfilled" ? "Le premier" : "Le second";
    const read = await as(doctor).open({ id: draft.id, tab: newTab() });
    expect(read).toMatchObject({ revision: 2, answers: { subjective: written(kept) } });
  });
});

describe("what a note may hold", () => {
  it("takes 50,000 characters and refuses one more, keeping what was there", async () => {
    const draft = await beginTestNote(clinic, doctor);
    const whole = "é".repeat(50_000);
    expect(await saveTestNote(clinic, doctor, draft, 1, whole)).toMatchObject({ revision: 2 });
    const error = await saveTestNote(clinic, doctor, draft, 2, `${whole}!`).then(
      () => undefined,
      (caught: Error) => caught,
    );
    expect(String(error)).toContain("note.tooLong");
    expect((await as(doctor).open({ id: draft.id, tab: draft.tab })).answers).toEqual({ subjective: written(whole) });
  });
});

describe("a note that is begun changes its template, and loses no word", () => {
  const change = (member: TestMember, draft: { id: string; tab: string }, revision: number, saveId = newId()) =>
    as(member).changeTemplate({ ...draft, revision, saveId, template: { shipped: "telephone.fr" } });

  it("carries over what was written, by name, and keeps the rest in sight; sent again, it is one change", async () => {
    const { patientId: _, ...draft } = await beginTestNote(clinic, doctor);
    const { revision } = await as(doctor).save({
      ...draft,
      revision: 1,
      saveId: newId(),
      title: "Toux",
      answers: { subjective: written("Toux."), plan: written("Repos.") },
      diagnoses: [{ text: "Bronchite", code: "J20.9", system: "CIM-10-CA", codeVersion: "2022" }],
    });
    const saveId = newId();
    expect(await change(doctor, draft, revision, saveId)).toEqual({ revision: revision + 1 });
    expect(await change(doctor, draft, revision, saveId)).toEqual({ revision: revision + 1 });
    const read = await as(doctor).open({ id: draft.id, tab: draft.tab });
    expect(read).toMatchObject({
      held: true,
      revision: revision + 1,
      title: "Toux",
      template: { title: "Appel téléphonique" },
    });
    // A code that was chosen from a list stays that list's, by its name and its version.
    const listed = [{ text: "Bronchite", code: "J20.9", system: "CIM-10-CA", codeVersion: "2022" }];
    expect(read.diagnoses).toEqual(listed);
    expect(read.answers.plan).toEqual(written("Repos."));
    expect(read.answers["carried-over"]).toEqual([{ runs: [{ text: "Subjectif", bold: true }] }, { runs: ["Toux."] }]);
    // Signed so, it reads so, and the seal holds what was carried over.
    await as(doctor).sign({ id: draft.id, revision: revision + 1 });
    const [signed] = await as(doctor).read({ id: draft.id });
    expect(signed?.answers["carried-over"]).toEqual(read.answers["carried-over"]);
    expect(signed?.diagnoses).toEqual(listed);
    expect((await refusal(change(doctor, draft, revision + 1))).key).toBe("note.signed");
  });

  it("overwrites no other window: an older one is told, and keeps its text", async () => {
    const draft = await beginTestNote(clinic, doctor);
    await saveTestNote(clinic, doctor, draft, 1, "Toux");
    expect((await refusal(change(doctor, { id: draft.id, tab: newTab() }, 2))).key).toBe("note.held");
    expect((await refusal(change(doctor, { id: draft.id, tab: draft.tab }, 1))).key).toBe("note.moved");
    const other = newTab();
    await as(doctor).open({ id: draft.id, tab: other, take: true });
    await change(doctor, { id: draft.id, tab: other }, 2);
    expect((await refusal(saveTestNote(clinic, doctor, draft, 2, "Toux grasse"))).key).toBe("note.held");
    expect((await as(doctor).open({ id: draft.id, tab: other })).answers["carried-over"]).toHaveLength(2);
  });

  it("is its author’s to decide", async () => {
    const draft = await beginTestNote(clinic, doctor);
    await silence(draft.id, 5);
    expect((await refusal(change(colleague, { id: draft.id, tab: newTab() }, 1))).code).toBe("Forbidden");
  });
});

import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";

let clinic: TestClinic;
let [doctor, desk, nurse] = [undefined, undefined, undefined] as unknown as TestMember[] as [
  TestMember,
  TestMember,
  TestMember,
];
let patientId: string;
const call = (member: TestMember) => callerOf(member, clinic).discussion;
const unread = async (member: TestMember) => (await call(member).count()).unread;

beforeEach(async () => {
  clinic = await makeClinic();
  [doctor, desk, nurse] = [
    await makeMember(clinic, "professional"),
    await makeMember(clinic, "assistant"),
    await makeMember(clinic, "professional"),
  ];
  ({ id: patientId } = await makePatient(clinic.owner.ctx));
});
afterAll(closeDatabases);

const assistants = { kind: "role" as const, role: "assistant" as const };
async function start(more: object = {}) {
  const input = {
    id: newId(),
    messageId: newId(),
    patientId,
    subject: "Transport du 3 décembre",
    body: "Peut-on lui réserver le transport adapté?",
    participants: [assistants],
    clinical: false,
    ...more,
  };
  await call(doctor).start(input);
  return input;
}

describe("a discussion about a patient", () => {
  it("sent twice is one, unread to whoever it is for until they have read it", async () => {
    const input = await start();
    await call(doctor).start(input);
    expect(await Promise.all([desk, doctor, nurse].map(unread))).toEqual([1, 0, 0]);
    const thread = await call(desk).read({ id: input.id });
    expect(thread).toMatchObject({ subject: input.subject, unread: true, mine: true, before: null });
    expect(thread.messages).toMatchObject([{ body: input.body, mine: false }]);
    await call(desk).markRead({ id: input.id, messageId: input.messageId });
    await call(desk).markRead({ id: input.id, messageId: input.messageId });
    expect(await unread(desk)).toBe(0);
    // Read by one of a role, it is unread still to the other.
    expect(await unread(await makeMember(clinic, "assistant"))).toBe(1);
  });

  it("is answered, and whoever answers or is named takes part from then on", async () => {
    const { id } = await start();
    const reply = {
      id: newId(),
      discussionId: id,
      body: "C’est fait.",
      participants: [{ kind: "user" as const, userId: nurse.userId }],
    };
    await call(desk).reply(reply);
    await call(desk).reply(reply);
    // Their own last word does not wait for whoever answered.
    expect(await Promise.all([doctor, nurse, desk].map(unread))).toEqual([1, 1, 0]);
    expect((await call(desk).list({ list: "mine" })).rows.find((row) => row.id === id)).toMatchObject({
      unread: false,
    });
    const { participants, messages } = await call(doctor).read({ id });
    expect(participants.map(({ key }) => key)).toEqual([
      `user:${doctor.userId}`,
      "role:assistant",
      `user:${desk.userId}`,
      `user:${nurse.userId}`,
    ]);
    expect(messages.map(({ body }) => body)).toEqual(["Peut-on lui réserver le transport adapté?", "C’est fait."]);
    expect((await call(nurse).list({ list: "unread" })).rows).toMatchObject([
      { id, lastBody: "C’est fait.", messages: 2 },
    ]);
  });

  it("is listed with the last said first, a page at a time", async () => {
    const [first, second] = [await start(), await start()];
    await call(doctor).reply({ id: newId(), discussionId: first.id, body: "Encore" });
    const page = await call(desk).list({ most: 1 });
    expect(page.rows.map(({ id }) => id)).toEqual([first.id]);
    const next = await call(desk).list({ most: 1, cursor: page.after });
    expect([next.rows.map(({ id }) => id), next.after]).toEqual([[second.id], null]);
  });

  it("of care shows no word in the clinic's list to whom nobody called: it opens on a ground", async () => {
    const { id } = await start({ clinical: true, participants: [{ kind: "user", userId: nurse.userId }] });
    const stranger = await makeMember(clinic, "professional");
    const line = async (who: TestMember) => (await call(who).list({ list: "all" })).rows.find((row) => row.id === id);
    expect(await line(stranger)).toMatchObject({ withheld: true, subject: "", lastBody: "", messages: 1, patientId });
    for (const who of [doctor, nurse]) {
      expect(await line(who)).toMatchObject({ withheld: false });
      expect((await line(who))?.subject).not.toBe("");
      expect((await line(who))?.lastBody).not.toBe("");
    }
    expect((await refusal(call(stranger).read({ id }))).key).toBe("chart.reasonNeeded");
    await opens(stranger, patientId);
    expect((await line(stranger))?.subject).not.toBe("");
  });

  it("never changes: not by staff, not by anybody who may write", async () => {
    const { id, messageId } = await start();
    const set = (statement: string) =>
      asAdmin(database.adminUrl, async (admin) => {
        await admin.query("begin");
        await admin.query("set local role chevet_staff");
        await admin.query(`set local app.clinic_id = '${clinic.id}'`);
        return admin.query(statement);
      });
    await expect(
      set(`update clinic.discussion_message set body = 'Autre' where id = '${messageId}'`),
    ).rejects.toMatchObject({ code: "42501" });
    await expect(set(`delete from clinic.discussion_message where id = '${messageId}'`)).rejects.toMatchObject({
      code: "42501",
    });
    await expect(
      set(`update clinic.discussion set subject = 'Autre', version = version + 1 where id = '${id}'`),
    ).rejects.toMatchObject({ code: "23514" });
  });

  it("of care is read by whoever gives care, and sent to nobody else", async () => {
    const participants = [{ kind: "user" as const, userId: nurse.userId }];
    const { id } = await start({ clinical: true, participants });
    expect((await refusal(call(desk).read({ id }))).code).toBe("NotFound");
    expect((await call(desk).list({ list: "all" })).rows).toEqual([]);
    expect((await call(nurse).list({ list: "all", patientId })).rows).toMatchObject([{ id }]);
    const astray = call(doctor).reply({
      id: newId(),
      discussionId: id,
      body: "À la réception",
      participants: [assistants],
    });
    expect(await refusal(astray)).toMatchObject({ fields: { participants: "task.readsNoChart" } });
  });

  it("is hidden from whom the patient asked, and from another clinic", async () => {
    const { id } = await start();
    await restrictPatient(clinic.owner.ctx, {
      patientId,
      target: { kind: "role", role: "assistant" },
      category: "message",
      signedOn: "2026-11-03",
      signerName: "Ginette Bouchard",
      signerContact: "418 555-0101",
      risksExplained: true,
      reason: "",
    });
    expect([await unread(desk), (await call(desk).list({ list: "all" })).rows]).toEqual([0, []]);
    const elsewhere = await makeClinic();
    expect((await refusal(callerOf(elsewhere.owner, elsewhere).discussion.read({ id }))).code).toBe("NotFound");
  });

  it("becomes a task that leads back to it", async () => {
    const { id } = await start();
    const { task } = callerOf(desk, clinic);
    const taskId = newId();
    await task.add({
      id: taskId,
      patientId,
      title: "Réserver le transport",
      detail: "",
      owner: { kind: "user", userId: desk.userId },
      clinical: false,
      dueOn: null,
      focus: { kind: "discussion", id },
    });
    expect(await task.read({ id: taskId })).toMatchObject({ focusKind: "discussion", focusId: id });
  });
});

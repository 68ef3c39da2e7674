import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { reply } from "#server/discussion/reply.ts";
import { startDiscussion } from "#server/discussion/start-discussion.ts";
import { completeTask } from "#server/task/complete-task.ts";
import { makeMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import { makeTask, taskInputOf } from "#tests/factories/task.ts";
import type { Factory, Scene } from "./factory.ts";

async function aPatient({ clinic, member }: Scene): Promise<string> {
  const { id } = await makePatient(clinic.owner.ctx);
  await opens(member, id);
  return id;
}
const colleague = async ({ clinic }: Scene) => ({
  kind: "user" as const,
  userId: (await makeMember(clinic, "professional")).userId,
});
const givesCare = ({ member }: Scene) => member.ctx.membership.permissions.has("chart:read");
/** Of care where whoever calls gives some: about a patient, and for nobody else. */
const given = async (scene: Scene) =>
  givesCare(scene)
    ? makeTask(scene.member, {
        patientId: await aPatient(scene),
        clinical: true,
        owner: { kind: "user", userId: scene.member.userId },
      })
    : makeTask(scene.member, { owner: { kind: "role", role: "assistant" } });
const card = (more: object = {}) => {
  const { id: _, patientId: __, focus: ___, ...rest } = taskInputOf();
  return { ...rest, ...more };
};

async function begun(scene: Scene) {
  const [id, messageId, patientId] = [newId(), newId(), await aPatient(scene)];
  await startDiscussion(scene.member.ctx, {
    id,
    messageId,
    patientId,
    subject: "Transport",
    body: "Peut-on le rappeler?",
    participants: [await colleague(scene)],
    clinical: givesCare(scene),
  });
  return { id, messageId, patientId };
}

export const taskFactories: Readonly<Record<string, Factory>> = {
  "task.recipients": async () => undefined,
  "task.count": async () => undefined,
  "task.policy": async () => undefined,
  "task.changePolicy": async () => ({ escalateAfterDays: 5, escalatesTo: null, version: 0 }),
  "task.list": async () => ({ list: "all" }),
  "task.read": async (scene) => ({ id: await given(scene) }),
  "task.versions": async (scene) => ({ id: await given(scene) }),
  "task.add": async (scene) => taskInputOf({ patientId: await aPatient(scene) }),
  "task.change": async (scene) => ({ id: await given(scene), version: 1, ...card({ title: "Rappeler demain" }) }),
  "task.open": async (scene) => ({ id: await given(scene) }),
  "task.complete": async (scene) => ({ id: await given(scene), version: 1, outcome: "Rejointe" }),
  "task.completeMany": async (scene) => ({ items: [{ id: await given(scene), version: 1 }], outcome: "" }),
  "task.cancel": async (scene) => ({ id: await given(scene), version: 1, reason: "Déjà fait" }),
  "task.reopen": async (scene) => {
    const id = await given(scene);
    await completeTask(scene.member.ctx, { id, version: 1, outcome: "" });
    return { id, version: 2 };
  },
  "task.reassign": async (scene) => ({
    items: [{ id: await given(scene), version: 1 }],
    owner: await colleague(scene),
  }),
  "discussion.count": async () => undefined,
  "discussion.list": async () => ({ list: "all" }),
  "discussion.read": async (scene) => ({ id: (await begun(scene)).id }),
  "discussion.start": async (scene) => ({
    id: newId(),
    messageId: newId(),
    patientId: await aPatient(scene),
    subject: "Transport",
    body: "Peut-on le rappeler?",
    participants: [await colleague(scene)],
    clinical: false,
  }),
  "discussion.reply": async (scene) => ({ id: newId(), discussionId: (await begun(scene)).id, body: "Fait." }),
  "discussion.markRead": async (scene) => {
    const { id, messageId } = await begun(scene);
    return { id, messageId };
  },
};

/** The ids that the everyday inputs leave out. */
export const everyTaskId: Readonly<Record<string, Factory>> = {
  "task.changePolicy": async (scene) => ({ escalateAfterDays: 5, escalatesTo: await colleague(scene), version: 0 }),
  "task.list": async (scene) => ({ list: "all", patientId: await aPatient(scene), cursor: await given(scene) }),
  "task.add": async (scene) => {
    const { id, patientId } = await begun(scene);
    return taskInputOf({
      patientId,
      focus: { kind: "discussion", id },
      owner: await colleague(scene),
      escalatesTo: await colleague(scene),
    });
  },
  "task.change": async (scene) => ({
    id: await given(scene),
    version: 1,
    ...card({ owner: await colleague(scene), escalatesTo: await colleague(scene) }),
  }),
  "discussion.list": async (scene) => {
    const { id, patientId } = await begun(scene);
    return { list: "all", patientId, cursor: id };
  },
  "discussion.read": async (scene) => {
    const { id } = await begun(scene);
    const next = newId();
    await reply(scene.member.ctx, { id: next, discussionId: id, body: "Fait.", participants: [] });
    return { id, cursor: next };
  },
  "discussion.reply": async (scene) => ({
    id: newId(),
    discussionId: (await begun(scene)).id,
    body: "Fait.",
    participants: [await colleague(scene)],
  }),
};

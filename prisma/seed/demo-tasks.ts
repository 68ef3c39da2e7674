import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { markRead } from "#server/discussion/mark-read.ts";
import { reply } from "#server/discussion/reply.ts";
import { startDiscussion } from "#server/discussion/start-discussion.ts";
import { todayIn } from "#server/patient/today.ts";
import { addTask } from "#server/task/add-task.ts";
import { completeTask } from "#server/task/complete-task.ts";
import { addToDay } from "#server/task/next-due.ts";
import { addTaskInput } from "#server/task/schema.ts";

interface Ask {
  readonly title: string;
  /** Days from today; absent without a day. */
  readonly inDays?: number;
  /** Which patient of the list. */
  readonly patient?: number;
  readonly more?: object;
}

/** Where each is the doctor's own, from what a family doctor leaves for later. */
const ofDoctor: readonly Ask[] = [
  { title: "Rappeler : résultat de biopsie", inDays: -2, patient: 0, more: { priority: "urgent" } },
  { title: "Formulaire d’assurance salaire à remplir", inDays: 0, patient: 1 },
  { title: "Dermatologie : sans réponse à la demande", inDays: 0, patient: 2 },
  {
    title: "Revoir la TA à domicile",
    inDays: 2,
    patient: 0,
    more: { repeat: { every: 2, unit: "week", until: null } },
  },
  { title: "Densité osseuse à prescrire", inDays: 4, patient: 3 },
  { title: "Renouveler le registre des narcotiques", inDays: 12, more: { clinical: false } },
];

const toDesk: readonly Ask[] = [
  { title: "Réserver le transport adapté du 3 décembre", inDays: 1, patient: 1 },
  { title: "Obtenir le rapport d’échographie de l’hôpital", inDays: -1, patient: 4 },
  { title: "Confirmer la nouvelle adresse", patient: 5 },
];

/** Tasks and discussions as they stand in a working week: some late, some for the front desk, one that comes back. */
export async function plantTasks(
  doctor: ClinicContext,
  desk: ClinicContext,
  patients: readonly string[],
): Promise<void> {
  const today = todayIn(doctor.clinic.timeZone);
  const me = { kind: "user", userId: doctor.user.id };
  const add = (ctx: ClinicContext, { title, inDays, patient, more }: Ask, owner: object, clinical: boolean) => {
    const id = newId();
    const patientId = patient === undefined ? null : (patients[patient] ?? null);
    const dueOn = inDays === undefined ? null : addToDay(today, inDays, "day");
    return addTask(ctx, addTaskInput.parse({ id, patientId, title, detail: "", owner, clinical, dueOn, ...more }));
  };
  for (const ask of ofDoctor) await add(doctor, ask, me, true);
  for (const ask of toDesk) await add(doctor, ask, { kind: "role", role: "assistant" }, false);
  const asked: Ask = { title: "Rappeler la fille au sujet du rendez-vous", inDays: 0, patient: 2 };
  await add(desk, asked, me, false);
  const done = await add(doctor, { title: "Télécopier la liste des médicaments", inDays: -3, patient: 0 }, me, false);
  await completeTask(doctor, { id: done.id, version: 1, outcome: "Envoyée à la pharmacie Hébert." });
  await talk(doctor, desk, patients);
}

async function talk(doctor: ClinicContext, desk: ClinicContext, patients: readonly string[]): Promise<void> {
  const begin = async (ctx: ClinicContext, patient: number, subject: string, body: string, to: ClinicContext) => {
    const [id, messageId] = [newId(), newId()];
    const participants = [{ kind: "user" as const, userId: to.user.id }];
    await startDiscussion(ctx, {
      id,
      messageId,
      patientId: patients[patient] ?? "",
      subject,
      body,
      participants,
      clinical: false,
    });
    return { id, messageId };
  };
  const said = (ctx: ClinicContext, discussionId: string, body: string) =>
    reply(ctx, { id: newId(), discussionId, body, participants: [] });
  const transport = await begin(
    doctor,
    1,
    "Transport adapté",
    "Peut-on réserver le transport pour sa visite de la semaine prochaine? Sa fille n’est pas disponible.",
    desk,
  );
  await markRead(desk, { id: transport.id, messageId: transport.messageId });
  await said(desk, transport.id, "C’est réservé pour 9 h 30. Je l’appelle pour confirmer.");
  const form = await begin(
    desk,
    0,
    "Formulaire à signer",
    "Le formulaire de l’assureur est arrivé par la poste. Je le laisse dans votre pigeonnier ou je le numérise?",
    doctor,
  );
  await markRead(doctor, { id: form.id, messageId: form.messageId });
  await said(doctor, form.id, "Numérisez-le, s’il vous plaît, je le remplis à l’écran.");
  await said(desk, form.id, "C’est dans la boîte.");
}

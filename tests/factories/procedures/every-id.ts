import { makePatient, patientInput } from "#prisma/seed/fictional-patient.ts";
import { addCorrespondent } from "#server/correspondent/add-correspondent.ts";
import { addCorrespondentInput } from "#server/correspondent/schema.ts";
import { newId } from "#server/db/new-id.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeMember } from "#tests/factories/clinic.ts";
import { opens } from "#tests/factories/ground.ts";
import { makeSchedule, sitDown } from "#tests/factories/schedule.ts";
import { everyAppointmentId } from "./appointment.ts";
import { everyCommunicationId } from "./communication.ts";
import { everyDocumentId } from "./document.ts";
import type { Factory, Scene } from "./factory.ts";
import { everyLetterId } from "./letter.ts";
import { everyMedicationId } from "./medication.ts";
import { everyNoteId } from "./note.ts";
import { wholePage } from "./public-page.ts";
import { everyRecordId } from "./record.ts";
import { procedureFactories } from "./registry.ts";
import { everyRequestId } from "./request-person.ts";
import { monday, serviceInput } from "./schedule.ts";
import { everyTaskId } from "./task.ts";
import { everyWaitingId } from "./waitlist.ts";

/**
 * Valid inputs that fill in every id which the everyday input leaves out: each place for an id that the schema has must be in one
 * of the two, or the suite fails.
 */
export const everyIdFactories: Readonly<Record<string, Factory>> = {
  ...everyAppointmentId,
  ...everyCommunicationId,
  ...everyDocumentId,
  ...everyLetterId,
  ...everyMedicationId,
  ...everyRecordId,
  ...everyRequestId,
  ...everyWaitingId,
  ...everyNoteId,
  ...everyTaskId,
  "audit.list": async (scene) => ({
    agentId: scene.member.userId,
    patientId: await aPatient(scene),
    before: newId(),
  }),
  "audit.listOwn": async (scene) => ({ patientId: await aPatient(scene), before: newId() }),
  "auth.account.traces": async () => ({ cursor: newId() }),
  "invitation.list": async (scene) => ({ after: (await anInvitation(scene)).id }),
  "invitation.send": async (scene) => ({
    ...((await usual("invitation.send", scene)) as object),
    role: "trainee",
    locationIds: [await aLocation(scene)],
    supervisorId: scene.clinic.owner.membershipId,
  }),
  "membership.list": async (scene) => ({ after: scene.clinic.owner.membershipId }),
  "membership.change": async (scene) => ({
    ...((await usual("membership.change", scene)) as object),
    role: "trainee",
    locationIds: [await aLocation(scene)],
    supervisorId: scene.clinic.owner.membershipId,
  }),
  "consent.record": async (scene) => {
    const { id, relatedPersons } = await makePatient(scene.clinic.owner.ctx, {
      birthDate: "2020-02-03",
      relatedPersons: [{ ...mother, mayAct: true }],
    });
    const input = (await usual("consent.record", scene)) as object;
    return { ...input, patientId: id, givenBy: relatedPersons[0]?.id };
  },
  "correspondent.list": async (scene) => ({ after: (await aDoctorAndPharmacy(scene)).pharmacyId }),
  "patient.list": async (scene) => ({
    after: await aPatient(scene),
    filters: { familyDoctorId: (await aDoctorAndPharmacy(scene)).familyDoctorId },
  }),
  "patient.saveList": async (scene) => ({
    ...((await usual("patient.saveList", scene)) as object),
    filters: { familyDoctorId: (await aDoctorAndPharmacy(scene)).familyDoctorId },
  }),
  "patient.update": async (scene) => ({
    ...((await usual("patient.update", scene)) as object),
    changes: await aDoctorAndPharmacy(scene),
  }),
  "patient.duplicates": async (scene) => {
    const { id, familyName, givenName } = await makePatient(scene.clinic.owner.ctx);
    return { familyName, givenName, birthDate: null, except: id };
  },
  "patient.register": async (scene) => {
    const { id, familyName, givenName, birthDate } = await makePatient(scene.clinic.owner.ctx);
    const relatedPersons = [{ ...mother, relatedPatientId: await aPatient(scene) }];
    return {
      ...patientInput(),
      id: newId(),
      familyName,
      givenName,
      birthDate,
      nam,
      relatedPersons,
      ...(await aDoctorAndPharmacy(scene)),
      knownDuplicates: [id],
    };
  },
  "patient.addRelatedPerson": async (scene) => ({
    patientId: await aPatient(scene),
    person: { ...mother, relatedPatientId: await aPatient(scene) },
  }),
  "patient.updateRelatedPerson": async (scene) => ({
    ...((await usual("patient.updateRelatedPerson", scene)) as object),
    person: { ...mother, relatedPatientId: await aPatient(scene) },
  }),
  "reminder.messages": async (scene) => ({
    show: "all",
    after: ((await usual("reminder.resend", scene)) as { messageId: string }).messageId,
  }),
  "publicPage.save": wholePage,
  "privacy.liveRestrictions": async () => ({ before: newId() }),
  "privacy.openings": async (scene) => ({
    patientId: await aPatient(scene),
    userId: scene.member.userId,
    before: newId(),
  }),
  "privacy.toReview": async () => ({ before: newId() }),
  "privacy.restrict": async (scene) => ({ ...((await usual("privacy.restrict", scene)) as object), id: newId() }),
  "privacy.breakGlass": async (scene) => ({ ...((await usual("privacy.breakGlass", scene)) as object), id: newId() }),
  "schedule.service.list": async (scene) => ({ after: await aServiceOf(scene) }),
  "schedule.service.add": async (scene) => serviceInput({ requirements: [await aNeed(scene)] }),
  "schedule.service.change": async (scene) => ({
    ...((await usual("schedule.service.change", scene)) as object),
    requirements: [await aNeed(scene)],
  }),
  "schedule.hours.replace": async (scene) => ({
    ...((await usual("schedule.hours.replace", scene)) as object),
    rules: [{ ...monday(), serviceId: await aServiceOf(scene) }],
  }),
  "schedule.exception.list": async (scene) => ({
    after: ((await usual("schedule.exception.remove", scene)) as { id: string }).id,
    resourceId: (await makeSchedule(scene.clinic)).practitioners[0],
  }),
  "schedule.exception.add": async (scene) => ({
    ...((await usual("schedule.exception.add", scene)) as object),
    locationId: (await makeSchedule(scene.clinic)).locationId,
  }),
  "schedule.displaced": async (scene) => ({
    after: await sitDown(await makeSchedule(scene.clinic), { at: "2027-03-01 09:00" }),
  }),
  "practitioner.list": async (scene) => ({ after: ((await usual("practitioner.change", scene)) as { id: string }).id }),
  "practitioner.add": async (scene) => ({
    ...((await usual("practitioner.add", scene)) as object),
    membershipId: (await makeMember(scene.clinic, "professional")).membershipId,
  }),
  "practitioner.change": async (scene) => ({
    ...((await usual("practitioner.change", scene)) as object),
    membershipId: (await makeMember(scene.clinic, "professional")).membershipId,
  }),
};

const mother = { relationship: "mother" as const, familyName: "Gagnon", givenName: "Anne" };
const nam = { value: null, expiry: null, status: "absent" as const, overrideReason: "" };

const usual = (path: string, scene: Scene) => (procedureFactories[path] as Factory)(scene);
async function aPatient({ clinic, member }: Scene): Promise<string> {
  const { id } = await makePatient(clinic.owner.ctx);
  await opens(member, id);
  return id;
}
const anInvitation = async (scene: Scene) => (await usual("invitation.revoke", scene)) as { id: string };

const aServiceOf = async ({ clinic }: Scene) => (await makeSchedule(clinic)).serviceId;
const aNeed = async ({ clinic }: Scene) => ({
  kind: "practitioner" as const,
  quantity: 1,
  resourceType: "",
  candidates: [(await makeSchedule(clinic)).practitioners[0]],
});

async function aLocation({ clinic }: Scene): Promise<string> {
  const id = newId();
  const card = { addressLine: "", city: "Québec", postalCode: "", phone: "", timeZone: "America/Toronto" } as const;
  await callerOf(clinic.owner, clinic).location.add({ ...card, id, name: `Lieu ${id}` });
  return id;
}

async function aDoctorAndPharmacy({ clinic }: Scene): Promise<{ familyDoctorId: string; pharmacyId: string }> {
  const add = async (one: object) =>
    (await addCorrespondent(clinic.owner.ctx, addCorrespondentInput.parse({ id: newId(), ...one }))).id;
  return {
    familyDoctorId: await add({ kind: "practitioner", familyName: "Bélanger", givenName: "Ève" }),
    pharmacyId: await add({ kind: "pharmacy", name: "Pharmacie Hébert" }),
  };
}

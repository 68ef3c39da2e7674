import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matrix, roles } from "#server/access/permissions.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";
import { everyIdFactories } from "#tests/factories/procedures/every-id.ts";
import type { Factory, Scene } from "#tests/factories/procedures/factory.ts";
import { ownCallers, procedureFactories } from "#tests/factories/procedures/registry.ts";
import { fingerprint, rowsOf } from "./doors/fingerprint.ts";
import { type Answer, type Doors, openDoors } from "./doors/open-doors.ts";
import { behind, idPlaces, type Procedure } from "./doors/procedures.ts";
import { idsIn, nobodysId, placeOf, withId } from "./doors/swap-ids.ts";

/**
 * Every id that a clinic's procedure takes, found in its schema: in the rightful member's own call, that one id becomes one of the
 * same kind from another clinic, then one that nobody has. The two answers are the same to the last byte, nothing changes
 * anywhere, and the call as it was then succeeds, so that it was the id that was refused.
 */

/** Ids that the caller makes, for a row that is about to be: what another clinic calls so is nothing to them, and they get theirs. */
const minted: Readonly<Record<string, string>> = {
  "appointment.book id": "the form's own id for the new appointment: sent twice, one is booked",
  "appointment.book sittingId": "the form's own id for its time",
  "appointment.join id": "the form's own id for the new appointment",
  "appointment.openGroup id": "the form's own id for the new sitting",
  "appointment.block id": "the form's own id for the blocked time",
  "chart.sayReason id": "the form's own id for the reason: sent twice, it is said once",
  "chartExport.begin id": "the screen's own id for the file: pressed twice, one is made",
  "communication.send id": "the drawer's own id for the sending: pressed twice, it goes once",
  "communication.tell id": "the form's own id for the line of the register",
  "calendar.make id": "the form's own id for the new address",
  "allergy.add id": "the form's own id for the new allergy",
  "allergy.stateNone id": "the button's own id for the new statement",
  "condition.add id": "the form's own id for the new problem",
  "history.add id": "the form's own id for the new entry",
  "immunization.add id": "the form's own id for the new vaccine",
  "observation.record panelId": "the form's own id for what was measured together: sent twice, it is written once",
  "observation.record values.*.id": "the form's own id for each value",
  "note.start id": "the screen's own id for the new note: pressed twice, one is begun",
  "note.start encounterId": "the screen's own id for the new encounter",
  "note.amend id": "the screen's own id for the new addendum or correction",
  "note.save saveId": "the window's own id for this save: sent twice, it is one",
  "note.changeTemplate saveId": "the window’s own id for this save: sent twice, it is one",
  "note.save diagnoses.*.conditionId": "words of a draft: another's is passed over when it is signed",
  "questionnaire.add id": "the form's own id for the new template",
  "phrase.add id": "the form's own id for the new phrase",
  "document.beginUpload files.*.id":
    "the page's own id for a file that it is about to send: sent twice, it is one document",
  "document.address noteId": "the form's own id for what is said: pressed twice, it is sent once",
  "document.signOff noteId": "the form's own id for what is said: pressed twice, it is signed once",
  "task.add id": "the form's own id for the new task: sent twice, it is one",
  "discussion.start id": "the form's own id for the new discussion: sent twice, it is one",
  "discussion.start messageId": "the form's own id for its first message",
  "discussion.reply id": "the form's own id for the new message: pressed twice, it is said once",
  "recall.add id": "the form's own id for the new recall",
  "recall.attempt id": "the form's own id for the new attempt",
  "requestPerson.register patientId": "the screen's own id for the new record: pressed twice, one is opened",
  "waitlist.add id": "the form's own id for the new entry",
  "waitlist.addSooner id": "the button's own id for the new entry: pressed twice, the visit waits once",
  "location.add id": "the form's own id for the new location",
  "practitioner.add id": "the form's own id for the new practitioner",
  "reminder.addRule id": "the form's own id for the new rule",
  "reminder.resend id": "the button's own id for the new message: pressed twice, one is sent",
  "schedule.service.add id": "the form's own id for the new service",
  "schedule.resource.add id": "the form's own id for the new room or device",
  "schedule.hours.replace rules.*.id": "the form's own id for new hours",
  "schedule.exception.add id": "the form's own id for the new exception",
  "consent.record id": "the form's own id for the new consent",
  "correspondent.add id": "the form's own id for the new line of the directory",
  "patient.addAlert id": "the form's own id for the new alert",
  "patient.saveList id": "the form's own id for the list that is kept",
  "patient.merge id": "the screen's own id for the merge: pressed twice, it is one",
  "medication.add id": "the form's own id for the new drug on the list",
  "medication.review id": "the button's own id for the new review: pressed twice, it is one",
  "medication.saveFavourite id": "the button's own id for the new favourite",
  "prescription.prepare id": "the screen's own id for what it begins to prepare",
  "prescription.prepare items.*.medicationId":
    "a drug that is new has the id that it will have on the list; another's is refused when it is signed",
  "privacy.restrict id": "the form's own id for the new restriction: sent twice, it is registered once",
  "privacy.breakGlass id": "the form's own id for the glass: pressed twice, one is broken",
  "privacy.review id": "the form's own id for the look: pressed twice, it is one",
  "letter.start id": "the screen's own id for the new letter: pressed twice, one is begun",
  "letter.correct id": "the screen's own id for the letter that corrects",
  "letter.save saveId": "the window's own id for this save: sent twice, it is one",
  "letter.save content.recipient.correspondentId": "words of a draft: another's is refused when it is signed",
  "letter.save content.copies.*.correspondentId": "words of a draft: nothing is read by it",
  "letter.save content.attachments.*.ids.*": "words of a draft: another's is refused when it is signed",
  "letter.save content.body.*.runs.*.source.id": "where a piece of text came from: nothing is read by it",
  "letterTemplate.add content.fr.body.*.runs.*.source.id": "where a piece of text came from: nothing is read by it",
  "letterTemplate.add content.en.body.*.runs.*.source.id": "where a piece of text came from: nothing is read by it",
  "letterTemplate.change content.fr.body.*.runs.*.source.id": "where a piece of text came from: nothing is read by it",
  "letterTemplate.change content.en.body.*.runs.*.source.id": "where a piece of text came from: nothing is read by it",
  "letterTemplate.add id": "the form's own id for the new template",
  "referral.start id": "the screen's own id for the new request's letter: pressed twice, one is begun",
  "referral.start requestId": "the screen's own id for the new request",
  "patient.register id": "the form's own id for the new record: sent twice, one is registered",
};

type ClinicProcedure = Procedure & { guard: { kind: "clinic"; permission: string } };

const admin = new pg.Client({ connectionString: database.adminUrl });
const withIds = behind("clinic").filter(([, one]) => idPlaces(one).length > 0);
const count = { places: 0, calls: 0 };
let doors: Doors;
let [here, there] = [undefined as unknown as Scene["clinic"], undefined as unknown as Scene["clinic"]];

beforeAll(async () => {
  [doors] = [await openDoors(), await admin.connect()];
  [here, there] = [await makeClinic(), await makeClinic()];
});
afterAll(async () => {
  console.log(
    `ids: ${withIds.length} procedures take ${count.places} ids; ${count.calls} calls with somebody else's or nobody's`,
  );
  await Promise.all([doors.close(), admin.end()]);
  await closeDatabases();
});

async function sceneIn(clinic: Scene["clinic"], { path, guard }: ClinicProcedure): Promise<Scene> {
  const role = roles.find((one) => (matrix[one] as readonly string[]).includes(guard.permission));
  const member = role === "owner" ? clinic.owner : await makeMember(clinic, role ?? "owner");
  return { clinic, member: (await ownCallers[path]?.({ clinic, member })) ?? member };
}

const ask = ({ clinic, member }: Scene, procedure: Procedure, input: unknown) => {
  count.calls += 1;
  return doors.call(procedure, input, { slug: clinic.slug, cookie: `chevet-staff=${member.token}` });
};

/** The answer less the id that was asked for, which the caller knows: saying it back reveals nothing. */
const less = (answer: Answer, id: string) =>
  answer.whole.replaceAll(id, "<id>").replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>");

describe("promise 2: an id of another clinic", () => {
  it.each(withIds)("%s", async (path, procedure) => {
    const make = everyIdFactories[path] ?? (procedureFactories[path] as Factory);
    const mine = await sceneIn(here, procedure);
    const theirs = await sceneIn(there, procedure);
    const [input, foreign] = [await make(mine), await make(theirs)];
    const foreignIds = new Map(idsIn(foreign).map(({ at, id }) => [at.join("."), id]));
    const tried = idsIn(input);
    expect(tried.map(({ at }) => placeOf(at)).sort(), "every place that the schema has for an id is filled").toEqual(
      idPlaces(procedure).sort(),
    );
    for (const { at } of tried) {
      const id = foreignIds.get(at.join(".")) ?? "";
      expect(id).not.toBe("");
      if (minted[`${path} ${placeOf(at)}`]) await mintTheSame(procedure, at, id);
      else await refuseAlike(procedure, mine, input, at, id);
      count.places += 1;
    }
    const answer = await ask(mine, procedure, input);
    expect(`${answer.status} ${answer.status === 200 ? "" : answer.body}`).toBe("200 ");
  });

  it("is minted only where this page says so", () => {
    const places = withIds.flatMap(([path, one]) => idPlaces(one).map((place) => `${path} ${place}`));
    expect(Object.keys(minted).filter((one) => !places.includes(one))).toEqual([]);
  });
});

async function refuseAlike(
  procedure: Procedure,
  mine: Scene,
  input: unknown,
  at: readonly string[],
  foreignId: string,
): Promise<void> {
  const missingId = nobodysId(foreignId);
  // The journal of one's own clinic may say what was tried, and says the same of both.
  const own = (table: string) => (table === "clinic.audit_event" ? rowsOf(mine.clinic.id) : undefined);
  const before = await fingerprint(admin, own);
  const journal = [await lines(mine.clinic.id)];
  const elsewhere = await ask(mine, procedure, withId(input, at, foreignId));
  journal.push(await lines(mine.clinic.id));
  const nowhere = await ask(mine, procedure, withId(input, at, missingId));
  journal.push(await lines(mine.clinic.id));
  expect(less(elsewhere, foreignId), `${at.join(".")}: another clinic's or nobody's`).toBe(less(nowhere, missingId));
  expect(await fingerprint(admin, own), `${at.join(".")}: nothing changed`).toEqual(before);
  const [first = [], second = [], third = []] = journal;
  expect(second.slice(first.length)).toEqual(third.slice(second.length));
  if (procedure.type === "mutation")
    expect(elsewhere.status, `${at.join(".")}: is refused`).toBeGreaterThanOrEqual(400);
  expect(elsewhere.status).toBeLessThan(500);
}

const lines = async (clinicId: string): Promise<string[]> =>
  (
    await admin.query(
      "select event || ' ' || outcome as line from clinic.audit_event where clinic_id = $1 order by id",
      [clinicId],
    )
  ).rows.map(({ line }) => line);

/** Two clinics just opened make the same thing, one under an id that a third uses, one under nobody's: they get the same, the third nothing. */
async function mintTheSame(procedure: ClinicProcedure, at: readonly string[], foreignId: string): Promise<void> {
  const scenes = [await sceneIn(await makeClinic(), procedure), await sceneIn(await makeClinic(), procedure)] as const;
  const make = procedureFactories[procedure.path] as Factory;
  const input = { id: newId(), ...((await make(scenes[0])) as object) };
  // The same, with what it names in the second's own clinic.
  const second = idsIn(await make(scenes[1])).reduce<unknown>((made, one) => withId(made, one.at, one.id), input);
  const theirs = () => rowsOf(scenes[0].clinic.id, scenes[1].clinic.id);
  const before = await fingerprint(admin, theirs);
  const missingId = nobodysId(foreignId);
  const elsewhere = await ask(scenes[0], procedure, withId(input, at, foreignId));
  const nowhere = await ask(scenes[1], procedure, withId(second, at, missingId));
  expect(elsewhere.status).toBe(200);
  // What hangs on the new row gets ids of its own.
  const shape = (answer: Answer, id: string) =>
    less(answer, id)
      .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<its own>")
      .replaceAll(/(version\W+)\d+/g, "$1<its own>")
      // An address holds the clinic's own name; a secret one is another each time.
      .replaceAll(/clinique-[0-9a-f]+/g, "<clinic>")
      .replaceAll(/[\w-]{43}/g, "<secret>");
  expect(shape(elsewhere, foreignId)).toBe(shape(nowhere, missingId));
  expect(await fingerprint(admin, theirs)).toEqual(before);
}

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { makePrescriber } from "#tests/factories/prescriber.ts";
import { ownCallers, procedureFactories } from "#tests/factories/procedures/registry.ts";
import { behind } from "./doors/procedures.ts";

/**
 * Every procedure that asks for a right to the chart, to documents or to tasks, read from the router: somebody of the same clinic who neither sees the
 * patient, nor follows them, nor said why, calls it with an input that is right for whoever does. What does not ask them why is written here.
 */
const asksNobody = {
  "is of no patient, or of whoever calls": [
    "chart.sayReason",
    "chartExport.list",
    "document.beginUpload",
    "document.uploads",
    "document.reviewers",
    "drug.search",
    "letterTemplate.add",
    "letterTemplate.change",
    "letterTemplate.list",
    "letterTemplate.retire",
    "medication.saveFavourite",
    "note.localKey",
    "note.ofDay",
    "note.unsigned",
    "phrase.add",
    "phrase.change",
    "phrase.list",
    "phrase.retire",
    "questionnaire.add",
    "questionnaire.change",
    "questionnaire.list",
    "questionnaire.retire",
    "terminology.search",
  ],
  "is the work of the inbox, or of what was sent, each line told in the journal": [
    "document.address",
    "document.count",
    "document.file",
    "document.inbox",
    "document.putAside",
    "document.read",
    "document.reviews",
    "document.takeBack",
    "document.unfile",
    "communication.toLookAt",
    "referral.desk",
    "referral.fileReport",
  ],
  "is a list of the clinic's, which withholds what is said of a chart until it is said why": [
    "discussion.list",
    "document.list",
    "letter.to",
    "referral.list",
    "task.list",
    "task.read",
  ],
  "says whose work it is, and how much: not what it is": [
    "discussion.count",
    "discussion.markRead",
    "task.count",
    "task.open",
    "task.policy",
    "task.reassign",
    "task.recipients",
  ],
  "writes one's own words, and shows nothing": ["discussion.start", "task.add"],
  "follows something on its way, and shows nothing of what it says": [
    "communication.renewCode",
    "communication.revoke",
    "note.hold",
    "note.watch",
    "referral.cancel",
    "referral.markBooked",
    "referral.markSeen",
    "referral.receiveReport",
    "referral.takeBack",
  ],
};
/** Another rule refuses them first: only its author, its supervisor, or whoever asked for it. */
const otherwiseRefused = [
  "letter.correct",
  "letter.markInError",
  "note.changeTemplate",
  "note.cosign",
  "note.markInError",
  "note.setAudience",
  "chartExport.cancel",
  "document.completeUpload",
  "medication.removeFavourite",
];

const ofCare = behind("clinic").filter(
  ([, { guard }]) => guard.permission.startsWith("chart:") || ["document:file", "task:use"].includes(guard.permission),
);

let clinic: TestClinic;
let carer: TestMember;
let stranger: TestMember;

beforeAll(async () => {
  clinic = await makeClinic();
  carer = await makeMember(clinic, "professional");
  stranger = await makePrescriber(clinic);
});
afterAll(closeDatabases);

/** Calls it by its path, as the browser of a member does. @returns the key of the refusal; undefined when it was answered */
async function call(member: TestMember, path: string, input: unknown): Promise<string | undefined> {
  const at = path
    .split(".")
    .reduce<unknown>((found, step) => (found as Record<string, unknown>)[step], callerOf(member, clinic));
  const calling = (at as (input: unknown) => Promise<unknown>)(input);
  const answered = await calling.then(
    () => true,
    () => false,
  );
  return answered ? undefined : (await refusal(calling)).key;
}

describe("AC-22, AC-28: no door of a chart opens without a ground", () => {
  it.each(ofCare)("%s", async (path) => {
    const member = (await ownCallers[path]?.({ clinic, member: carer })) ?? carer;
    const input = await procedureFactories[path]?.({ clinic, member });
    const key = await call(stranger, path, input);
    if (otherwiseRefused.includes(path)) return expect(key).toMatch(/^(forbidden|notFound)$/);
    const free = Object.values(asksNobody).flat();
    expect(key).toBe(free.includes(path) ? undefined : "chart.reasonNeeded");
  });

  it("and nothing is said here of a door that is not", () => {
    const said = [...Object.values(asksNobody).flat(), ...otherwiseRefused];
    expect(said.filter((path) => !ofCare.some(([one]) => one === path))).toEqual([]);
  });
});

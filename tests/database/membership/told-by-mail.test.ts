import { expect, it } from "vitest";
import { composeSecurityChange } from "#server/auth/mail/compose-security-change.ts";
import { newId } from "#server/db/new-id.ts";
import { renderMail } from "#server/mail/render-mail.ts";
import { tellMember } from "#server/membership/tell-member.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";

/**
 * From the gesture in the clinic to the words in the mailbox: the outbox's own rows are handled as the worker handles them,
 * and what it then sends is rendered and read.
 */
const sender = {
  name: "Hébergement Exemple",
  contact: ["aide@exemple.quebec"],
  origin: "https://chevet.exemple.quebec",
};
const handlers = {
  "tell-role-changed": tellMember("member.role-changed"),
  "tell-access-changed": tellMember("member.access-changed"),
  "tell-access-ended": tellMember("member.access-ended"),
  "tell-access-restored": tellMember("member.access-restored"),
} as const;

const sql = <Row extends object>(text: string, values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query<Row>(text, values)).rows);

/** Runs what the clinic owes, and returns what each mail that follows says, and to whom. */
async function mailsOf(clinic: TestClinic): Promise<{ to: string; text: string }[]> {
  const owed = await sql<{ id: string; job: keyof typeof handlers; payload: { userId: string } }>(
    "delete from queue.outbox where clinic_id = $1 and job like 'tell-%' returning id, job, payload",
    [clinic.id],
  );
  for (const { id, job, payload } of owed)
    await handlers[job]({ requestId: newId(), job, clinicId: clinic.id, jobId: id }, payload);
  const ids = owed.map(({ id }) => id);
  const deliveries = await sql<{ id: string; locale: "fr"; subject: Record<string, string> }>(
    "select id, locale, subject from queue.delivery where kind = 'security-change' and subject ->> 'eventId' = any($1)",
    [ids],
  );
  const worker = { requestId: newId(), job: "deliver-mail", clinicId: null };
  return Promise.all(
    deliveries.map(async ({ id, locale, subject }) => {
      const mail = await composeSecurityChange(worker, { deliveryId: id, locale, subject });
      if (!mail) throw new Error("the mail is not wanted");
      const { text } = await renderMail("security-change", mail.values, { locale, sender });
      return { to: mail.to, text };
    }),
  );
}

const place = (member: TestMember, version = 1) => ({
  id: member.membershipId,
  version,
  role: "assistant" as const,
  locationIds: null as string[] | null,
  supervisorId: null,
  privacyOfficer: false,
});

async function addLocation(clinic: TestClinic): Promise<string> {
  const id = newId();
  const card = { addressLine: "", city: "Lévis", postalCode: "", phone: "", timeZone: "America/Toronto" as const };
  await callerOf(clinic.owner, clinic).location.add({ ...card, id, name: `Lieu ${id}` });
  return id;
}

type Caller = ReturnType<typeof callerOf>;
type Gesture = (caller: Caller, member: TestMember, clinic: TestClinic) => Promise<unknown>;

it.each<[string, Gesture, string]>([
  [
    "a role changed",
    (one, member) => one.membership.change({ ...place(member), role: "billing" }),
    "Votre rôle dans une clinique a changé.",
  ],
  [
    "made privacy officer",
    (one, member) => one.membership.change({ ...place(member), privacyOfficer: true }),
    "Votre rôle dans une clinique a changé.",
  ],
  [
    "limited to a location",
    async (one, member, clinic) =>
      one.membership.change({ ...place(member), locationIds: [await addLocation(clinic)] }),
    "Vos accès dans une clinique ont changé.",
  ],
  [
    "deactivated",
    (one, member) => one.membership.deactivate({ id: member.membershipId, version: 1 }),
    "Votre accès à une clinique a pris fin.",
  ],
])("%s is mailed to the person, once, and names neither clinic nor colleague", async (_, gesture, sentence) => {
  const clinic = await makeClinic("Clinique de psychologie Beauport");
  const member = await makeMember(clinic, "assistant");
  await gesture(callerOf(clinic.owner, clinic), member, clinic);
  const mails = await mailsOf(clinic);
  expect(mails.map(({ to }) => to)).toEqual([member.email]);
  expect(mails[0]?.text).toContain(sentence);
  expect(mails[0]?.text).not.toMatch(/Beauport|Lavallée/);
});

it("reactivated is mailed as access given back", async () => {
  const clinic = await makeClinic();
  const member = await makeMember(clinic, "assistant");
  const caller = callerOf(clinic.owner, clinic);
  await caller.membership.deactivate({ id: member.membershipId, version: 1 });
  await mailsOf(clinic);
  await caller.membership.reactivate({ id: member.membershipId, version: 2 });
  const mails = await mailsOf(clinic);
  expect(mails.map(({ to }) => to)).toEqual([member.email]);
  expect(mails[0]?.text).toContain("Votre accès à une clinique vous est rendu.");
});

it("a form saved with nothing changed mails nobody", async () => {
  const clinic = await makeClinic();
  const member = await makeMember(clinic, "assistant");
  await callerOf(clinic.owner, clinic).membership.change(place(member));
  expect(await mailsOf(clinic)).toEqual([]);
});

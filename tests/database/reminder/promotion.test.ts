import { afterAll, beforeAll, expect, test } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { openClinicKey, openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { wayOutToken } from "#server/reminder/contact-hash.ts";
import { findStanding } from "#server/reminder/find-standing.ts";
import { mayWrite } from "#server/reminder/may-write.ts";
import { unsubscribe } from "#server/reminder/unsubscribe.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, requestContext, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { approve, workOff } from "#tests/factories/visit.ts";

/** Consent to what is not about one's care (AC-62): recorded with its words, day, way and who, and taken back. */
let clinic: TestClinic;
let desk: TestMember;
const as = (member: TestMember = desk, of: TestClinic = clinic) => callerOf(member, of).reminder;
const sql = <Row extends object>(text: string, ...values: unknown[]) =>
  asAdmin(database.adminUrl, async (admin) => (await admin.query(text, values)).rows as Row[]);

beforeAll(async () => {
  clinic = await makeClinic();
  await approve(database.adminUrl, clinic);
  desk = await makeMember(clinic, "assistant");
});
afterAll(closeDatabases);

async function reachable(language: "fr" | "en" = "fr", value = `${newId().slice(-8)}@personne.example`) {
  const patient = await makePatient(clinic.owner.ctx, {
    language,
    contacts: [{ system: "email", use: "home", value }],
  });
  return { value, patientId: patient.id, contactId: patient.contacts[0]?.id ?? "" };
}
const keys = async () => ({ clinic: await openClinicKey(clinic.id), platform: await openPlatformKey() });
/** Whether something promotional would leave to this address. */
async function mayPromote(value: string): Promise<boolean> {
  const known = await keys();
  const standing = await withStaff(clinic.owner.ctx, (db) => findStanding(db, known, "email", value));
  return mayWrite("promotional", "email", standing, true);
}
const say = { granted: true, source: "phone", version: null } as const;

test("nobody is written to before they agree; then the words, the day, the way and who wrote it are kept", async () => {
  const { value, ...who } = await reachable();
  const [before] = await as().promotion({ patientId: who.patientId });
  expect(before).toMatchObject({ value, state: "unasked", source: "", at: null, by: null, version: null });
  expect(await mayPromote(value)).toBe(false);
  const after = await as().changePromotion({ ...who, ...say });
  expect(after).toMatchObject({ state: "granted", source: "phone", by: desk.ctx.membership.displayName, version: 2 });
  expect(after.text).toContain("J’accepte que");
  expect(after.text).toBe(before?.text);
  expect(Date.now() - (after.at?.getTime() ?? 0)).toBeLessThan(60_000);
  expect(await mayPromote(value)).toBe(true);
  const told = await sql(
    "select event, patient_id, agent_id, detail from clinic.audit_event where clinic_id = $1 and event = 'contact.promotion-granted' and patient_id = $2",
    clinic.id,
    who.patientId,
  );
  expect(told).toEqual([
    expect.objectContaining({ agent_id: desk.userId, detail: { channel: "email", source: "phone" } }),
  ]);
  // Its name may change: what was agreed to does not.
  await sql("update clinic.clinic set name = 'Un autre nom', version = version + 1 where clinic_id = $1", clinic.id);
  expect((await as().promotion({ patientId: who.patientId }))[0]?.text).toBe(after.text);
  expect((await as().promotion({ patientId: (await reachable("en")).patientId }))[0]?.text).toContain("Un autre nom");
});

test("it is taken back as easily, and the second of two screens is told", async () => {
  const { value, ...who } = await reachable();
  const { version } = await as().changePromotion({ ...who, ...say });
  const back = await as().changePromotion({ ...who, granted: false, source: "in-person", version });
  expect(back).toMatchObject({ state: "withdrawn", source: "in-person" });
  expect(await mayPromote(value)).toBe(false);
  expect((await refusal(as().changePromotion({ ...who, ...say, version }))).key).toBe("stale");
  expect((await refusal(as().changePromotion({ ...who, ...say, version: null }))).key).toBe("stale");
  expect(await mayPromote(value)).toBe(false);
});

test("the link of any mail takes it back, also from who wanted no mail about care already", async () => {
  const { value, ...who } = await reachable();
  const token = wayOutToken((await keys()).clinic, "email", value);
  let { version } = await as().changePromotion({ ...who, ...say });
  for (let n = 0; n < 2; n += 1) {
    await unsubscribe(requestContext(), { slug: clinic.slug, token });
    await workOff(clinic);
    const [now] = await as().promotion({ patientId: who.patientId });
    expect(now).toMatchObject({ state: "withdrawn", source: "link", by: null });
    expect(await mayPromote(value)).toBe(false);
    ({ version } = await as().changePromotion({ ...who, ...say, version: now?.version ?? null }));
    expect(await mayPromote(value)).toBe(true);
  }
  expect(version).toBeGreaterThan(4);
});

test("it holds for the address: whoever gives another one is asked again", async () => {
  const { value, ...who } = await reachable();
  await as().changePromotion({ ...who, ...say });
  await sql(
    "update clinic.patient_contact set value = 'nouvelle@personne.example', normalised = 'nouvelle@personne.example', version = version + 1 where id = $1",
    who.contactId,
  );
  expect((await as().promotion({ patientId: who.patientId }))[0]).toMatchObject({ state: "unasked", version: null });
  expect(await mayPromote("nouvelle@personne.example")).toBe(false);
  // The old one is nobody's any more here, and who shares it agreed.
  expect((await as().promotion({ patientId: (await reachable("fr", value)).patientId }))[0]?.state).toBe("granted");
});

test("it is for who may write in the record, of patients and addresses of this clinic", async () => {
  const { value: _, ...who } = await reachable();
  const billing = await makeMember(clinic, "billing");
  expect(await as(billing).promotion({ patientId: who.patientId })).toHaveLength(1);
  expect((await refusal(as(billing).changePromotion({ ...who, ...say }))).code).toBe("Forbidden");
  const other = await reachable();
  const crossed = { patientId: who.patientId, contactId: other.contactId };
  expect((await refusal(as().changePromotion({ ...crossed, ...say }))).code).toBe("NotFound");
  const elsewhere = await makeClinic();
  expect((await refusal(as(elsewhere.owner, elsewhere).changePromotion({ ...who, ...say }))).code).toBe("NotFound");
  expect((await refusal(as(elsewhere.owner, elsewhere).promotion({ patientId: who.patientId }))).code).toBe("NotFound");
});

test("the database keeps no consent without its words, its day, its way and who wrote it", async () => {
  const { value: _, ...who } = await reachable();
  await as().changePromotion({ ...who, ...say });
  for (const less of [
    "consent_text = ''",
    "promotional_at = null",
    "promotional_by = null",
    "promotional_source = 'link'",
  ])
    await expect(
      sql(
        `update clinic.contact_standing set ${less}, version = version + 1 where clinic_id = $1 and promotional = 'granted'`,
        clinic.id,
      ),
    ).rejects.toThrow(/contact_standing_(express|promotional_decided)/);
});

import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { addCover } from "#server/public-page/add-cover.ts";
import { readDoorway } from "#server/public-page/read-doorway.ts";
import { createCaller } from "#server/trpc/router.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, requestContext, type TestClinic } from "#tests/factories/clinic.ts";
import { smallPicture } from "#tests/factories/picture.ts";
import { approve, putOnline } from "#tests/factories/public-page.ts";
import { makeSchedule, sitDown, type TestSchedule } from "#tests/factories/schedule.ts";

/** From a draft to a page that strangers read, and back. */
let clinic: TestClinic;
beforeEach(async () => {
  clinic = await makeClinic();
});
afterAll(closeDatabases);

const words = {
  welcomeFr: "À deux pas du marché.",
  welcomeEn: "Near the market.",
  directionsFr: "",
  directionsEn: "",
  emergency: true,
  hiddenServices: [] as string[],
  hiddenPractitioners: [] as string[],
  hiddenLocations: [] as string[],
  coverFileId: null as string | null,
  frameOrigins: [] as string[],
};

const staff = () => callerOf(clinic.owner, clinic).publicPage;
const stranger = (slug = clinic.slug) =>
  createCaller({ ...requestContext(), cookie: () => undefined, background: false, realm: "visitor", clinicSlug: slug })
    .publicPage;

async function ready(): Promise<TestSchedule> {
  await approve(clinic);
  const place = await makeSchedule(clinic);
  await putOnline(place);
  return place;
}

async function publish(edit: Partial<typeof words> = {}): Promise<{ version: number }> {
  const { version } = await staff().save({ ...words, ...edit, version: (await staff().draft()).draft.version });
  return staff().publish({ version });
}

describe("what blocks publication", () => {
  it("is the hours, a service, the person in charge, the host: each settled by itself", async () => {
    const checklist = async () => (await staff().draft()).checklist;
    expect(await checklist()).toEqual({ hours: false, service: false, privacyOfficer: true, approval: false });
    const place = await makeSchedule(clinic);
    expect(await checklist()).toMatchObject({ hours: true, service: false });
    await putOnline(place);
    expect(await checklist()).toMatchObject({ service: true, approval: false });
    await approve(clinic);
    expect(Object.values(await checklist())).toEqual([true, true, true, true]);
  });

  it("is not an address that nobody is told, which is said all the same: louder where people come", async () => {
    const place = await ready();
    const missing = async () => (await staff().draft()).addressMissing;
    expect(await missing()).toBe("in-person");
    await publish();
    const change = (data: object) =>
      withStaff(clinic.owner.ctx, (db) =>
        db.healthcareService.updateMany({
          where: { clinicId: clinic.id, id: place.serviceId },
          data: { ...data, version: { increment: 1 } },
        }),
      );
    await change({ modes: ["phone", "video"], videoLink: "https://rencontre.example/salle" });
    expect(await missing()).toBe("remote");
    await withStaff(clinic.owner.ctx, (db) =>
      db.location.updateMany({
        where: { clinicId: clinic.id, id: place.locationId },
        data: { addressLine: "12, rue du Quai", version: { increment: 1 } },
      }),
    );
    expect(await missing()).toBeNull();
    const { version } = (await staff().draft()).draft;
    await staff().save({ ...words, hiddenLocations: [place.locationId], version });
    expect(await missing(), "one that the page leaves off tells nobody").toBe("remote");
  });

  it("is said by name, and nothing is published", async () => {
    await makeSchedule(clinic);
    const { version } = await staff().save({ ...words, version: 0 });
    expect(await refusal(staff().publish({ version }))).toMatchObject({
      code: "Precondition",
      key: "pageBlocked",
      details: { missing: ["service", "approval"] },
    });
    expect((await staff().draft()).draft).toMatchObject({ publishedAt: null, version });
    expect(await refusal(stranger().read())).toMatchObject({ code: "NotFound" });
  });

  it("comes back when the person in charge cannot be reached", async () => {
    const place = await ready();
    await withStaff(clinic.owner.ctx, (db) =>
      db.clinic.updateMany({
        where: { clinicId: place.clinic.id },
        data: { privacyOfficerEmail: "", privacyOfficerPhone: "", version: { increment: 1 } },
      }),
    );
    expect((await staff().draft()).checklist.privacyOfficer).toBe(false);
  });
});

describe("a published page", () => {
  it("keeps the words as they were published, and shows services as they are now", async () => {
    const place = await ready();
    await publish();
    const before = await stranger().read();
    expect(before).toMatchObject({ content: { welcomeFr: words.welcomeFr }, services: [{ id: place.serviceId }] });
    expect(before.services[0]?.next?.resourceId).toBe(place.practitioners[0]);

    const { draft } = await staff().draft();
    await staff().save({ ...words, welcomeFr: "Autre chose.", version: draft.version });
    await withStaff(clinic.owner.ctx, (db) =>
      db.healthcareService.updateMany({
        where: { clinicId: clinic.id, id: place.serviceId },
        data: { name: "Suivi", version: { increment: 1 } },
      }),
    );
    const after = await stranger().read();
    expect(after.content.welcomeFr).toBe(words.welcomeFr);
    expect(after.services[0]?.name).toBe("Suivi");
    expect((await staff().draft()).draft.changed).toBe(true);
    expect((await staff().preview()).content.welcomeFr).toBe("Autre chose.");
  });

  it("shows the next place as it is after a booking, in the very next answer", async () => {
    const place = await ready();
    await publish();
    const first = (await stranger().read()).services[0]?.next?.startsAt ?? "";
    const local = new Intl.DateTimeFormat("sv-SE", {
      timeZone: place.timeZone,
      dateStyle: "short",
      timeStyle: "short",
    }).format(new Date(first));
    await sitDown(place, { at: local });
    const next = (await stranger().read()).services[0]?.next?.startsAt ?? "";
    expect(Date.parse(next)).toBeGreaterThan(Date.parse(first));
  });

  it("leaves off what the clinic hid, in each of its parts and its links", async () => {
    const place = await ready();
    await publish({ hiddenPractitioners: [place.practitioners[0]], hiddenLocations: [place.locationId] });
    const page = await stranger().read();
    const doorway = { ...requestContext(), visitor: true as const, clinic };
    const shows = async (kind: "services" | "soignants", id: string) =>
      (await readDoorway(doorway, { kind, id })).shown;
    expect(await shows("soignants", place.practitioners[0])).toBe(false);
    expect(await shows("services", place.serviceId)).toBe(true);
    expect(await shows("services", newId())).toBe(false);
    expect(page.practitioners).toEqual([]);
    expect(page.locations).toEqual([]);
    expect(page.services[0]?.practitionerIds).toEqual([]);
    expect(await stranger().nextPlaces({ practitionerId: place.practitioners[0] })).toEqual([]);
    await publish({ hiddenServices: [place.serviceId] });
    expect((await stranger().read()).services).toEqual([]);
    expect(await shows("services", place.serviceId)).toBe(false);
    expect(await shows("soignants", place.practitioners[0])).toBe(true);
    expect(await stranger().nextPlaces({ serviceId: place.serviceId })).toEqual([]);
  });

  it("never shows a service for staff, a price beside an insured one, nor a price that is kept", async () => {
    const place = await ready();
    await publish();
    const set = (data: object) =>
      withStaff(clinic.owner.ctx, (db) =>
        db.healthcareService.updateMany({
          where: { clinicId: clinic.id, id: place.serviceId },
          data: { ...data, version: { increment: 1 } },
        }),
      );
    const price = async () => (await stranger().read()).services[0]?.priceCents;
    await set({ priceCents: 10_500n, costShown: false });
    expect(await price()).toBeNull();
    await set({ costShown: true });
    expect(await price()).toBe(10_500);
    await set({ costShown: false, insured: true });
    expect(await price()).toBeNull();
    await set({ online: false });
    expect((await stranger().read()).services).toEqual([]);
  });

  it("offers the first place of each person who gives a service", async () => {
    await approve(clinic);
    const place = await makeSchedule(clinic, { practitioners: 2 });
    await putOnline(place);
    await publish();
    const pairs = await stranger().nextPlaces({ serviceId: place.serviceId });
    expect(pairs.map(({ practitionerId }) => practitionerId).sort()).toEqual([...place.practitioners].sort());
    for (const { practitionerId, place: at } of pairs) expect(at?.resourceId).toBe(practitionerId);
    expect(await stranger().nextPlaces({})).toEqual([]);
  });

  it("is gone with its publication, its approval, or its suspension", async () => {
    await ready();
    const { version } = await publish();
    await staff().unpublish({ version });
    expect(await refusal(stranger().read())).toMatchObject({ code: "NotFound", key: "notFound" });
    expect((await staff().draft()).draft).toMatchObject({ welcomeFr: words.welcomeFr, publishedAt: null });
    await publish();
    await asAdmin(database.adminUrl, (admin) =>
      admin.query("update host.clinic_registration set status = 'suspended' where clinic_id = $1", [clinic.id]),
    );
    expect(await refusal(stranger().read())).toMatchObject({ code: "NotFound", key: "notFound" });
  });

  it("is found under a former address too, by the same clinic", async () => {
    await ready();
    await publish();
    const slug = `clinique-${randomBytes(5).toString("hex")}`;
    const caller = callerOf(clinic.owner, clinic);
    await caller.clinic.changeSlug({ slug, version: (await caller.clinic.address()).version });
    expect((await stranger().read()).slug).toBe(slug);
  });
});

describe("a draft", () => {
  it("is kept once when two people begin it, and the second is shown the first's", async () => {
    await staff().save({ ...words, version: 0 });
    expect(await refusal(staff().save({ ...words, welcomeFr: "Moi aussi.", version: 0 }))).toMatchObject({
      code: "Conflict",
      key: "stale",
      details: { current: { welcomeFr: words.welcomeFr, version: 1 }, changedBy: "Maude Lavallée" },
    });
  });

  it("takes nothing of another clinic's", async () => {
    const other = await makeSchedule(await makeClinic());
    const { fileId } = await addCover(other.clinic.owner.ctx, await smallPicture());
    for (const edit of [
      { hiddenServices: [other.serviceId] },
      { hiddenPractitioners: [other.practitioners[0]] },
      { hiddenLocations: [other.locationId] },
      { coverFileId: fileId },
      { coverFileId: newId() },
    ])
      expect(await refusal(staff().save({ ...words, ...edit, version: 0 }))).toMatchObject({ code: "NotFound" });
  });

  it("leaves the sites that may frame the page as browsers compare them, at once", async () => {
    await ready();
    await publish();
    const { draft } = await staff().draft();
    await staff().save({
      ...words,
      frameOrigins: ["www.maclinique.ca", "https://WWW.maclinique.ca/"],
      version: draft.version,
    });
    const ctx = { ...requestContext(), visitor: true as const, clinic };
    expect((await readDoorway(ctx)).frameOrigins).toEqual(["https://www.maclinique.ca"]);
  });

  it("is written in the journal, without a word of it", async () => {
    await ready();
    await publish();
    const rows = await withStaff(clinic.owner.ctx, (db) =>
      db.auditEvent.findMany({
        where: { clinicId: clinic.id, entity: "PublicPage" },
        orderBy: { id: "asc" },
        select: { event: true, detail: true },
      }),
    );
    expect(rows.map(({ event }) => event)).toEqual(["page.saved", "page.published"]);
    expect(JSON.stringify(rows)).not.toContain("marché");
  });

  it("is for those who may prepare it", async () => {
    const desk = await makeMember(clinic, "assistant");
    expect(await refusal(callerOf(desk, clinic).publicPage.draft())).toMatchObject({ code: "Forbidden" });
  });
});

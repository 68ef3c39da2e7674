import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { inDays, visitorOf } from "#tests/factories/booking.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { publishPage } from "#tests/factories/public-page.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";

/** Lists stand as a Québec reader looks them up: an accent is no letter of its own, and a capital comes with its small one. */

const services = ["bilan sanguin", "Écho", "Évaluation", "Examen", "Traitement"];
const families = ["Côté", "Dubé", "Éthier", "Fortin", "Émond"].sort();
const inOrder = ["Côté", "Dubé", "Émond", "Éthier", "Fortin"];
const places = ["Anse", "Île-des-Sœurs", "Longueuil"];
let clinic: TestClinic;
let staff: ReturnType<typeof callerOf>;

beforeAll(async () => {
  clinic = await makeClinic();
  const clinicId = clinic.id;
  const place = await makeSchedule(clinic);
  await withStaff(clinic.owner.ctx, async (db) => {
    const people = families.map((familyName) => ({ clinicId, id: newId(), familyName, givenName: "Ève" }));
    await db.practitioner.createMany({ data: people.map((one) => ({ ...one, profession: "physician" })) });
    await db.location.createMany({
      data: [...places].reverse().map((name) => ({ clinicId, id: newId(), name, timeZone: "America/Toronto" })),
    });
    await db.resource.createMany({
      data: ["Salle é", "Salle f", "Salle d"].map((name) => ({
        clinicId,
        id: newId(),
        kind: "room",
        locationId: place.locationId,
        name,
      })),
    });
    for (const name of [...services].reverse()) {
      const [id, requirementId] = [newId(), newId()];
      await db.healthcareService.createMany({ data: { clinicId, id, name, online: true, durationMinutes: 30 } });
      await db.serviceRequirement.createMany({
        data: { clinicId, id: requirementId, serviceId: id, rank: 1, kind: "practitioner" },
      });
      await db.serviceCandidate.createMany({
        data: people.map((one) => ({ clinicId, id: newId(), requirementId, resourceId: one.id })),
      });
    }
  });
  await publishPage(clinic);
  staff = callerOf(clinic.owner, clinic);
});
afterAll(closeDatabases);

/** Without what makeSchedule brings. */
const only = (known: readonly string[], found: readonly string[]) => found.filter((name) => known.includes(name));
const named = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

describe("names in a list", () => {
  it("of services, also a page at a time", async () => {
    expect(only(services, named((await staff.schedule.service.list({})).rows))).toEqual(services);
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await staff.schedule.service.list({ most: 1, ...(after && { after }) });
      found.push(...named(page.rows));
      after = page.after ?? undefined;
    } while (after);
    expect(only(services, found)).toEqual(services);
  });

  it("of practitioners, also a page at a time", async () => {
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await staff.practitioner.list({ most: 2, ...(after && { after }) });
      found.push(...page.rows.map(({ familyName }) => familyName));
      after = page.after ?? undefined;
    } while (after);
    expect(only(inOrder, found)).toEqual(inOrder);
  });

  it("of places, people and rooms", async () => {
    expect(only(places, named(await staff.location.list()))).toEqual(places);
    const resources = named(await staff.schedule.resource.list());
    expect(only(["Salle d", "Salle é", "Salle f"], resources)).toEqual(["Salle d", "Salle é", "Salle f"]);
    const people = resources.map((name) => name.split(" ").at(-1) ?? "");
    expect(only(inOrder, people)).toEqual(inOrder);
  });

  it("of the agenda", async () => {
    const agenda = await staff.appointment.agenda({ from: inDays(1), until: inDays(1), refresh: false });
    expect(only(services, named(agenda.services))).toEqual(services);
    expect(only(places, named(agenda.locations))).toEqual(places);
    const people = agenda.resources.map(({ name }) => name.split(" ").at(-1) ?? "");
    expect(only(inOrder, people)).toEqual(inOrder);
  });

  it("of the public page and of booking", async () => {
    const page = await visitorOf({ clinic }).publicPage.read();
    const booking = await visitorOf({ clinic }).booking.services({ code: "" });
    for (const { services: given, practitioners } of [page, booking]) {
      expect(only(services, named(given))).toEqual(services);
      expect(
        only(
          inOrder,
          practitioners.map(({ familyName }) => familyName),
        ),
      ).toEqual(inOrder);
    }
  });
});

describe("an index", () => {
  it("is kept in the order of bytes: that of ICU changes from one version to the next, and would leave it wrong", async () => {
    const rows = await asAdmin(
      database.adminUrl,
      async (admin) =>
        (
          await admin.query(
            `select i.indexrelid::regclass::text as name from pg_index i, unnest(i.indcollation) c
             join pg_collation k on k.oid = c where k.collprovider = 'i'`,
          )
        ).rows,
    );
    expect(rows).toEqual([]);
  });
});

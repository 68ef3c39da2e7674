import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { VisitorContext } from "#server/context.ts";
import { closeDatabases } from "#server/db/database.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import { makeClinic, requestContext, type TestClinic } from "#tests/factories/clinic.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";

/** What the visitor's role may read, by withVisitor itself: policies and columns, not what a verb chooses to say. */
let place: TestSchedule;
let other: TestSchedule;

beforeAll(async () => {
  [place, other] = [await makeBookableClinic(), await makeBookableClinic()];
});
afterAll(closeDatabases);

const visitor = ({ id, slug }: TestClinic, tokenHash?: Uint8Array): VisitorContext => ({
  ...requestContext(),
  visitor: true,
  clinic: { id, slug },
  tokenHash,
});

describe("a visitor of a published clinic", () => {
  it("sees its services, people, places and page, and no other clinic's", async () => {
    await withVisitor(visitor(place.clinic), async (db) => {
      const all = { select: { clinicId: true } } as const;
      for (const rows of [
        await db.healthcareService.findMany(all),
        await db.practitioner.findMany(all),
        await db.location.findMany(all),
        await db.publicPage.findMany(all),
      ]) {
        expect(rows.length).toBeGreaterThan(0);
        expect(rows.every(({ clinicId }) => clinicId === place.clinic.id)).toBe(true);
      }
      const clinicId = other.clinic.id;
      expect(await db.healthcareService.findMany({ where: { clinicId }, select: { id: true } })).toEqual([]);
    });
  });

  it("never sees the draft, who published, why somebody is away, nor any patient", async () => {
    const clinicId = place.clinic.id;
    const refused = { code: "NotFound" };
    const visit = visitor(place.clinic);
    await expect(withVisitor(visit, (db) => db.publicPage.findMany({ select: { draft: true } }))).rejects.toMatchObject(
      refused,
    );
    await expect(
      withVisitor(visit, (db) => db.publicPage.findMany({ select: { publishedBy: true } })),
    ).rejects.toMatchObject(refused);
    await expect(
      withVisitor(visit, (db) => db.scheduleException.findMany({ where: { clinicId }, select: { title: true } })),
    ).rejects.toMatchObject(refused);
    await expect(withVisitor(visit, (db) => db.patient.findMany({ select: { id: true } }))).rejects.toMatchObject(
      refused,
    );
    await expect(
      withVisitor(visit, (db) => db.practitioner.findMany({ select: { membershipId: true } })),
    ).rejects.toMatchObject(refused);
  });
});

it("nobody enters a clinic that shows no page, with or without a token", async () => {
  const clinic = await makeClinic();
  for (const token of [undefined, randomBytes(32)])
    await expect(
      withVisitor(visitor(clinic, token), (db) => db.location.findMany({ select: { id: true } })),
    ).rejects.toMatchObject({ code: "NotFound" });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { inDays, visitorOf } from "#tests/factories/booking.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeBookableClinic } from "#tests/factories/public-page.ts";
import type { TestSchedule } from "#tests/factories/schedule.ts";
import { makeOffer, makeWaiting } from "#tests/factories/waitlist.ts";

/** A practitioner is « Dre Ève Gagnon » wherever staff and patients read of her. */

let place: TestSchedule;
let staff: ReturnType<typeof callerOf>;
beforeAll(async () => {
  place = await makeBookableClinic({ practitioners: 1 });
  staff = callerOf(place.clinic.owner, place.clinic);
});
afterAll(closeDatabases);

const entitle = (prefix: string) =>
  withStaff(place.clinic.owner.ctx, (db) =>
    db.practitioner.updateMany({ where: { clinicId: place.clinic.id }, data: { prefix, version: { increment: 1 } } }),
  );

describe("a practitioner's title", () => {
  it("stands in the lists of those who wait, of freed times and of recalls, and in an offer", async () => {
    await entitle("Dre");
    const { patientId } = await makeWaiting(place, { resourceIds: [place.practitioners[0]] });
    const recall = { id: newId(), patientId, serviceId: null, dueOn: inDays(-3), reason: "Contrôle" };
    await staff.recall.add({ ...recall, practitionerId: place.practitioners[0] });
    const { token } = await makeOffer(place);
    const offer = () => visitorOf(place, token).waitlist.readOffer();

    expect((await staff.waitlist.list({})).rows.flatMap(({ practitioners }) => practitioners)).toEqual([
      "Dre Ève Gagnon",
    ]);
    expect((await staff.waitlist.freed())[0]?.practitioner).toBe("Dre Ève Gagnon");
    expect((await staff.recall.list({})).rows[0]?.practitioner).toBe("Dre Ève Gagnon");
    expect((await staff.schedule.resource.list())[0]?.name).toBe("Dre Ève Gagnon");
    expect((await offer()).practitioner).toBe("Dre Ève Gagnon");

    await entitle("");
    expect((await offer()).practitioner, "without one, no space before").toBe("Ève Gagnon");
  });

  it("is not made up for a recall of nobody in particular", async () => {
    const { patientId } = await makeWaiting(place);
    const id = newId();
    await staff.recall.add({
      id,
      patientId,
      serviceId: null,
      practitionerId: null,
      dueOn: inDays(-9),
      reason: "Bilan",
    });
    expect((await staff.recall.list({})).rows.find((one) => one.id === id)?.practitioner).toBeNull();
  });
});

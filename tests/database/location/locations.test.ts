import { describe, expect, it } from "vitest";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";

const card = () => ({
  name: "Point de service de Saint-Roch",
  addressLine: "825, 3e Avenue",
  city: "Québec",
  postalCode: "g1l3l5",
  phone: "418 555-0142",
  timeZone: "America/Toronto" as const,
});

describe("locations", () => {
  it("are kept as Canada Post and the telephone write them, once even when sent twice", async () => {
    const clinic = await makeClinic();
    const caller = callerOf(clinic.owner, clinic);
    const id = newId();
    await caller.location.add({ ...card(), id });
    await caller.location.add({ ...card(), id });
    expect(await caller.location.list()).toMatchObject([
      { id, postalCode: "G1L 3L5", phone: "418\u00a0555-0142", status: "active", version: 1 },
    ]);
    const events = await withStaff(clinic.owner.ctx, (db) =>
      db.auditEvent.findMany({ where: { event: "location.added" } }),
    );
    expect(events.map(({ entityIds }) => entityIds)).toEqual([[id]]);
  });

  it("tell the second tab what the first one saved, and who did", async () => {
    const clinic = await makeClinic();
    const [first, second] = [
      callerOf(clinic.owner, clinic),
      callerOf(await makeMember(clinic, "administrator"), clinic),
    ];
    const id = newId();
    await first.location.add({ ...card(), id });
    await first.location.change({ ...card(), id, version: 1, active: true, city: "Lévis" });
    const told = await refusal(second.location.change({ ...card(), id, version: 1, active: true, city: "Saguenay" }));
    expect(told).toMatchObject({
      code: "Conflict",
      key: "stale",
      details: { changedBy: "Maude Lavallée", current: { city: "Lévis", version: 2 } },
    });
    expect((await first.location.list())[0]).toMatchObject({ city: "Lévis" });
  });

  it("keep one in service, whoever closes them together", async () => {
    const clinic = await makeClinic();
    const caller = callerOf(clinic.owner, clinic);
    const ids = [newId(), newId()];
    for (const [index, id] of ids.entries()) await caller.location.add({ ...card(), name: `Lieu ${index}`, id });
    const closing = ids.map((id, index) =>
      caller.location.change({ ...card(), name: `Lieu ${index}`, id, version: 1, active: false }),
    );
    const ended = await Promise.allSettled(closing);
    expect(ended.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await caller.location.list()).filter(({ status }) => status === "active")).toHaveLength(1);
  });

  it("say beside the field what is wrong, and write nothing", async () => {
    const clinic = await makeClinic();
    const caller = callerOf(clinic.owner, clinic);
    await caller.location.add({ ...card(), id: newId() });
    expect(await refusal(caller.location.add({ ...card(), id: newId() }))).toMatchObject({
      fields: { name: "locationName" },
    });
    expect(
      await refusal(caller.location.add({ ...card(), id: newId(), name: "Autre", phone: "555-0142" })),
    ).toMatchObject({ fields: { phone: "phone" } });
    expect(await caller.location.list()).toHaveLength(1);
  });
});

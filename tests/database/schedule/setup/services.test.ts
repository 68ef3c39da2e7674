import { describe, expect, it } from "vitest";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { hashServiceCode } from "#server/schedule/service/service-code.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { serviceInput } from "#tests/factories/procedures/schedule.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import { told } from "#tests/factories/told.ts";

const open = async () => {
  const clinic = await makeClinic();
  return { clinic, caller: callerOf(clinic.owner, clinic) };
};
const one = (candidates: string[], quantity = 1) => ({
  kind: "practitioner" as const,
  quantity,
  resourceType: "",
  candidates,
});
const codeHashOf = ({ owner, id: clinicId }: TestClinic, id: string) =>
  withStaff(owner.ctx, (db) => db.healthcareService.findFirst({ where: { clinicId, id }, select: { codeHash: true } }));

describe("services", () => {
  it("are added once even when sent twice, with what they need, in order", async () => {
    const { clinic, caller } = await open();
    const { practitioners, rooms } = await makeSchedule(clinic, { practitioners: 3, rooms: 1 });
    const input = serviceInput({
      name: "Petite  chirurgie ",
      description: "Deux lignes,\r\n  dont celle-ci. ",
      priceCents: 4500,
      costShown: true,
      modes: ["video", "in-person", "video"],
      videoLink: "https://rencontre.example/salle",
      requirements: [
        one([...practitioners], 2),
        { kind: "room", quantity: 1, resourceType: "salle", candidates: [] },
        { kind: "room", quantity: 1, resourceType: "", candidates: [...rooms] },
      ],
    });
    await caller.schedule.service.add(input);
    await caller.schedule.service.add(input);
    const kept = await caller.schedule.service.read({ id: input.id });
    expect(kept).toMatchObject({
      name: "Petite chirurgie",
      description: "Deux lignes,\ndont celle-ci.",
      priceCents: 4500,
      modes: ["in-person", "video"],
      version: 1,
      requirements: [
        { quantity: 2, candidates: [...practitioners].sort() },
        { kind: "room", resourceType: "salle" },
        { kind: "room", candidates: rooms },
      ],
    });
    const lines = await withStaff(clinic.owner.ctx, (db) => db.auditEvent.count({ where: { event: "service.added" } }));
    expect(lines).toBe(1);
  });

  it("change whole, needs included, on top of the version that was shown; the second tab is told by whom", async () => {
    const { clinic, caller } = await open();
    const { practitioners } = await makeSchedule(clinic, { practitioners: 2 });
    const input = serviceInput({ requirements: [one([practitioners[0]])] });
    await caller.schedule.service.add(input);
    const changed = {
      ...input,
      name: "Autre",
      requirements: [one([...practitioners].slice(1))],
      version: 1,
      active: true,
    };
    expect(await caller.schedule.service.change(changed)).toEqual({ version: 2, code: null });
    const second = callerOf(await makeMember(clinic, "administrator"), clinic);
    expect(await told(second.schedule.service.change({ ...input, version: 1, active: false }))).toMatchObject({
      code: "Conflict",
      key: "stale",
      details: { changedBy: "Maude Lavallée", current: { name: "Autre", version: 2, status: "active" } },
    });
    expect(await caller.schedule.service.read({ id: input.id })).toMatchObject({
      name: "Autre",
      requirements: [{ candidates: [practitioners[1]] }],
    });
  });

  it("say beside the field what is wrong, and write nothing", async () => {
    const { clinic, caller } = await open();
    const { practitioners, rooms } = await makeSchedule(clinic, { rooms: 1 });
    const name = serviceInput();
    await caller.schedule.service.add(name);
    const wrong: [Parameters<typeof serviceInput>[0], Record<string, string>][] = [
      [{ name: name.name }, { name: "schedule.serviceName" }],
      [{ name: " " }, { name: "required" }],
      [{ durationMinutes: 4 }, { durationMinutes: "schedule.duration" }],
      [{ bufferAfterMinutes: 181 }, { bufferAfterMinutes: "schedule.buffer" }],
      [{ insured: true, costShown: true, priceCents: 100 }, { costShown: "schedule.insuredPrice" }],
      [{ costShown: true }, { priceCents: "schedule.priceNeeded" }],
      [{ modes: ["video"] }, { videoLink: "schedule.videoLink" }],
      [{ modes: ["video"], videoLink: "javascript:alert(1)" }, { videoLink: "webAddress" }],
      [{ modes: [] }, { modes: "schedule.mode" }],
      [{ noticeMinutes: -1 }, { noticeMinutes: "schedule.notice" }],
      [{ horizonDays: 731 }, { horizonDays: "schedule.horizon" }],
      [{ dailyLimit: 0 }, { dailyLimit: "schedule.dailyLimit" }],
      [{ capacity: 201 }, { capacity: "schedule.capacity" }],
      [{ requirements: [one([])] }, { "requirements.0.candidates": "schedule.nobody" }],
      [{ requirements: [one([practitioners[0]], 2)] }, { "requirements.0.quantity": "schedule.tooFew" }],
      [{ requirements: [one([...rooms])] }, { "requirements.0.candidates": "schedule.resourceUnknown" }],
      [{ requirements: [one([newId()])] }, { "requirements.0.candidates": "schedule.resourceUnknown" }],
      [
        { requirements: [{ kind: "room", quantity: 1, resourceType: "salle", candidates: [] }] },
        { "requirements.0.kind": "schedule.practitionerFirst" },
      ],
    ];
    for (const [more, fields] of wrong) {
      const answer = await told(caller.schedule.service.add(serviceInput(more)));
      expect(answer, JSON.stringify(more)).toMatchObject({ code: "Invalid", fields });
    }
    // The one of makeSchedule and the first of this test.
    expect((await caller.schedule.service.list({})).rows).toHaveLength(2);
  });

  it("show a code once, keep only its hash, and another one opens nothing any more", async () => {
    const { clinic, caller } = await open();
    const input = serviceInput({ audience: "code" });
    const { code } = await caller.schedule.service.add(input);
    expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/);
    const key = await openClinicKey(clinic.id);
    const typed = ` ${code?.toLowerCase().replace("-", " ")}`;
    const kept = await codeHashOf(clinic, input.id);
    expect(Buffer.from(kept?.codeHash ?? [])).toEqual(Buffer.from(hashServiceCode(key, input.id, typed)));
    expect((await caller.schedule.service.add(input)).code).toBeNull();
    expect(JSON.stringify(await caller.schedule.service.read({ id: input.id }))).not.toContain("odeHash");

    const renewed = await caller.schedule.service.renewCode({ id: input.id, version: 1 });
    expect(renewed.code).not.toBe(code);
    expect(await told(caller.schedule.service.renewCode({ id: input.id, version: 1 }))).toMatchObject({ key: "stale" });

    const changed = { ...input, version: 2, active: true };
    expect((await caller.schedule.service.change(changed)).code, "the code stays").toBeNull();
    await caller.schedule.service.change({ ...changed, version: 3, audience: "anyone" });
    expect((await codeHashOf(clinic, input.id))?.codeHash).toBeNull();
    expect(await told(caller.schedule.service.renewCode({ id: input.id, version: 4 }))).toMatchObject({
      key: "schedule.noCode",
    });
    expect((await caller.schedule.service.change({ ...changed, version: 4 })).code).not.toBeNull();
  });

  it("are read by everybody and managed by the administration alone", async () => {
    const { clinic, caller } = await open();
    const input = serviceInput();
    await caller.schedule.service.add(input);
    const desk = callerOf(await makeMember(clinic, "assistant"), clinic);
    expect((await desk.schedule.service.list({})).rows).toHaveLength(1);
    for (const call of [
      () => desk.schedule.service.add(serviceInput()),
      () => desk.schedule.service.change({ ...input, version: 1, active: false }),
      () => desk.schedule.service.renewCode({ id: input.id, version: 1 }),
      () => desk.schedule.service.proposals(),
      () => desk.schedule.service.start({ keys: ["physician-visit"] }),
    ])
      expect(await told(call())).toMatchObject({ code: "Forbidden" });
  });

  it("come by pages, those in use first", async () => {
    const { caller } = await open();
    const inputs = ["Un", "Deux", "Trois"].map((name, rank) => serviceInput({ name, rank }));
    for (const input of inputs) await caller.schedule.service.add(input);
    await caller.schedule.service.change({ ...(inputs[0] as (typeof inputs)[0]), version: 1, active: false });
    const first = await caller.schedule.service.list({ most: 2 });
    expect(first.rows.map(({ name }) => name)).toEqual(["Deux", "Trois"]);
    const second = await caller.schedule.service.list({ most: 2, after: first.after ?? "" });
    expect(second).toMatchObject({ rows: [{ name: "Un", status: "inactive" }], after: null });
    expect((await caller.schedule.service.list({ status: "active" })).rows).toHaveLength(2);
  });

  it("are proposed by profession, and taken in one gesture, once", async () => {
    const { clinic, caller } = await open();
    const { practitioners } = await makeSchedule(clinic, { practitioners: 2 });
    const proposed = await caller.schedule.service.proposals();
    expect(proposed.map(({ name }) => name)).toEqual([
      "Consultation médicale",
      "Suivi médical",
      "Examen médical périodique",
    ]);
    const keys = proposed.map(({ key }) => key);
    const [mine, theirs] = await Promise.all([
      caller.schedule.service.start({ keys }),
      caller.schedule.service.start({ keys }),
    ]);
    expect(mine.added + theirs.added).toBe(3);
    expect(await caller.schedule.service.proposals()).toEqual([]);
    const { rows } = await caller.schedule.service.list({});
    expect(rows.find(({ name }) => name === "Suivi médical")).toMatchObject({
      insured: true,
      online: false,
      requirements: [{ kind: "practitioner", candidates: [...practitioners].sort() }],
    });
    expect(await told(caller.schedule.service.start({ keys: ["nobody-knows"] }))).toMatchObject({
      fields: { keys: "malformed" },
    });
  });
});

describe("rooms and devices", () => {
  it("stand at a location, under a name of their own there", async () => {
    const { clinic, caller } = await open();
    const { locationId } = await makeSchedule(clinic);
    const other = await makeSchedule(clinic);
    const room = { id: newId(), kind: "room" as const, name: "Salle 1", type: "salle d’examen", locationId };
    await caller.schedule.resource.add(room);
    await caller.schedule.resource.add(room);
    expect(await told(caller.schedule.resource.add({ ...room, id: newId() }))).toMatchObject({
      fields: { name: "schedule.resourceName" },
    });
    await caller.schedule.resource.add({ ...room, id: newId(), locationId: other.locationId });
    expect(await told(caller.schedule.resource.add({ ...room, id: newId(), locationId: newId() }))).toMatchObject({
      fields: { locationId: "schedule.locationUnknown" },
    });
    const list = await caller.schedule.resource.list();
    expect(list.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "practitioner Ève Gagnon",
      "practitioner Ève Gagnon",
      "room Salle 1",
      "room Salle 1",
    ]);
  });

  it("change on top of their version, and go out of service last", async () => {
    const { clinic, caller } = await open();
    const { rooms, locationId, practitioners } = await makeSchedule(clinic, { rooms: 2 });
    const change = { id: rooms[0] ?? "", version: 1, active: false, name: "Salle A", type: "", locationId };
    await caller.schedule.resource.change(change);
    expect(await told(caller.schedule.resource.change({ ...change, name: "Salle B" }))).toMatchObject({
      key: "stale",
      details: { current: { name: "Salle A", status: "inactive" } },
    });
    expect((await caller.schedule.resource.list()).at(-1)).toMatchObject({ name: "Salle A", status: "inactive" });
    // A practitioner is no room, whoever says so.
    expect(await told(caller.schedule.resource.change({ ...change, id: practitioners[0] }))).toMatchObject({
      code: "NotFound",
    });
    const desk = callerOf(await makeMember(clinic, "assistant"), clinic);
    expect(await told(desk.schedule.resource.change({ ...change, version: 2 }))).toMatchObject({ code: "Forbidden" });
  });
});

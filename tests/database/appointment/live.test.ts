import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { clinicDoors } from "#server/web/clinic-door.ts";
import { createLiveDoor } from "#server/web/live-door.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { book, monday } from "#tests/factories/appointment.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { makeSchedule, type TestSchedule } from "#tests/factories/schedule.ts";

/** Two receptionists over real HTTP, each of whom hears of the other's changes, of their own clinic and of no other. */
const door = createLiveDoor({ foldMs: 50, recheckMs: 150, heartbeatMs: 100 });
let server: Server;
let base: string;
let clinic: TestClinic;
let place: TestSchedule;
let elsewhere: TestSchedule;

beforeAll(async () => {
  const open = clinicDoors([door]);
  server = createServer((request, response) => void (open(request, response) || response.writeHead(404).end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  clinic = await makeClinic();
  place = await makeSchedule(clinic, { practitioners: 4 });
  elsewhere = await makeSchedule(await makeClinic());
});
afterAll(async () => {
  await door.close();
  await new Promise((resolve) => server.close(resolve));
  await closeDatabases();
});

/** A browser that reads the events; `heard` is all of it so far. */
async function listen(slug: string, member: TestMember) {
  const stop = new AbortController();
  const response = await fetch(`${base}/api/clinic/${slug}/live`, {
    headers: { cookie: `chevet-staff=${member.token}` },
    signal: stop.signal,
  });
  const seen = { text: "", done: false };
  const reading = (async () => {
    try {
      for await (const part of response.body ?? []) seen.text += Buffer.from(part).toString();
    } catch {
      // Closed by us, or cut.
    }
    seen.done = true;
  })();
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    seen,
    /** How many times the agenda was said to have changed. */
    changes: () => seen.text.split("event: schedule\n").length - 1,
    close: () => {
      stop.abort();
      return reading;
    },
  };
}

const within = (ms: number, what: () => unknown) => expect.poll(what, { timeout: ms, interval: 10 }).toBeTruthy();

it("two receptionists hear of each other's changes within a second, and another clinic hears nothing", async () => {
  const [anna, bea] = [await makeMember(clinic, "assistant"), await makeMember(clinic, "assistant")];
  const [one, two] = [await listen(clinic.slug, anna), await listen(clinic.slug, bea)];
  const other = await listen(elsewhere.clinic.slug, elsewhere.clinic.owner);
  expect([one.status, one.type]).toEqual([200, "text/event-stream"]);
  await within(2_000, () => one.seen.text.includes("event: ready") && two.seen.text.includes("event: ready"));
  // The line to PostgreSQL stands once a change is heard.
  await within(5_000, async () => {
    await callerOf(anna, clinic).appointment.block(blockOf(place));
    return one.changes() > 0;
  });
  await expect.poll(() => two.changes()).toBe(one.changes());
  const [before, otherBefore] = [two.changes(), other.changes()];
  const began = performance.now();
  await book(place, { minute: 600 }, anna);
  await within(1_000, () => one.changes() > before && two.changes() > before);
  expect(performance.now() - began).toBeLessThan(2_000);
  expect(other.changes()).toBe(otherBefore);
  // Ids of events and nothing else: no name, no id of anybody.
  expect(two.seen.text.replaceAll(/id: \d+|event: (ready|schedule)|data: \{\}|retry: 2000|:|\n/g, "")).toBe("");
  await Promise.all([one.close(), two.close(), other.close()]);
});

it("hears again after PostgreSQL cut the line, and says that something may have gone unheard", async () => {
  const one = await listen(clinic.slug, await makeMember(clinic, "assistant"));
  await within(2_000, () => one.seen.text.includes("event: ready"));
  const { rowCount } = await asAdmin(database.adminUrl, (admin) =>
    admin.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'chevet_live' and datname = current_database()",
    ),
  );
  expect(rowCount).toBe(1);
  await within(5_000, () => one.changes() > 0);
  const before = one.changes();
  await callerOf(clinic.owner, clinic).appointment.block(blockOf(place));
  await within(1_000, () => one.changes() > before);
  await one.close();
});

it("closes when the session is locked or ended, and when the person may no longer read", async () => {
  const sql = (text: string, values: unknown[]) => asAdmin(database.adminUrl, (admin) => admin.query(text, values));
  for (const end of [
    "update identity.session set locked_at = now() where user_id = $1",
    "update identity.session set revoked_at = now() where user_id = $1",
    "update identity.membership set status = 'inactive', ended_at = now() where user_id = $1",
    "update identity.membership set role = 'privacy_officer' where user_id = $1",
  ]) {
    const member = await makeMember(clinic, "assistant");
    const line = await listen(clinic.slug, member);
    await within(2_000, () => line.seen.text.includes("event: ready"));
    await sql(end, [member.userId]);
    await within(3_000, () => line.seen.done);
    expect(line.seen.text).toContain("event: end");
    expect((await listen(clinic.slug, member)).status).toBeGreaterThanOrEqual(400);
  }
});

it("keeps no idle session awake, and gives one session four windows", async () => {
  const member = await makeMember(clinic, "assistant");
  const lastSeen = () =>
    asAdmin(database.adminUrl, (admin) =>
      admin.query("select last_seen_at from identity.session where user_id = $1", [member.userId]),
    ).then(({ rows }) => String(rows[0]?.last_seen_at));
  await asAdmin(database.adminUrl, (admin) =>
    admin.query("update identity.session set last_seen_at = now() - interval '10 minutes' where user_id = $1", [
      member.userId,
    ]),
  );
  const before = await lastSeen();
  const lines: Awaited<ReturnType<typeof listen>>[] = [];
  for (let n = 0; n < 4; n += 1) lines.push(await listen(clinic.slug, member));
  expect(lines.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect((await listen(clinic.slug, member)).status).toBe(409);
  // Longer than a recheck, and long enough for a heartbeat.
  await within(2_000, () => lines[0]?.seen.text.includes(":\n\n:\n\n"));
  expect(await lastSeen()).toBe(before);
  await lines.pop()?.close();
  await within(2_000, async () => {
    const line = await listen(clinic.slug, member);
    lines.push(line);
    return line.status === 200;
  });
  await Promise.all(lines.map((line) => line.close()));
});

let nextMinute = 0;

/** A blocked time that meets no other. */
function blockOf({ locationId, practitioners }: TestSchedule) {
  nextMinute += 5;
  const resourceId = practitioners.at(-1) as string;
  return { id: newId(), resourceId, locationId, date: monday, minute: nextMinute, durationMinutes: 5 };
}

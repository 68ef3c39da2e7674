import pg from "pg";
import { expect, it } from "vitest";
import { scenario } from "#prisma/seed/scenarios/quebec.ts";
import { readDevice } from "#server/auth/device/known-device.ts";
import { readSession } from "#server/auth/read-session.ts";
import { signInWithPassword } from "#server/auth/session/sign-in-with-password.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { requestContext } from "#tests/factories/clinic.ts";
import { randomPassword } from "#tests/factories/person.ts";

it("plants two clinics with the people who work there, and each printed password opens its account", async () => {
  const planted = await scenario.plant({ password: randomPassword, analyze: async () => undefined });
  expect(planted.addresses.map(({ path }) => path)).toEqual([
    "/clinic/vieux-limoilou",
    "/c/vieux-limoilou",
    "/clinic/dentaire-chicoutimi",
    "/c/dentaire-chicoutimi",
  ]);
  for (const { email, password } of planted.signIns.filter(({ who }) => !who.includes("Host"))) {
    const answer = await signInWithPassword(requestContext(), {
      email,
      password,
      realm: "staff",
      device: readDevice(undefined),
    });
    if (answer.kind !== "opened") throw new Error("a second factor was asked for");
    expect((await readSession(answer.session.token, "staff"))?.user.email).toBe(email);
    const slug = email.includes("limoilou") ? "vieux-limoilou" : "dentaire-chicoutimi";
    const caller = callerOf(answer.session, { slug });
    expect((await caller.practitioner.list({})).rows.length).toBeGreaterThan(1);
    expect((await caller.membership.me()).clinic.status).toBe("approved");
    await expectBookable(caller);
  }
}, 120_000);

/** Everything that a demo clinic puts online has a time within three weeks, groups apart, whose sittings staff open. */
async function expectBookable(caller: ReturnType<typeof callerOf>) {
  const { rows } = await caller.schedule.service.list({});
  const online = rows.filter((service) => service.online && service.capacity === 1);
  expect(online.length).toBeGreaterThan(3);
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  for (const { id, name, horizonDays } of online) {
    const { rows: slots } = await admin.query(
      `select s.starts_at from clinic.healthcare_service h, clinic.find_slots(h.clinic_id, h.id, now(), now() + interval '21 days', null, null, false, $2, null, now(), 1) s
       where h.id = $1`,
      [id, horizonDays < 21],
    );
    expect(slots, name).toHaveLength(1);
  }
  await admin.end();
}

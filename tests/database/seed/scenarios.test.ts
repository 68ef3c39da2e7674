import { expect, it } from "vitest";
import { scenario } from "#prisma/seed/scenarios/quebec.ts";
import { readDevice } from "#server/auth/device/known-device.ts";
import { readSession } from "#server/auth/read-session.ts";
import { signInWithPassword } from "#server/auth/session/sign-in-with-password.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { requestContext } from "#tests/factories/clinic.ts";
import { randomPassword } from "#tests/factories/person.ts";

it("plants two clinics with the people who work there, and each printed password opens its account", async () => {
  const planted = await scenario.plant({ password: randomPassword });
  expect(planted.addresses.map(({ path }) => path)).toEqual(["/clinic/vieux-limoilou", "/clinic/dentaire-chicoutimi"]);
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
  }
});

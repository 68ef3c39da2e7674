import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { clinicDoors } from "#server/web/clinic-door.ts";
import { memberDoors } from "#server/web/member-doors.ts";
import { trpcDoor } from "#server/web/trpc-door.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";

/** Two people, one browser: a page says whom it was made for, and the session of whoever signed in since does not answer it. */

let server: Server;
let base: string;
let clinic: TestClinic;
let next: TestMember;

beforeAll(async () => {
  const doors = [trpcDoor, clinicDoors(memberDoors)];
  server = createServer((request, response) => void (doors.some((door) => door(request, response)) || response.end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/clinic`;
  clinic = await makeClinic();
  next = await makeMember(clinic, "administrator");
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await closeDatabases();
});

test.each([
  ["a read", "trpc/location.list", { method: "GET" }],
  ["a change", "trpc/auth.session.touch", { method: "POST", body: "{}" }],
  ["a plain door", "journal.csv", { method: "GET" }],
])("%s of the page of somebody who left is refused, and nothing else is", async (_what, path, init) => {
  const ask = (person?: string) =>
    fetch(`${base}/${clinic.slug}/${path}`, {
      ...init,
      headers: {
        cookie: `chevet-staff=${next.token}`,
        origin: "http://127.0.0.1:3000",
        "content-type": "application/json",
        ...(person && { "x-chevet-person": person }),
      },
    }).then(({ status }) => status);
  expect(await ask(clinic.owner.userId)).toBe(401);
  const own = await ask(next.userId);
  expect(own).not.toBe(401);
  expect(await ask()).toBe(own);
});

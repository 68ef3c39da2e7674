import { lookup } from "node:dns/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SmsDriver } from "#server/sms/sms-driver.ts";
import { createSwiftDriver } from "#server/sms/swift-driver.ts";
import { createVoipMsDriver } from "#server/sms/voipms-driver.ts";
import { type GatewayMood, startSwift, startVoipMs, type TestGateway } from "#tests/servers/sms-gateways.ts";

// The test's own servers are private and without TLS, which only these addresses may be.
let [swift, voipms] = [undefined as unknown as TestGateway, undefined as unknown as TestGateway];
let drivers: Record<"swift" | "voipms", { driver: SmsDriver; gateway: TestGateway }>;

const wireTo = ({ port }: TestGateway, timeoutMs = 5_000) => ({
  network: {
    resolve: (host: string) => lookup(host, { all: true }),
    allowPrivate: new Set([`127.0.0.1:${port}`]),
  },
  timeoutMs,
});

beforeAll(async () => {
  [swift, voipms] = await Promise.all([
    startSwift("cle-secrete"),
    startVoipMs("compte@exemple.quebec", "mot-de-passe"),
  ]);
  drivers = {
    swift: {
      gateway: swift,
      driver: createSwiftDriver({ apiUrl: swift.url, accountKey: "cle-secrete" }, wireTo(swift)),
    },
    voipms: {
      gateway: voipms,
      driver: createVoipMsDriver(
        {
          apiUrl: voipms.url,
          username: "compte@exemple.quebec",
          password: "mot-de-passe",
          from: "+14185550142",
        },
        wireTo(voipms),
      ),
    },
  };
});
afterAll(async () => {
  await Promise.all([swift.close(), voipms.close()]);
});
beforeEach(() => {
  for (const { gateway } of Object.values(drivers)) {
    gateway.mood = "accept";
    gateway.taken.length = 0;
    gateway.replies.length = 0;
  }
});

const message = { to: "+14185550199", text: "Clinique : rappel, mar. 2 mars, 14 h 30.", reference: "0197-ref" };
const names = ["swift", "voipms"] as const;

describe.each(names)("%s", (name) => {
  test("takes a message with accents, and gives its own id", async () => {
    const { driver, gateway } = drivers[name];
    const outcome = await driver.send({ ...message, text: "Rappel à 14 h 30 : é è à ù" });
    expect(outcome).toEqual({ state: "sent", providerId: expect.stringMatching(/^\d+$/) });
    expect(gateway.taken[0]?.text).toBe("Rappel à 14 h 30 : é è à ù");
    expect(gateway.taken[0]?.to).toBe(name === "swift" ? "14185550199" : "4185550199");
  });

  test.each<[GatewayMood, object]>([
    ["refuse-number", { state: "refused", aboutNumber: true }],
    ["no-credit", { state: "failed" }],
    ["busy", { state: "failed", code: "HTTP_503" }],
    ["break", { state: "unknown", code: "HTTP_502" }],
    ["nonsense", { state: "unknown", code: "BadAnswer" }],
    ["hang-up", { state: "unknown" }],
  ])("%s", async (mood, expected) => {
    const { driver, gateway } = drivers[name];
    gateway.mood = mood;
    expect(await driver.send(message)).toMatchObject(expected);
  });

  test("no answer in time: it may have it, and nobody can tell", async () => {
    const { gateway } = drivers[name];
    gateway.mood = "silent";
    const driver =
      name === "swift"
        ? createSwiftDriver({ apiUrl: gateway.url, accountKey: "cle-secrete" }, wireTo(gateway, 300))
        : createVoipMsDriver(
            { apiUrl: gateway.url, username: "compte@exemple.quebec", password: "mot-de-passe", from: "+14185550142" },
            wireTo(gateway, 300),
          );
    expect(await driver.send(message)).toEqual({ state: "unknown", code: "TimedOut" });
    expect(gateway.taken).toHaveLength(1);
  });

  test("where nobody listens, it certainly did not arrive", async () => {
    const gone = name === "swift" ? await startSwift("x") : await startVoipMs("x", "x");
    await gone.close();
    const driver =
      name === "swift"
        ? createSwiftDriver({ apiUrl: gone.url, accountKey: "x" }, wireTo(gone))
        : createVoipMsDriver({ apiUrl: gone.url, username: "x", password: "x", from: "+14185550142" }, wireTo(gone));
    expect(await driver.send(message)).toMatchObject({ state: "failed" });
  });

  test("a wrong account is the settings' fault: tried again when they are mended", async () => {
    const { gateway } = drivers[name];
    const driver =
      name === "swift"
        ? createSwiftDriver({ apiUrl: gateway.url, accountKey: "autre" }, wireTo(gateway))
        : createVoipMsDriver(
            { apiUrl: gateway.url, username: "autre", password: "x", from: "+14185550142" },
            wireTo(gateway),
          );
    expect(await driver.send(message)).toMatchObject({ state: "failed" });
    expect(gateway.taken).toHaveLength(0);
  });

  test("tells what became of a message", async () => {
    const { driver, gateway } = drivers[name];
    const key = name === "swift" ? message.reference : "23434";
    const ask = () => driver.follow?.({ providerId: "23434", reference: message.reference });
    gateway.fates.clear();
    expect(await ask()).toBe("pending");
    gateway.fates.set(key, name === "swift" ? "Success" : "Message delivered to handset.");
    expect(await ask()).toBe("delivered");
    gateway.fates.set(key, name === "swift" ? "Failed" : "Message not delivered: rejected by carrier");
    expect(await ask()).toBe("failed");
  });

  test("gives what people answered, oldest first, as E.164", async () => {
    const { driver, gateway } = drivers[name];
    gateway.replies.push(
      { id: 12, from: "418-555-0199", text: "STOP" },
      { id: 11, from: "14185550198", text: "Merci" },
    );
    expect(await driver.replies?.(null)).toEqual([
      { id: "11", from: "+14185550198", text: "Merci" },
      { id: "12", from: "+14185550199", text: "STOP" },
    ]);
  });
});

test("VoIP.ms counts octets: what is longer than 160 goes as a message without that bound", async () => {
  const { driver, gateway } = drivers.voipms;
  const long = `${"é".repeat(80)}x`;
  expect(await driver.send({ ...message, text: long })).toMatchObject({ state: "sent" });
  expect(gateway.taken[0]?.text).toBe(long);
});

test("Swift's key and VoIP.ms' password stand in no address that we log", async () => {
  await drivers.voipms.driver.send(message);
  expect(voipms.requests.join()).not.toContain("mot-de-passe");
});

import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type RedisServer, redisInstalled, startRedis } from "#tests/servers/redis-server.ts";

/** Limits on a real Redis, from two processes' worth of modules: each has its own connection and its own memory. */
type Process = typeof import("#server/limit/consume-limit.ts") &
  typeof import("#server/limit/attempt-guess.ts") &
  typeof import("#server/limit/limit-store.ts");

let redis: RedisServer;
let [one, other] = [] as unknown as [Process, Process];
let eye: Redis;

async function newProcess(): Promise<Process> {
  vi.resetModules();
  const consume = await import("#server/limit/consume-limit.ts");
  const guess = await import("#server/limit/attempt-guess.ts");
  const store = await import("#server/limit/limit-store.ts");
  const made = { ...consume, ...guess, ...store };
  // The first call opens the connection; until it stands, the process counts alone.
  await vi.waitFor(async () => {
    await made.consumeLimit("slug-address", "warm-up");
    expect(await eye.dbsize()).toBeGreaterThan(0);
  });
  await eye.flushall();
  return made;
}

beforeAll(async () => {
  if (!redisInstalled) return;
  redis = await startRedis();
  process.env.REDIS_URL = redis.url;
  eye = new Redis(redis.url);
  eye.on("error", () => undefined);
  [one, other] = [await newProcess(), await newProcess()];
});
afterAll(async () => {
  if (!redisInstalled) return;
  delete process.env.REDIS_URL;
  eye.disconnect();
  one.closeLimits();
  other.closeLimits();
  await redis.stop();
});

const refused = { code: "LimitReached", details: { retryAfter: expect.any(Number) } };

test.skipIf(!redisInstalled)("two processes count together, under keys that name nobody", async () => {
  const email = "serin.orange@exemple.quebec";
  for (const { consumeLimit } of [one, other, one, other, one]) await consumeLimit("sign-up-account", email);
  await expect(one.consumeLimit("sign-up-account", email)).rejects.toMatchObject(refused);
  await expect(other.consumeLimit("sign-up-account", email)).rejects.toMatchObject(refused);
  await expect(other.consumeLimit("sign-up-account", "merle@exemple.quebec")).resolves.toBeUndefined();
  const keys = await eye.keys("*");
  expect(keys).toHaveLength(2);
  for (const key of keys) {
    expect(key).toMatch(/^chevet-limit:[0-9a-f]{64}$/);
    expect(await eye.ttl(key)).toBeGreaterThan(0);
  }
});

test.skipIf(!redisInstalled)(
  "a burst of guesses over two processes gets the free tries and one turn, and success starts anew",
  async () => {
    const bucket = "account:merle@exemple.quebec";
    const tries = await Promise.allSettled(
      Array.from({ length: 12 }, (_, n) => (n % 2 ? one : other).attemptGuess(bucket)),
    );
    const through = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(through).toHaveLength(6);
    for (const one of tries) if (one.status === "rejected") expect(one.reason).toMatchObject(refused);
    await through[0]?.succeed();
    await expect(other.attemptGuess(bucket)).resolves.toMatchObject({ tries: 1 });
  },
);

test.skipIf(!redisInstalled)(
  "a Redis that is gone neither opens the door nor shuts it: each process counts alone, then together again",
  async () => {
    const [email, bucket] = ["pinson@exemple.quebec", "account:pinson@exemple.quebec"];
    await redis.kill();
    for (const { consumeLimit, attemptGuess } of [one, other]) {
      for (let n = 0; n < 5; n += 1) await consumeLimit("sign-up-account", email);
      await expect(consumeLimit("sign-up-account", email)).rejects.toMatchObject(refused);
      for (let n = 0; n < 6; n += 1) await attemptGuess(bucket);
      await expect(attemptGuess(bucket)).rejects.toMatchObject(refused);
    }
    await redis.killAndRestart();
    const together = async () => {
      await one.consumeLimit("slug-address", "pinson");
      await other.consumeLimit("slug-address", "pinson");
      expect((await eye.keys("*")).length).toBe(1);
      expect(Number(await eye.get((await eye.keys("*"))[0] ?? ""))).toBeGreaterThanOrEqual(2);
    };
    await vi.waitFor(together, { timeout: 20_000, interval: 200 });
  },
);

test.skipIf(redisInstalled)("redis-server is not installed: limits on Redis were not tried", () => {
  console.warn("SKIPPED: limits on Redis (no redis-server on this machine)");
});

import { createHmac } from "node:crypto";
import { Redis } from "ioredis";
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRedis,
  type RateLimiterStoreAbstract,
} from "rate-limiter-flexible";
import { database } from "#server/db/database.ts";
import { env, needEnv } from "#server/env.ts";

interface Query {
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** What the library takes for a connection pool: each statement enters as `auth` with the hash of the one row it is about. */
const countingPool = {
  async query({ name, text, values = [] }: Query) {
    const entry = { role: "auth", tokenHash: Buffer.from(String(values[0]), "hex") } as const;
    const [result] = await database("web").pipeline(entry, [{ name, text, values }]);
    return result;
  },
};

let redis: Redis | undefined;

function redisClient(url: string): Redis {
  // A try is counted now or by this process alone: it never waits for a Redis that is away.
  redis ??= new Redis(url, { enableOfflineQueue: false, maxRetriesPerRequest: 1, connectTimeout: 2_000 }).on(
    "error",
    () => undefined,
  );
  return redis;
}

/** Closes what the limits hold open. Used at a graceful stop. */
export function closeLimits(): void {
  redis?.disconnect();
  redis = undefined;
}

/**
 * Counters that every web process shares: on Redis when REDIS_URL is set, else in PostgreSQL. When the store does not
 * answer, this process counts alone: a limit never fails open, nor does a store that is away keep everyone out.
 */
export function openLimiter(points: number, seconds: number): RateLimiterStoreAbstract {
  // The limit's name is in the key's hash.
  const settings = { keyPrefix: "", points, duration: seconds };
  const insuranceLimiter = new RateLimiterMemory(settings);
  const url = env().REDIS_URL;
  if (url)
    return new RateLimiterRedis({
      ...settings,
      // Beside the queue's keys, in the same Redis.
      keyPrefix: "chevet-limit",
      insuranceLimiter,
      storeClient: redisClient(url),
      rejectIfRedisNotReady: true,
    });
  return new RateLimiterPostgres({
    ...settings,
    insuranceLimiter,
    storeClient: countingPool,
    storeType: "pool",
    schemaName: "queue",
    tableName: "limit_counter",
    tableCreated: true,
    // The worker sweeps (server/auth/sweep-expired.ts): here a statement sees one row.
    clearExpiredByTimeout: false,
  });
}

/** A key as it is kept: a keyed hash, since addresses and e-mails are few enough to be guessed from a plain one. */
export function limitKey(name: string, key: string): string {
  return createHmac("sha256", needEnv("CHEVET_SECRET_STAFF")).update(`limit:${name}:${key}`).digest("hex");
}

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

/** What the library takes for a connection pool: each statement enters as `auth`, the role that may count tries. */
const countingPool = {
  async query({ name, text, values = [] }: Query) {
    const [result] = await database("web").pipeline({ role: "auth" }, [{ name, text, values }]);
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
export function openLimiter(name: string, points: number, seconds: number): RateLimiterStoreAbstract {
  const settings = { keyPrefix: name, points, duration: seconds };
  const insuranceLimiter = new RateLimiterMemory(settings);
  const url = env().REDIS_URL;
  if (url)
    return new RateLimiterRedis({
      ...settings,
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
  });
}

/** A key as it is kept: a keyed hash, since addresses and e-mails are few enough to be guessed from a plain one. */
export function limitKey(key: string): string {
  return createHmac("sha256", needEnv("CHEVET_SECRET_STAFF")).update(`limit:${key}`).digest("base64url");
}

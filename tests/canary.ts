import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import pg from "pg";

/**
 * Canaries: made-up people whose traces are easy to tell. A test puts them through the product, then searches the places where no person may
 * ever appear. The same search is shown to find what is planted (tests/database/canary.test.ts), or its silence would prove nothing.
 */
export const canary = {
  firstName: "Zoéline",
  lastName: "Canari-Oiselle",
  email: "serin.orange@exemple.quebec",
  phone: "514 555-0187",
  nam: "CANZ 9051 0115",
  note: "Serinette jaune posée sur l’épaule gauche",
} as const;

/** A patient who is a canary, as overrides for `makePatient`. The NAM agrees with the person, or it would be refused. */
export const canaryPatient = {
  familyName: canary.lastName,
  givenName: canary.firstName,
  birthDate: "1990-01-01",
  sex: "female" as const,
  nam: { value: canary.nam, expiry: "2031-05", status: "valid" as const },
  contacts: [
    { system: "phone" as const, use: "mobile" as const, value: canary.phone },
    { system: "email" as const, value: canary.email },
    { system: "address" as const, value: canary.note, city: "Québec", postalCode: "G1K 3B6" },
  ],
};

/** Where to look. What is left out is not searched. */
export interface CanaryPlaces {
  /** Files, or folders with everything in them: the processes' and PostgreSQL's logs. */
  logs?: string[];
  /** The database as superuser: all that the queue holds, and all that the host's operator can read. */
  adminUrl?: string;
  redisUrl?: string;
  /** Addresses of /metrics. */
  metrics?: string[];
  /** Anything else that was collected: traces, answers. */
  texts?: Record<string, string>;
}

export interface CanaryHit {
  place: string;
  /** Which of the planted values. */
  value: string;
}

/** Searches every place for every value, in the forms that software writes it in. */
export async function searchCanaries(
  places: CanaryPlaces,
  values: readonly string[] = Object.values(canary),
): Promise<CanaryHit[]> {
  const texts: [string, string][] = [
    ...(places.logs ?? []).flatMap(readLogs),
    ...Object.entries(places.texts ?? {}),
    ...(await Promise.all(
      (places.metrics ?? []).map(async (url): Promise<[string, string]> => [url, await (await fetch(url)).text()]),
    )),
    ...(places.adminUrl ? await readDatabase(places.adminUrl) : []),
    ...(places.redisUrl ? await readRedis(places.redisUrl) : []),
  ];
  const sought = values.map((value) => ({ value, forms: formsOf(value) }));
  // A log may be tens of megabytes: each text is folded once, and let go.
  return texts.flatMap(([place, text]) => {
    const folded = fold(text);
    return sought
      .filter(({ forms }) => forms.some((form) => folded.includes(form)))
      .map(({ value }) => ({ place, value }));
  });
}

/** As it is, without its spaces, in JSON and in an address; in base64 from any of its three beginnings. Accents and case do not matter. */
function formsOf(value: string): string[] {
  const tight = value.replace(/[\s-]/g, "");
  const written = [value, tight, value.normalize("NFD"), JSON.stringify(value).slice(1, -1), encodeURIComponent(value)];
  const escaped = value.replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), Buffer.from(value)]).toString("base64");
    return encoded.slice(shift + 1, -4);
  });
  return [...new Set([...written, escaped, ...base64].map(fold))];
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function readLogs(path: string): [string, string][] {
  if (!statSync(path).isDirectory()) return [[path, readFileSync(path, "utf8")]];
  return readdirSync(path).flatMap((name) => readLogs(join(path, name)));
}

async function readDatabase(adminUrl: string): Promise<[string, string][]> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const queue = await tables(admin, "n.nspname = 'queue'");
    const host = await tables(admin, "has_any_column_privilege('chevet_host', c.oid, 'select')");
    return [...(await dump(admin, queue, "job payloads, dead letters, ledger")), ...(await dumpAsHost(admin, host))];
  } finally {
    await admin.end();
  }
}

async function tables(admin: pg.Client, condition: string): Promise<string[]> {
  const found = await admin.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm') and n.nspname in ('clinic', 'identity', 'host', 'reference', 'queue') and ${condition}`,
  );
  return found.rows.map((row) => row.name);
}

async function dump(client: pg.Client, names: string[], place: string): Promise<[string, string][]> {
  const texts: [string, string][] = [];
  for (const name of names) {
    const rows = await client.query<{ text: string }>(`select t::text as text from ${name} t`);
    texts.push([`${place}: ${name}`, rows.rows.map((row) => row.text).join("\n")]);
  }
  return texts;
}

/** What an operator could read with any tool at all: each table that the role may select from, under its policies. */
async function dumpAsHost(admin: pg.Client, names: string[]): Promise<[string, string][]> {
  await admin.query("begin");
  try {
    await admin.query("set local role chevet_host");
    await admin.query("select set_config('app.user_id', gen_random_uuid()::text, true)");
    const texts: [string, string][] = [];
    for (const name of names) {
      const rows = await admin.query(`select ${await readableColumns(admin, name)} from ${name}`);
      texts.push([`the host's view: ${name}`, JSON.stringify(rows.rows)]);
    }
    return texts;
  } finally {
    await admin.query("rollback");
  }
}

async function readableColumns(client: pg.Client, name: string): Promise<string> {
  const found = await client.query<{ list: string }>(
    `select string_agg(quote_ident(attname), ', ') as list from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and has_column_privilege('chevet_host', attrelid, attnum, 'select')`,
    [name],
  );
  return found.rows[0]?.list ?? "1";
}

async function readRedis(redisUrl: string): Promise<[string, string][]> {
  const redis = new Redis(redisUrl);
  try {
    const texts: [string, string][] = [];
    for (const key of await redis.keys("*")) {
      texts.push([`redis: ${key}`, `${key} ${(await redis.dumpBuffer(key))?.toString("latin1") ?? ""}`]);
      const type = await redis.type(key);
      if (type === "hash") texts.push([`redis: ${key}`, JSON.stringify(await redis.hgetall(key))]);
    }
    return texts;
  } finally {
    redis.disconnect();
  }
}

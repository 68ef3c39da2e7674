import type pg from "pg";

/** What a refused call may leave behind: that the session was awake, that a try was counted. */
const noise = { "identity.session": "last_seen_at" } as const;
const counted = ["queue.limit_counter"];

/** One sum of hashes per table under row security, over all of its rows, whoever's they are: what changed between two looks is named. */
export type Fingerprint = Readonly<Record<string, string>>;

/** Looks at everything, as superuser. `except`: for a table, the condition on rows `t` that the caller is entitled to change. */
export async function fingerprint(
  admin: pg.Client,
  except: (table: string) => string | undefined = () => undefined,
): Promise<Fingerprint> {
  const tables = (await admin.query<{ name: string }>(allTables)).rows.map(({ name }) => name);
  const looks = tables
    .filter((name) => !counted.includes(name))
    .map((name) => {
      const [schema, table] = name.split(".");
      const row = name in noise ? `(to_jsonb(t) - '${noise[name as keyof typeof noise]}')::text` : "t::text";
      const theirs = except(name);
      const condition = theirs ? ` where (${theirs}) is not true` : "";
      return `select '${name}' as name, count(*) || ':' || coalesce(sum(hashtextextended(${row}, 0)), 0) as hash from ${schema}."${table}" t${condition}`;
    });
  const { rows } = await admin.query<{ name: string; hash: string }>(looks.join(" union all "));
  return Object.fromEntries(rows.map(({ name, hash }) => [name, hash]));
}

/** Rows of these clinics, in whatever table. */
export const rowsOf = (...clinicIds: string[]): string =>
  `to_jsonb(t) ->> 'clinic_id' in (${clinicIds.map((id) => `'${id}'`).join(", ")})`;

const allTables = `
  select n.nspname || '.' || c.relname as name
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('clinic', 'identity', 'host', 'queue') and c.relkind in ('r', 'p') and c.relrowsecurity
  order by 1`;

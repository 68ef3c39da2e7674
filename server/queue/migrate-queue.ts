import { runMigrations } from "bullmq";
import pg from "pg";
import { queueName } from "./connect-queue.ts";

/**
 * Brings BullMQ's own tables in the schema `queue` to the version that this release carries, as owner, after the other migrations.
 * Serving processes do no DDL: they connect as chevet_queue, which gets exactly what the queue's statements need.
 *
 * BullMQ's tables have no row security: no role of ours may touch them but chevet_queue, and they hold ids and job names only.
 */
export async function migrateQueue(ownerDatabaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerDatabaseUrl });
  await client.connect();
  try {
    await runMigrations({ query: (text: string, values?: unknown[]) => migrationQuery(client, text, values) }, "queue");
    // BullMQ would make the queue's counter at the first bulk, which a serving role must not be able to do.
    const counter = await client.query<{ name: string }>("select queue.job_id_seq_name($1) as name", [queueName]);
    await client.query(`create sequence if not exists queue.${client.escapeIdentifier(counter.rows[0]?.name ?? "")}`);
    await client.query(grants);
  } finally {
    await client.end();
  }
}

/** The schema is there (prisma/database.sql); asking for it again would need CREATE on the whole database. */
async function migrationQuery(client: pg.Client, text: string, values?: unknown[]) {
  if (text.startsWith("CREATE SCHEMA ")) return { rows: [], rowCount: 0 };
  return client.query(text, values);
}

/** BullMQ's are the tables without row security, and the functions that our migrations did not make. */
const grants = `
  do $$
  declare thing record;
  begin
    for thing in select oid::regclass as name from pg_class
      where relnamespace = 'queue'::regnamespace and relkind in ('r', 'p') and not relrowsecurity
    loop
      execute format('revoke all on table %s from public', thing.name);
      execute format('grant select, insert, update, delete on table %s to chevet_queue', thing.name);
    end loop;
    for thing in select oid::regclass as name from pg_class where relnamespace = 'queue'::regnamespace and relkind = 'S' loop
      execute format('grant usage on sequence %s to chevet_queue', thing.name);
    end loop;
    for thing in select t.oid::regtype as name from pg_type t left join pg_class c on c.oid = t.typrelid
      where t.typnamespace = 'queue'::regnamespace and (t.typtype in ('e', 'd') or c.relkind = 'c')
    loop
      execute format('grant usage on type %s to chevet_queue', thing.name);
    end loop;
    for thing in select oid::regprocedure as name from pg_proc
      where pronamespace = 'queue'::regnamespace and proname not in ('holds_ids_only', 'wake_relay')
    loop
      execute format('revoke execute on function %s from public', thing.name);
      execute format('grant execute on function %s to chevet_queue', thing.name);
    end loop;
  end $$`;

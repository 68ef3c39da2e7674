import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { readAuditKeys } from "#server/audit/audit-key.ts";
import { readUnsealed } from "#server/audit/journal-rows.ts";
import { oldestOpenId } from "#server/audit/lowest-id.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { sealJournal } from "#server/audit/seal-journal.ts";
import type { HeadsPlace } from "#server/audit/sign-head.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withSealer } from "#server/db/with-sealer.ts";
import { withStaff } from "#server/db/with-staff.ts";

/** A folder for signed heads, and a key of its own. */
export async function makeHeadsPlace(): Promise<HeadsPlace & { keyFile: string }> {
  const directory = await mkdtemp(join(tmpdir(), "chevet-heads-"));
  const keyFile = join(directory, "audit.pem");
  const { privateKey } = generateKeyPairSync("ed25519");
  await writeFile(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  return { directory, keyFile, keys: await readAuditKeys(keyFile) };
}

/** So many lines in the clinic's journal, each in its own transaction, as a clinic's day makes them. */
export async function makeEvents(ctx: ClinicContext, count: number): Promise<string[]> {
  const patients = Array.from({ length: count }, newId);
  for (const patientId of patients) {
    await withStaff(ctx, (db) =>
      recordAudit(db, ctx, {
        event: "patient.read",
        action: "R",
        entity: "Patient",
        entityIds: [patientId],
        patientId,
        ground: "care",
      }),
    );
  }
  return patients;
}

/**
 * Seals all there is. The sealer stays behind every running transaction of the whole server, so a neighbouring test may make it
 * wait for a moment.
 * @returns how many events were sealed
 */
export async function sealEverything(journalId: string): Promise<number> {
  const until = Date.now() + 20_000;
  for (let sealed = 0; Date.now() < until; ) {
    sealed += await sealJournal(journalId);
    const { waiting } = await withSealer(journalId, (db) => readUnsealed(db, journalId, oldestOpenId(undefined)));
    if (waiting === 0) return sealed;
    await setTimeout(50);
  }
  throw new Error("the journal could not be sealed in time");
}

/**
 * What whoever owns the database can do: lift row security and keys, change anything, and put them back. The names of the
 * tables of the two kinds of journal are given as `$events` and `$seals`.
 */
export async function tamper(
  ownerUrl: string,
  statements: string,
  schema: "clinic" | "identity" = "clinic",
): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const tables = [`${schema}.audit_event`, `${schema}.audit_seal`];
  const columns = schema === "clinic" ? "(clinic_id, event_id)" : "(event_id)";
  const target = schema === "clinic" ? "(clinic_id, id)" : "(id)";
  try {
    await owner.query(`begin; ${tables.map((table) => `alter table ${table} no force row level security;`).join("")}
      alter table ${schema}.audit_seal drop constraint audit_seal_event_fk;`);
    await owner.query(
      statements.replaceAll("$events", `${schema}.audit_event`).replaceAll("$seals", `${schema}.audit_seal`),
    );
    await owner.query(`alter table ${schema}.audit_seal add constraint audit_seal_event_fk foreign key ${columns}
      references ${schema}.audit_event ${target} not valid;
      ${tables.map((table) => `alter table ${table} force row level security;`).join("")} commit;`);
  } finally {
    await owner.end();
  }
}

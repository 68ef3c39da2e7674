import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, test, vi } from "vitest";
import { readAuditKeys } from "#server/audit/audit-key.ts";
import { genesisHash, hashEvent, hashLink } from "#server/audit/journal-hash.ts";
import { readChain } from "#server/audit/journal-rows.ts";
import { sealAllJournals } from "#server/audit/seal-all-journals.ts";
import { sealJournal } from "#server/audit/seal-journal.ts";
import { signHead } from "#server/audit/sign-head.ts";
import { verifyJournal } from "#server/audit/verify-journal.ts";
import { newId } from "#server/db/new-id.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { platformJournal, withSealer } from "#server/db/with-sealer.ts";
import { makeClinic, requestContext } from "#tests/factories/clinic.ts";
import { makeEvents, makeHeadsPlace, sealEverything, tamper } from "#tests/factories/journal.ts";
import { database } from "../setup.ts";

/** A clinic whose journal holds so many sealed lines, with a signed head after each third of them. */
async function makeSealedClinic(count = 9) {
  const clinic = await makeClinic();
  const place = await makeHeadsPlace();
  for (let third = 0; third < 3; third += 1) {
    await makeEvents(clinic.owner.ctx, count / 3);
    await sealEverything(clinic.id);
    expect(await signHead(clinic.id, place, 0)).toBe("signed");
  }
  return { clinic, place, verify: () => verifyJournal(clinic.id, place) };
}

const links = (clinicId: string) =>
  withSealer(clinicId, (db) => db.auditSeal.findMany({ where: { clinicId }, orderBy: { seq: "asc" } }));

describe("sealing", () => {
  test("numbers every committed event once, in order, and verification finds nothing wrong", async () => {
    const { clinic, verify } = await makeSealedClinic();
    const chain = await links(clinic.id);
    const total = chain.length;
    expect(chain.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: total }, (_, index) => index + 1));
    expect(total).toBeGreaterThanOrEqual(9);
    expect(await verify()).toMatchObject({
      checked: total,
      headSeq: BigInt(total),
      fault: null,
      waiting: 0,
      unsigned: 0n,
    });
    expect(await sealJournal(clinic.id)).toBe(0);
  });

  test("with many sealers and writers at once makes one chain without gaps", async () => {
    const clinic = await makeClinic();
    const place = await makeHeadsPlace();
    const writing = Promise.all(Array.from({ length: 4 }, () => makeEvents(clinic.owner.ctx, 15)));
    const sealing = Promise.all(
      Array.from({ length: 4 }, async () => {
        for (let turn = 0; turn < 15; turn += 1) await sealJournal(clinic.id, 5);
      }),
    );
    await Promise.all([writing, sealing]);
    await sealEverything(clinic.id);
    await Promise.all([signHead(clinic.id, place, 0), signHead(clinic.id, place, 0)]);
    expect(await verifyJournal(clinic.id, place)).toMatchObject({ fault: null, waiting: 0, unsigned: 0n });
    expect((await links(clinic.id)).length).toBeGreaterThanOrEqual(60);
  });

  test("stays behind the oldest running transaction, and loses nothing that commits late", async () => {
    const clinic = await makeClinic();
    await sealEverything(clinic.id);
    const before = (await links(clinic.id)).length;
    const slow = new pg.Client({ connectionString: database.webUrl });
    await slow.connect();
    await slow.query("begin");
    await slow.query("select reference.enter('staff', $1, $2)", [clinic.id, clinic.owner.userId]);
    await slow.query(
      `insert into clinic.audit_event (clinic_id, id, agent_id, event, action, entity) values ($1, $2, $3, 'patient.update', 'U', 'Patient')`,
      [clinic.id, newId(), clinic.owner.userId],
    );
    await makeEvents(clinic.owner.ctx, 3);
    expect(await sealJournal(clinic.id)).toBe(0);
    expect(await verifyJournal(clinic.id, await makeHeadsPlace())).toMatchObject({ waiting: 3 });
    await slow.query("commit");
    await slow.end();
    expect(await sealEverything(clinic.id)).toBe(4);
    const chain = await links(clinic.id);
    expect(chain).toHaveLength(before + 4);
    expect((await verifyJournal(clinic.id, await makeHeadsPlace())).fault).toBeNull();
  });

  test("goes on after a restore into another cluster, where transaction numbers begin anew", async () => {
    const { clinic, verify, place } = await makeSealedClinic(3);
    await tamper(database.ownerUrl, `update $events set recorded_txid = '99999999999' where false`);
    await makeEvents(clinic.owner.ctx, 2);
    // Not sealed before the restore, and with a number that this cluster has not reached.
    await tamper(
      database.ownerUrl,
      `update $events e set recorded_txid = '99999999999' where clinic_id = '${clinic.id}'
       and not exists (select from $seals s where s.clinic_id = e.clinic_id and s.event_id = e.id)`,
    );
    await makeEvents(clinic.owner.ctx, 2);
    expect(await sealEverything(clinic.id)).toBe(4);
    await signHead(clinic.id, place, 0);
    expect(await verify()).toMatchObject({ fault: null, waiting: 0, unsigned: 0n });
  });

  test("covers identity's own journal, which has no clinic", async () => {
    const place = await makeHeadsPlace();
    for (const outcome of ["failed", "success"]) {
      const userId = newId();
      await withAuth({ userId }, requestContext(), (db) =>
        db.identityAuditEvent.createMany({
          data: { id: newId(), event: "session.opened", outcome, userId, detail: { method: "password" } },
        }),
      );
    }
    await sealEverything(platformJournal);
    await sealAllJournals(place);
    const report = await verifyJournal(platformJournal, place);
    expect(report).toMatchObject({ fault: null, waiting: 0, unsigned: 0n });
    expect(report.checked).toBeGreaterThanOrEqual(2);
    await tamper(database.ownerUrl, `update $events set outcome = 'success' where outcome = 'failed'`, "identity");
    expect((await verifyJournal(platformJournal, place)).fault).toMatchObject({ kind: "edited" });
  });

  test("one round reaches every clinic", async () => {
    const [a, b, place] = [await makeClinic(), await makeClinic(), await makeHeadsPlace()];
    await makeEvents(a.owner.ctx, 2);
    await makeEvents(b.owner.ctx, 2);
    await vi.waitFor(async () => {
      await sealAllJournals(place, Date.now() + 3_600_000);
      for (const { id } of [a, b]) expect(await verifyJournal(id, place)).toMatchObject({ waiting: 0, unsigned: 0n });
    }, 20_000);
    for (const { id } of [a, b])
      expect(await verifyJournal(id, place)).toMatchObject({ fault: null, waiting: 0, unsigned: 0n });
  });
});

describe("a serving role", () => {
  test.each([
    ["choose the transaction", "recorded_txid", "'1'"],
    ["choose the time", "recorded_at", "now() - interval '1 day'"],
  ])("cannot %s of an event", async (_what, column, value) => {
    const clinic = await makeClinic();
    const client = new pg.Client({ connectionString: database.webUrl });
    await client.connect();
    await client.query("begin");
    await client.query("select reference.enter('staff', $1, $2)", [clinic.id, clinic.owner.userId]);
    const insert = `insert into clinic.audit_event (clinic_id, id, event, action, entity, ${column}) values ($1, $2, 'x', 'R', 'X', ${value})`;
    await expect(client.query(insert, [clinic.id, newId()])).rejects.toMatchObject({ code: "42501" });
    await client.end();
  });

  test.each([
    "update clinic.audit_event set event = 'x'",
    "delete from clinic.audit_event",
    "delete from clinic.audit_seal",
    "update clinic.audit_seal set seq = 1",
  ])("cannot run: %s", async (statement) => {
    const clinic = await makeClinic();
    for (const [url, role, person] of [
      [database.webUrl, "staff", clinic.owner.userId],
      [database.workerUrl, "sealer", null],
      [database.workerUrl, "mover", null],
    ] as const) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await client.query("begin");
      await client.query("select reference.enter($3, $1, $2)", [clinic.id, person, role]);
      await expect(client.query(statement), `${role}: ${statement}`).rejects.toMatchObject({ code: "42501" });
      await client.end();
    }
  });
});

describe("tampering by whoever owns the database is named", () => {
  test("an edited event, column by column", async () => {
    const { clinic, verify } = await makeSealedClinic();
    const target = (await links(clinic.id))[4];
    const where = `where clinic_id = '${clinic.id}' and id = '${target?.eventId}'`;
    await tamper(database.ownerUrl, `create table reference.kept as select * from $events ${where}`);
    const columns = Object.keys((await asAdmin("select * from reference.kept")).rows[0]);
    const changes: Record<string, string> = {
      event: "'patient.search'",
      action: "'U'",
      outcome: "'failed'",
      entity: "'Clinic'",
      entity_ids: "'{}'",
      patient_id: "null",
      agent_id: `'${newId()}'`,
      agent_role: "'assistant'",
      session_id: "null",
      request_id: "null",
      address: "'10.0.0.1'",
      ground: "'administration'",
      detail: `'{"a": 1}'`,
      recorded_at: "recorded_at - interval '1 microsecond'",
      recorded_txid: "'3'",
    };
    // A column that a later migration adds must be hashed, and tried here.
    expect(Object.keys(changes).sort()).toEqual(columns.filter((name) => !["clinic_id", "id"].includes(name)).sort());
    for (const [column, value] of Object.entries(changes)) {
      await tamper(database.ownerUrl, `update $events set ${column} = ${value} ${where}`);
      expect((await verify()).fault, column).toMatchObject({ kind: "edited", seq: 5n, eventId: target?.eventId });
      await tamper(database.ownerUrl, `update $events set ${column} = (select ${column} from reference.kept) ${where}`);
    }
    expect((await verify()).fault).toBeNull();
    await tamper(database.ownerUrl, "drop table reference.kept");
  });

  test("an event taken out of the middle", async () => {
    const { clinic, verify } = await makeSealedClinic();
    const target = (await links(clinic.id))[3];
    await tamper(
      database.ownerUrl,
      `delete from $events where clinic_id = '${clinic.id}' and id = '${target?.eventId}'`,
    );
    expect((await verify()).fault).toEqual({ kind: "event-missing", seq: 4n, eventId: target?.eventId });
  });

  test("an event and its link taken out of the middle", async () => {
    const { clinic, verify } = await makeSealedClinic();
    const target = (await links(clinic.id))[3];
    await tamper(
      database.ownerUrl,
      `delete from $seals where clinic_id = '${clinic.id}' and seq = 4; delete from $events where clinic_id = '${clinic.id}' and id = '${target?.eventId}'`,
    );
    expect((await verify()).fault).toEqual({ kind: "gap", seq: 4n });
  });

  test("the same with the rest renumbered", async () => {
    const { clinic, verify } = await makeSealedClinic();
    await tamper(
      database.ownerUrl,
      `delete from $seals where clinic_id = '${clinic.id}' and seq = 4;
       update $seals set seq = -(seq - 1) where clinic_id = '${clinic.id}' and seq > 4;
       update $seals set seq = -seq where clinic_id = '${clinic.id}' and seq < 0;`,
    );
    expect((await verify()).fault).toMatchObject({ kind: "reordered", seq: 4n });
  });

  test("two events that changed places", async () => {
    const { clinic, verify } = await makeSealedClinic();
    const [a, b] = (await links(clinic.id)).slice(2, 4);
    const swap = (seq: bigint | undefined, other: typeof a) =>
      `update $seals set event_id = '${other?.eventId}', event_hash = '\\x${Buffer.from(other?.eventHash ?? []).toString("hex")}' where clinic_id = '${clinic.id}' and seq = ${seq};`;
    await tamper(
      database.ownerUrl,
      `alter table $seals drop constraint audit_seal_event_key; ${swap(a?.seq, b)} ${swap(b?.seq, a)}
       alter table $seals add constraint audit_seal_event_key unique (clinic_id, event_id);`,
    );
    expect((await verify()).fault).toMatchObject({ kind: "reordered", seq: 3n });
  });

  test("a tail cut off, its events with it", async () => {
    const { clinic, verify, place } = await makeSealedClinic();
    const chain = await links(clinic.id);
    const gone = chain.slice(-2).map(({ eventId }) => `'${eventId}'`);
    await tamper(
      database.ownerUrl,
      `delete from $seals where clinic_id = '${clinic.id}' and seq > ${chain.length - 2};
       delete from $events where clinic_id = '${clinic.id}' and id in (${gone.join()});`,
    );
    const cut = { seq: BigInt(chain.length - 1), untilSeq: BigInt(chain.length) };
    expect((await verify()).fault).toEqual({ kind: "truncated", ...cut });
    expect(await signHead(clinic.id, place, 0)).toBe("diverged");
    // The service works on and grows the chain over the cut: the head that was signed there still says so.
    await makeEvents(clinic.owner.ctx, 4);
    await sealEverything(clinic.id);
    expect(await signHead(clinic.id, place, 0)).toBe("diverged");
    expect((await verify()).fault).toMatchObject({ kind: "rewritten", untilSeq: BigInt(chain.length) });
  });

  test("everything deleted", async () => {
    const { clinic, verify } = await makeSealedClinic();
    await tamper(
      database.ownerUrl,
      `delete from $seals where clinic_id = '${clinic.id}'; delete from $events where clinic_id = '${clinic.id}';`,
    );
    expect((await verify()).fault).toMatchObject({ kind: "truncated", seq: 1n });
  });

  test("an edit hidden by a chain computed anew to the end, without the key", async () => {
    const { clinic, verify, place } = await makeSealedClinic();
    const chain = await links(clinic.id);
    await tamper(
      database.ownerUrl,
      `update $events set patient_id = null where clinic_id = '${clinic.id}' and id = '${chain[4]?.eventId}'`,
    );
    await rechain(clinic.id);
    const { fault, signedSeq } = await verify();
    expect(fault).toMatchObject({ kind: "rewritten" });
    expect(fault?.kind === "rewritten" && fault.seq <= 5n && fault.untilSeq >= 5n, "the span holds the edit").toBe(
      true,
    );
    expect(signedSeq).toBe(BigInt(chain.length));
    expect(await signHead(clinic.id, place, 0)).toBe("diverged");
  });

  test("an old event slipped in", async () => {
    const { clinic, verify } = await makeSealedClinic();
    const old = "01900000-0000-7000-8000-000000000001";
    await tamper(
      database.ownerUrl,
      `insert into $events (clinic_id, id, event, action, entity) values ('${clinic.id}', '${old}', 'consent.given', 'C', 'Consent')`,
    );
    expect(await sealJournal(clinic.id)).toBe(0);
    expect((await verify()).fault).toEqual({ kind: "left-out", eventId: old, count: 1 });
  });
});

describe("signed heads", () => {
  test("that were removed, altered or forged with another key do not help", async () => {
    const { clinic, verify, place } = await makeSealedClinic();
    const folder = join(place.directory, clinic.id);
    const path = join(folder, (await readdir(folder))[0] as string);
    const text = await readFile(path, "utf8");
    const lines = text.trim().split("\n");
    expect(lines).toHaveLength(3);

    await writeFile(path, `${[lines[0], lines[2]].join("\n")}\n`);
    expect((await verify()).fault).toMatchObject({ kind: "heads-missing" });

    const altered = (lines[2] as string).replace(/"seq":"\d+"/, '"seq":"999"');
    await writeFile(path, `${[lines[0], lines[1], altered].join("\n")}\n`);
    expect(await verify()).toMatchObject({ rejectedHeads: 1, fault: null, unsigned: 3n });

    const forged = await makeHeadsPlace();
    await rm(path);
    expect(await signHead(clinic.id, { ...place, keys: forged.keys }, 0)).toBe("signed");
    expect(await verify()).toMatchObject({ rejectedHeads: 1, signedSeq: 0n });
  });

  test("survive a line that a crash cut short, and a change of key", async () => {
    const { clinic, place } = await makeSealedClinic();
    const folder = join(place.directory, clinic.id);
    const path = join(folder, (await readdir(folder))[0] as string);
    await writeFile(path, `${await readFile(path, "utf8")}{"journal":"${clinic.id}","se`);

    const next = await makeHeadsPlace();
    const oldPublic = place.keys.trusted.get(place.keys.signing.id)?.export({ type: "spki", format: "pem" });
    await writeFile(next.keyFile, `${await readFile(next.keyFile, "utf8")}${oldPublic}`, { mode: 0o600 });
    const changed = { directory: place.directory, keys: await readAuditKeys(next.keyFile) };

    await makeEvents(clinic.owner.ctx, 1);
    await sealEverything(clinic.id);
    expect(await signHead(clinic.id, changed, 0)).toBe("signed");
    expect(await verifyJournal(clinic.id, changed)).toMatchObject({ fault: null, rejectedHeads: 1, unsigned: 0n });
  });

  test("are not made more often than a minute apart, nor twice for one link", async () => {
    const { clinic, place } = await makeSealedClinic();
    expect(await signHead(clinic.id, place, 0)).toBe("current");
    await makeEvents(clinic.owner.ctx, 1);
    await sealEverything(clinic.id);
    expect(await signHead(clinic.id, place)).toBe("current");
    expect(await verifyJournal(clinic.id, place)).toMatchObject({ fault: null, unsigned: 1n });
  });
});

async function asAdmin(statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Computes the whole chain anew over the events as they are now: all that someone without the signing key can do. */
async function rechain(clinicId: string): Promise<void> {
  const rows = await withSealer(clinicId, (db) => readChain(db, clinicId, 0n, 1000));
  let previousHash: Buffer = genesisHash;
  const updates = rows.map((row) => {
    const eventHash = hashEvent(clinicId, row.fields ?? []);
    const hash = hashLink(clinicId, { ...row, eventHash, previousHash });
    const set = `event_hash = '\\x${eventHash.toString("hex")}', previous_hash = '\\x${previousHash.toString("hex")}', hash = '\\x${hash.toString("hex")}'`;
    previousHash = hash;
    return `update $seals set ${set} where clinic_id = '${clinicId}' and seq = ${row.seq};`;
  });
  await tamper(database.ownerUrl, updates.join("\n"));
}

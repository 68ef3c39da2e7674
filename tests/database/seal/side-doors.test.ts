import { readFileSync } from "node:fs";
import { request as ask, createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { relative, sep } from "node:path";
import pg from "pg";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromRoot } from "#infra/local/paths.ts";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { setLogo } from "#server/clinic/set-logo.ts";
import { blindIndex } from "#server/crypto/blind-index.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { clinicDoors } from "#server/web/clinic-door.ts";
import { memberDoors } from "#server/web/member-doors.ts";
import { trpcDoor } from "#server/web/trpc-door.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { serverSources } from "#tests/factories/declared-jobs.ts";
import { behind } from "./doors/procedures.ts";

/** Where other products leaked from one clinic to the next: exports, file links, caches. Jobs have a file of their own. */
const admin = new pg.Client({ connectionString: database.adminUrl });
let server: Server;
let port: number;
let [clinic, other] = [undefined as unknown as TestClinic, undefined as unknown as TestClinic];

beforeAll(async () => {
  await admin.connect();
  const plain = clinicDoors(memberDoors);
  server = createServer(
    (request, response) =>
      void (trpcDoor(request, response) || plain(request, response) || response.writeHead(404).end()),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  [clinic, other] = [await makeClinic(), await makeClinic()];
});
afterAll(async () => {
  await Promise.all([new Promise((resolve) => server.close(resolve)), admin.end()]);
  await closeDatabases();
});

interface Seen {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  /** Less what names the one request. */
  whole: string;
}

/** The path to the byte as it is written here: a browser would tidy it first. */
function get(path: string, member?: TestMember, headers: Record<string, string> = {}): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const cookie = member ? { cookie: `chevet-staff=${member.token}` } : {};
    ask({ port, host: "127.0.0.1", path, headers: { ...cookie, ...headers } }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        const body = Buffer.concat(parts);
        const { date: _, "x-request-id": __, ...kept } = response.headers;
        const text = body.toString().replaceAll(/"requestId":"[^"]*"/g, "");
        const status = response.statusCode ?? 0;
        resolve({ status, headers: response.headers, body, whole: JSON.stringify([status, kept, text]) });
      });
    })
      .on("error", reject)
      .end();
  });
}

describe("side door: exports", () => {
  const csv = (at: TestClinic, query = "") => `/api/clinic/${at.slug}/journal.csv${query}`;
  const linesOf = async (at: TestClinic): Promise<number> =>
    (await admin.query("select count(*)::int as n from clinic.audit_event where clinic_id = $1", [at.id])).rows[0].n;

  it("hold the asking clinic's lines, all of them and no other's", async () => {
    // More than one page of the flow, on both sides, so that every page is looked at.
    for (const one of [clinic, other])
      await admin.query(
        `insert into clinic.audit_event (clinic_id, id, event, action, entity, entity_ids, agent_id, agent_role, request_id)
         select $1::uuid, event_id, 'patient.read', 'R', 'Patient', array[$1::uuid], $2::uuid, 'owner', gen_random_uuid()
         from unnest($3::uuid[]) event_id`,
        [one.id, one.owner.userId, Array.from({ length: 700 }, () => newId())],
      );
    const [mine, theirs] = [await makePatient(clinic.owner.ctx), await makePatient(other.owner.ctx)];
    await callerOf(clinic.owner, clinic).patient.read({ id: mine.id });
    await callerOf(other.owner, other).patient.read({ id: theirs.id });
    const [here, there] = [await linesOf(clinic), await linesOf(other)];
    const text = (await get(csv(clinic), clinic.owner)).body.toString();
    expect(text).toContain(clinic.id);
    expect(text).toContain(mine.id);
    for (const foreign of [other.id, other.owner.userId, theirs.id]) expect(text).not.toContain(foreign);
    // The head, then what there was and the export itself, which stands among its own lines.
    const rows = text.trimEnd().split("\r\n").length - 1;
    expect([here, here + 1]).toContain(rows);
    expect([await linesOf(clinic), await linesOf(other)]).toEqual([here + 1, there]);
  });

  it("are refused at another clinic's address like one that does not exist, and leave no line there", async () => {
    const before = await linesOf(other);
    const [elsewhere, nowhere] = [
      await get(csv(other), clinic.owner),
      await get("/api/clinic/nulle-part/journal.csv", clinic.owner),
    ];
    expect(elsewhere.status).toBe(404);
    expect(elsewhere.whole).toBe(nowhere.whole);
    expect(await linesOf(other)).toBe(before);
  });

  it("are not widened by anything in the question", async () => {
    const theirs = await makePatient(other.owner.ctx);
    for (const query of [
      `?clinicId=${other.id}`,
      `?clinic_id=${other.id}&slug=${other.slug}`,
      `?patientId=${theirs.id}`,
      `?agentId=${other.owner.userId}`,
      `?before=${theirs.id}&clinic=${other.slug}`,
      "?__proto__[clinicId]=x&constructor.prototype=1",
    ]) {
      const { status, body } = await get(csv(clinic, query), clinic.owner);
      expect([200, 400]).toContain(status);
      // A filter that names them is repeated nowhere but in the line about this very export.
      const others = body
        .toString()
        .split("\r\n")
        .filter((line) => line.includes(other.id) || line.includes(other.slug));
      expect(others).toEqual([]);
    }
  });

  it("stay with whoever asked for them", async () => {
    const { headers } = await get(csv(clinic), clinic.owner);
    expect(headers["cache-control"]).toBe("private, no-store");
    expect(headers["content-disposition"]).toContain("attachment");
  });
});

describe("side door: file links", () => {
  const picture = (background: string) =>
    sharp({ create: { width: 8, height: 8, channels: 3, background } })
      .png()
      .toBuffer()
      .then((bytes) => new Uint8Array(bytes));
  const file = (at: TestClinic, id: string) => `/api/clinic/${at.slug}/files/${id}`;
  const nobodys = "01900000-0000-7000-8000-000000000000";

  it("of another clinic, of no clinic and of nobody are one answer", async () => {
    const { fileId } = await setLogo(clinic.owner.ctx, await picture("#1f6f5c"));
    const missing = await get(file(other, nobodys), other.owner);
    expect(missing.status).toBe(404);
    // On one's own address, on theirs, and on one that does not exist.
    for (const [at, member] of [
      [other, other.owner],
      [clinic, other.owner],
    ] as const)
      expect((await get(file(at, fileId), member)).whole).toBe(missing.whole);
    expect((await get(`/api/clinic/nulle-part/files/${fileId}`, other.owner)).whole).toBe(missing.whole);
    expect((await get(file(clinic, fileId))).status).toBe(401);
    expect((await get(file(clinic, fileId), clinic.owner)).status).toBe(200);
  });

  it("climb nowhere: no way of writing a path reaches another clinic's file", async () => {
    const { fileId } = await setLogo(clinic.owner.ctx, await picture("#334455"));
    const back = `/api/clinic/${other.slug}/files/`;
    for (const path of [
      `${back}../../${clinic.slug}/files/${fileId}`,
      `${back}..%2f..%2f${clinic.slug}%2ffiles%2f${fileId}`,
      `${back}%2e%2e/%2e%2e/${clinic.slug}/files/${fileId}`,
      `${back}..%252f..%252f${clinic.slug}%252ffiles%252f${fileId}`,
      `${back}${clinic.id}/${fileId}`,
      `${back}${fileId}/`,
      `${back}${fileId}%00`,
      `${back}${fileId.toUpperCase()}`,
      `${back}${fileId};clinic=${clinic.slug}`,
      `${back}${fileId}?slug=${clinic.slug}&clinicId=${clinic.id}`,
      `/api/clinic/${other.slug}%2f..%2f${clinic.slug}/files/${fileId}`,
      `/api/clinic/${other.slug}/../${clinic.slug}/files/${fileId}`,
      `//api/clinic/${clinic.slug}/files/${fileId}`,
    ]) {
      const { status, headers } = await get(path, other.owner, {
        "x-original-url": file(clinic, fileId),
        "x-rewrite-url": file(clinic, fileId),
      });
      expect(`${status} ${path}`).toBe(`404 ${path}`);
      expect(headers["content-type"] ?? "").not.toContain("image");
    }
  });

  it("are read anew each time, by nobody else's cache, and end with the reader's place", async () => {
    const member = await makeMember(clinic, "assistant");
    const { fileId } = await setLogo(clinic.owner.ctx, await picture("#aa5500"));
    const { status, headers } = await get(file(clinic, fileId), member);
    expect([status, headers["cache-control"], headers["cross-origin-resource-policy"]]).toEqual([
      200,
      "private, no-store",
      "same-origin",
    ]);
    expect([headers.etag, headers["last-modified"], headers["access-control-allow-origin"]]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    await admin.query(
      "update identity.membership set status = 'inactive', ended_at = now() where clinic_id = $1 and user_id = $2",
      [clinic.id, member.userId],
    );
    expect((await get(file(clinic, fileId), member)).status).toBe(404);
  });

  it("open no other clinic's bytes, even when a row is made to point at them", async () => {
    const [mine, theirs] = [
      await setLogo(clinic.owner.ctx, await picture("#000000")),
      await setLogo(other.owner.ctx, await picture("#ffffff")),
    ];
    const { rows } = await admin.query("select object_key from clinic.stored_file where id = $1", [theirs.fileId]);
    await admin
      .query("update clinic.stored_file set object_key = $1 where id = $2", [rows[0].object_key, mine.fileId])
      .catch(() => undefined);
    const key = (await admin.query("select object_key from clinic.stored_file where id = $1", [mine.fileId])).rows[0]
      .object_key;
    const { status, body } = await get(file(clinic, mine.fileId), clinic.owner);
    // The database does not let it point there at all, or the door sends nothing.
    if (key.startsWith(clinic.id)) expect(status).toBe(200);
    else expect([status, body.includes("PNG") || body.includes("WEBP")]).toEqual([503, false]);
  });
});

/**
 * Everything that a server process remembers between two requests, and why that leaks nothing. A new variable of a module that can
 * change, or a new Map, Set or store beside the functions, fails here until somebody has said what its key is.
 */
const remembered: Readonly<Record<string, string>> = {
  "audit/seal-all-journals.ts resting": "by clinic: when to look at its journal again; times only",
  "auth/oidc/discover-provider.ts notPublic": "constants",
  "auth/password/check-password.ts meter": "dictionaries of the language, nobody's",
  "auth/password/hash-password.ts decoy": "a hash of nothing",
  "booking/kept-times.ts kept":
    "by clinic: free times, which anybody may read, and only after the clinic's own stamp was read as a visitor",
  "clinic/reserved-slugs.ts skeletons": "constants",
  "crypto/blind-index.ts derived": "by the clinic's own key object, and gone with it",
  "crypto/vault.ts vault": "the process's one vault; opened keys in it are by clinic id (tested below)",
  "db/database.ts current": "of one transaction, by asynchronous context; another entry is refused",
  "db/database.ts names": "by the text of a statement: its name",
  "db/database.ts opened": "by login: the pool",
  "db/entering-client.ts entering": "of one transaction, by asynchronous context",
  "env.ts memo": "the environment",
  "limit/attempt-guess.ts counters": "by a keyed hash of whose try it is: counts only",
  "limit/consume-limit.ts opened": "by a limit's name: counters, by a keyed hash of address, person or clinic",
  "limit/limit-store.ts redis": "a connection",
  "mail/mail-templates.ts clinicKinds": "constants",
  "mail/send-over-smtp.ts waiting": "by the server's address: connections, on which nothing is left",
  "outbound/fetch-outbound.ts REDIRECTS": "constants",
  "outbound/fetch-outbound.ts WITHOUT_BODY": "constants",
  "outbound/network.ts network": "how to resolve and connect: nobody's",
  "patient/alike-names.ts joining": "constants",
  "reminder/fill-text.ts byName": "constants",
  "reminder/write-mail.tsx drawn":
    "by all that the mail says, clinic and hour included; the secrets of its links are put in afterwards",
  "schedule/say-when.ts formats": "by language and zone: how an hour is written",
  "sms/is-stop.ts words": "constants",
  "sms/judge-answer.ts before": "constants",
  "sms/judge-answer.ts refusals": "constants",
  "sms/to-gsm.ts gsmBasic": "constants",
  "sms/to-gsm.ts gsmExtended": "constants",
  "sms/voipms-driver.ts aboutNumber": "constants",
  "sms/voipms-driver.ts aboutText": "constants",
  "storage/file-room.ts room":
    "the process's store and vault; each file is found by its clinic's row and opened by its key",
  "storage/serve-file.ts DOWNLOADED": "constants",
  "storage/serve-file.ts SHOWN": "constants",
  "letter/fields-schema.ts byWord": "constants",
  "kept-answer.ts texts": "by the answer itself, gone with it: the same answer as text",
  "chart-export/sheets/sheet.tsx formats": "by zone: how an hour is written",
  "fax/http-driver.ts gone": "constants",
  "fax/http-driver.ts lost": "constants",
  "document/showing/only-these.ts empty": "constants: names of elements",
  "document/showing/only-these.ts kept": "constants: names of elements",
  "pdf/let-garbage-go.ts collect": "how garbage is collected: nobody's",
  "pdf/quiet-page.ts carriers": "constants",
  "quick-add/read-relation.ts relations": "constants: words for relatives",
  "quick-add/read-relation.ts precise": "constants: words for relatives",
  "quick-add/read-relation.ts sides": "constants: words for relatives",
  "quick-add/read-relation.ts leading": "constants: words for relatives",
  "quick-add/read-relation.ts traps": "constants: words for relatives",
  "quick-add/read-relation.ts joined": "constants: words for relatives",
  "pdf/fonts.ts isRegistered": "whether the process knows its typeface",
  "web.ts lines": "in development only: the browser's open lines to it",
  "web/call-context.ts contexts": "by the request itself, gone with it",
  "web/client-address.ts trusted": "the environment's proxies",
  "web/guard-origin.ts reading": "constants",
  "worker.ts queue": "a connection",
  "worker.ts stopping": "whether the process ends",
};

describe("side door: caches", () => {
  it("whatever a process remembers is by clinic, or is nobody's", () => {
    const mutable = /^(?:export )?let (\w+)/;
    const store =
      /^(?:export )?const (\w+)[^=]*= *new (?:Map|Set|WeakMap|WeakSet|WeakRef|AsyncLocalStorage|LRU\w*|\w*Cache)\b/;
    const found = serverSources().flatMap((path) =>
      readFileSync(path, "utf8")
        .split("\n")
        .flatMap((line) => (mutable.exec(line) ?? store.exec(line))?.[1] ?? [])
        .map((name) => `${relative(fromRoot("server"), path).split(sep).join("/")} ${name}`),
    );
    expect(found.sort()).toEqual(Object.keys(remembered).sort());
  });

  it("no library remembers answers for us", () => {
    const libraries =
      /from "(?:lru-cache|quick-lru|keyv|memoize|p-memoize|node-cache|next\/cache)"|unstable_cache|["']use cache["']/;
    expect(serverSources().filter((path) => libraries.test(readFileSync(path, "utf8")))).toEqual([]);
  });

  it("a clinic's opened key is that clinic's, however often and in whatever order it is asked for", async () => {
    const asked = Array.from({ length: 40 }, (_, n) => (n % 2 ? clinic.id : other.id));
    const keys = await Promise.all(asked.map((id) => openClinicKey(id)));
    expect(keys.map(({ id }) => id)).toEqual(asked);
    const hashes = keys.map((key) => Buffer.from(blindIndex(key, "patient.nam", "GAGL90510199")).toString("hex"));
    expect(new Set(hashes).size).toBe(2);
    hashes.forEach((hash, n) => {
      expect(hash).toBe(hashes[n % 2]);
    });
  });

  it("no cache on the way keeps a clinic's answer, whatever it is", async () => {
    const kept: string[] = [];
    for (const [path, { type }] of behind("clinic")) {
      if (type !== "query") continue;
      for (const member of [clinic.owner, other.owner, undefined]) {
        const { headers } = await get(`/api/clinic/${clinic.slug}/trpc/${path}`, member);
        if (headers["cache-control"] !== "no-store" || headers.etag) kept.push(path);
      }
    }
    for (const way of ["journal.csv", `files/${clinic.id}`, "logo"])
      for (const member of [clinic.owner, other.owner, undefined]) {
        const { headers } = await get(`/api/clinic/${clinic.slug}/${way}`, member);
        if (!String(headers["cache-control"]).includes("no-store")) kept.push(way);
      }
    expect(kept).toEqual([]);
  });
});

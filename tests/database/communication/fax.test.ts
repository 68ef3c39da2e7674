import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFaxFollower, createFaxSender } from "#server/communication/fax/send-fax.ts";
import { followFax, sendFax } from "#server/communication/jobs.ts";
import { revokeSending } from "#server/communication/link/change-link.ts";
import { listCommunications } from "#server/communication/list-communications.ts";
import { listCommunicationsInput } from "#server/communication/schema.ts";
import { sendDocuments } from "#server/communication/send-documents.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { sealValue } from "#server/crypto/seal-value.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { unfileDocument } from "#server/document/unfile-document.ts";
import type { FaxService } from "#server/fax/fax-driver.ts";
import { createHttpFax } from "#server/fax/http-driver.ts";
import { faxSecretPlace } from "#server/integration/fax-account/record.ts";
import type { Network } from "#server/outbound/network.ts";
import { countPages } from "#server/pdf/join-pdf.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aSending, filedLetter } from "#tests/factories/communication.ts";
import { jobContext } from "#tests/factories/job-context.ts";

/** A fax service of our own on loopback, that answers as it is told to. */
interface Taken {
  readonly method: string;
  readonly path: string;
  readonly authorization: string;
  readonly key: string;
  readonly body: { to: string; from: string; reference: string; account: string; content: string };
}
const taken: Taken[] = [];
let answer: { status: number; body: string } | "hang-up";
let fate = '{"status":"queued"}';
let service: Server;
let apiUrl: string;
let network: Network;

const admin = new pg.Client({ connectionString: database.adminUrl });
let clinic: TestClinic;
let doctor: TestMember;

beforeAll(async () => {
  await admin.connect();
  service = createServer((request, response) => {
    let text = "";
    request.on("data", (piece) => {
      text += piece;
    });
    request.on("end", () => {
      if (request.method === "GET") return void response.end(fate);
      taken.push({
        method: request.method ?? "",
        path: request.url ?? "",
        authorization: String(request.headers.authorization),
        key: String(request.headers["idempotency-key"]),
        body: JSON.parse(text),
      });
      if (answer === "hang-up") return void request.socket.destroy();
      response.writeHead(answer.status).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
  const { port } = service.address() as AddressInfo;
  apiUrl = `http://127.0.0.1:${port}/api`;
  network = {
    resolve: async () => [{ address: "127.0.0.1", family: 4 }],
    allowPrivate: new Set([`127.0.0.1:${port}`]),
  };
  clinic = await makeClinic();
  doctor = await makeMember(clinic, "professional");
  const sealedSecret = sealValue(await openClinicKey(clinic.id), faxSecretPlace(clinic.id), "clé-secrète-42");
  await withStaff(clinic.owner.ctx, async (db) => {
    await db.faxAccount.createMany({
      data: { clinicId: clinic.id, apiUrl, account: "clinique-du-parc", sealedSecret, sender: "+14185550100" },
    });
    await db.integration.createMany({
      data: { clinicId: clinic.id, id: newId(), code: "fax", enabled: true, outsideQuebec: false },
    });
  });
});
beforeEach(() => {
  taken.length = 0;
  answer = { status: 202, body: '{"id":"fx-1"}' };
  fate = '{"status":"queued"}';
});
afterAll(async () => {
  await new Promise((resolve) => service.close(resolve));
  await admin.end();
  await closeDatabases();
});

const make = (account: FaxService) => createHttpFax(account, { network, timeoutMs: 5_000 });
const send = (id: string, attempt = 1) =>
  createFaxSender(make)(
    { ...jobContext("send-fax", clinic.id, newId()), attempt },
    { communicationId: id, userId: doctor.userId },
  );

async function aFax() {
  const { patientId, documentId } = await filedLetter(doctor);
  const { id } = await sendDocuments(
    doctor.ctx,
    aSending({
      patientId,
      documentIds: [documentId],
      channel: "fax",
      contact: "418 555-0142",
      recipient: { kind: "other", name: "Dr Thibodeau" },
      purpose: "care",
      ground: "care",
    }),
  );
  return { id, patientId, documentId };
}
const stateOf = async (patientId: string) =>
  (await listCommunications(doctor.ctx, listCommunicationsInput.parse({ patientId }))).rows[0]?.transmission;

describe("a fax by the clinic's service", () => {
  it("leaves once with its cover sheet, the secret in a header, and ids alone in the queue", async () => {
    const { id, patientId } = await aFax();
    const owed = await admin.query(
      "select payload from queue.outbox where job = $1 and payload ->> 'communicationId' = $2",
      [sendFax.name, id],
    );
    expect(owed.rows).toEqual([{ payload: { communicationId: id, userId: doctor.userId } }]);
    await send(id);
    // Carried twice by the queue: the second finds it under way.
    await send(id);
    expect(taken).toHaveLength(1);
    const [one] = taken;
    expect(one).toMatchObject({
      path: "/api/faxes",
      authorization: "Bearer clé-secrète-42",
      key: id,
      body: { to: "+14185550142", from: "+14185550100", reference: id, account: "clinique-du-parc" },
    });
    expect(await countPages(Buffer.from(one?.body.content ?? "", "base64"))).toBe(2);
    expect(await stateOf(patientId)).toMatchObject({ status: "sending", driver: "http" });
  });

  it("is followed until the service says what became of it", async () => {
    const { id, patientId } = await aFax();
    await send(id);
    const follow = async () => {
      const { rows } = await admin.query(
        "select id from queue.outbox where job = $1 and payload ->> 'communicationId' = $2 order by run_at desc limit 1",
        [followFax.name, id],
      );
      await createFaxFollower(make)(jobContext("follow-fax", clinic.id, rows[0].id), {
        communicationId: id,
        userId: doctor.userId,
      });
    };
    await follow();
    expect(await stateOf(patientId)).toMatchObject({ status: "sending" });
    fate = '{"status":"delivered"}';
    await follow();
    expect(await stateOf(patientId)).toMatchObject({ status: "sent", errorCode: null });
  });

  it("says why it failed, and after the last try leaves it to a person", async () => {
    const { id, patientId } = await aFax();
    answer = { status: 503, body: "" };
    await expect(send(id)).rejects.toThrow("HTTP_503");
    expect(await stateOf(patientId)).toMatchObject({ status: "queued", errorCode: "HTTP_503" });
    await send(id, sendFax.retry.attempts);
    expect(await stateOf(patientId)).toMatchObject({ status: "failed", errorCode: "HTTP_503" });
  });

  it("is unknown where nobody can tell whether it left, and is never sent again by itself", async () => {
    const { id, patientId } = await aFax();
    answer = "hang-up";
    await send(id);
    expect(await stateOf(patientId)).toMatchObject({ status: "unknown" });
    answer = { status: 202, body: '{"id":"fx-2"}' };
    await send(id);
    expect(taken).toHaveLength(1);

    // A worker that died between the first word and the answer.
    const lost = await aFax();
    await admin.query("update clinic.transmission set status = 'sending' where id = $1", [lost.id]);
    await send(lost.id);
    expect(await stateOf(lost.patientId)).toMatchObject({ status: "unknown", errorCode: "NoAnswerRecorded" });
    expect(taken).toHaveLength(1);
  });

  it("does not leave with a document that left the chart meanwhile, and says so", async () => {
    const { id, patientId, documentId } = await aFax();
    await unfileDocument(doctor.ctx, { id: documentId, version: 2, reason: "Autre patiente" });
    await send(id);
    expect(taken).toEqual([]);
    expect(await stateOf(patientId)).toMatchObject({ status: "failed", errorCode: "Withdrawn" });
  });

  it("is asked after again when the service is down, and is given up to a person where it cannot be made", async () => {
    const { id, patientId } = await aFax();
    await send(id);
    const down = () => createHttpFax({ apiUrl: "http://127.0.0.1:9/api", account: "", secret: "" }, { network });
    await createFaxFollower(down)(jobContext("follow-fax", clinic.id, newId()), {
      communicationId: id,
      userId: doctor.userId,
    });
    expect(await stateOf(patientId)).toMatchObject({ status: "sending" });
    const owed = await admin.query(
      "select count(*)::int as n from queue.outbox where job = $1 and payload ->> 'communicationId' = $2",
      [followFax.name, id],
    );
    expect(owed.rows[0].n).toBe(2);

    const lost = await aFax();
    await admin.query(
      `update clinic.transmission set content = jsonb_set(content, '{0,objectKey}', to_jsonb($2::text)) where id = $1`,
      [lost.id, `${clinic.id}/${newId()}`],
    );
    await expect(send(lost.id, sendFax.retry.attempts)).rejects.toThrow();
    expect(await stateOf(lost.patientId)).toMatchObject({ status: "failed", errorCode: "NotMade" });
  });

  it("does not leave once it is cancelled, nor for whoever is no member any more", async () => {
    const cancelled = await aFax();
    await revokeSending(doctor.ctx, { id: cancelled.id });
    await send(cancelled.id);
    const { id } = await aFax();
    await createFaxSender(make)(jobContext("send-fax", clinic.id, newId()), { communicationId: id, userId: newId() });
    expect(taken).toEqual([]);
  });
});

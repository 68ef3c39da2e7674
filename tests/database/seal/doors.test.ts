import { randomBytes } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { matrix, roles } from "#server/access/permissions.ts";
import { setLogo } from "#server/clinic/set-logo.ts";
import { sendDocuments } from "#server/communication/send-documents.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { beginUpload } from "#server/document/upload/begin-upload.ts";
import { putFile } from "#server/storage/put-file.ts";
import { clinicDoors } from "#server/web/clinic-door.ts";
import { liveDoor } from "#server/web/live-door.ts";
import { memberDoors } from "#server/web/member-doors.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aSending, filedLetter } from "#tests/factories/communication.ts";
import { sendFile } from "#tests/factories/document.ts";
import { aWordFile } from "#tests/factories/office.ts";
import { smallFile } from "#tests/factories/patient-import.ts";
import { smallPicture } from "#tests/factories/picture.ts";
import { giveCard } from "#tests/factories/prescriber.ts";

/**
 * Every plain door of a clinic, from the list that the web process serves: refused to everybody who should not, with one
 * answer for « another clinic » and « no such clinic », and then open to whom it is meant. A door without a way in fails.
 */
interface Way {
  readonly path: string;
  readonly body?: Uint8Array<ArrayBuffer>;
  readonly type?: string;
}

const origin = "http://127.0.0.1:3000";
/** A rightful request through each door, by its name. */
const ways: Readonly<Record<string, (owner: TestMember) => Promise<Way>>> = {
  "clinic.journal-csv": async () => ({ path: "journal.csv" }),
  "clinic.openings-csv": async () => ({ path: "openings.csv" }),
  "clinic.openings-pdf": async (owner) => ({ path: `openings.pdf?patientId=${(await makePatient(owner.ctx)).id}` }),
  "clinic.file": async (owner) => ({ path: `files/${(await setLogo(owner.ctx, await smallPicture())).fileId}` }),
  "practitioner.signature": async (owner) => {
    const id = newId();
    await callerOf(owner, clinic).practitioner.add({
      id,
      prefix: "",
      familyName: "Gagnon",
      givenName: "Éloïse",
      profession: "nurse",
      permitNumber: "",
      signatureLine: "",
      membershipId: null,
    });
    return { path: `practitioners/${id}/signature?version=1`, body: await smallPicture(), type: "image/png" };
  },
  "patient.photo": async (owner) => ({
    path: `patients/${(await makePatient(owner.ctx)).id}/photo?version=1`,
    body: await smallPicture(),
    type: "image/png",
  }),
  "patient.import": async () => ({
    path: "patient-import?name=patients.csv",
    body: new Uint8Array(Buffer.from(smallFile)),
    type: "text/csv",
  }),
  "page.cover": async () => ({ path: "page-cover", body: await smallPicture(), type: "image/png" }),
  "clinic.logo": async () => ({ path: "logo", body: await smallPicture(), type: "image/png" }),
  "document.part": async ({ ctx }) => {
    const [id, body] = [newId(), await smallPicture()];
    const file = { id, name: "photo.png", sizeBytes: body.byteLength, modifiedAt: new Date() };
    await beginUpload(ctx, { files: [file] });
    return { path: `uploads/${id}?offset=0`, body, type: "application/octet-stream" };
  },
  "document.content": async (owner) => ({ path: `documents/${await aPhoto(owner)}/content` }),
  "document.preview": async (owner) => ({ path: `documents/${await aPhoto(owner)}/preview` }),
  "document.shown": async (owner) => ({ path: `documents/${await sendFile(owner, aWordFile("Lettre"))}/shown` }),
  "clinic.live": async () => ({ path: "live" }),
  "communication.fax": async (owner) => {
    const { patientId, documentId } = await filedLetter(owner);
    const fax = { channel: "fax" as const, contact: "418 555-0142" };
    const { id } = await sendDocuments(owner.ctx, aSending({ patientId, documentIds: [documentId], ...fax }));
    return { path: `communications/${id}/fax.pdf` };
  },
  "communication.register-csv": async () => ({ path: "communications.csv" }),
  "chart-export.file": async (owner) => ({ path: `chart-exports/${await aWholeChart(owner)}.pdf` }),
};

/** Of an owner who sees patients: what is of care is read by who gives it. */
async function aWholeChart(owner: TestMember): Promise<string> {
  await giveCard(clinic, owner);
  const [id, patientId, clinicId, authorId] = [newId(), (await makePatient(owner.ctx)).id, clinic.id, owner.userId];
  const content = await smallPicture();
  const { sha256, ...file } = await putFile(owner.ctx, { id: newId(), content, maxBytes: 1_000_000 });
  const about = { clinicId, authorId, sizeBytes: file.sizeBytes };
  await withStaff(owner.ctx, async (db) => {
    await db.storedFile.createMany({
      data: {
        ...about,
        id: file.id,
        category: "document",
        purpose: "export",
        mediaType: "application/pdf",
        objectKey: file.objectKey,
        sha256,
      },
    });
    await db.chartExport.createMany({
      data: { ...about, id, patientId, status: "done", fileId: file.id, expiresAt: new Date(Date.now() + 60_000) },
    });
  });
  return id;
}

const aPhoto = async (owner: TestMember) => sendFile(owner, await smallPicture(), "photo.png");

let server: Server;
let base: string;
let clinic: TestClinic;
let other: TestClinic;

beforeAll(async () => {
  const open = clinicDoors(memberDoors);
  server = createServer((request, response) => void (open(request, response) || response.writeHead(404).end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  [clinic, other] = [await makeClinic(), await makeClinic()];
});
afterAll(async () => {
  await liveDoor.close();
  await new Promise((resolve) => server.close(resolve));
  await closeDatabases();
});

async function knock(slug: string, way: Way, cookie?: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${base}/api/clinic/${slug}/${way.path}`, {
    method: way.body ? "PUT" : "GET",
    ...(way.body ? { body: way.body } : {}),
    headers: { ...(way.type ? { "content-type": way.type, origin } : {}), ...(cookie ? { cookie } : {}), ...headers },
  });
  // One that stays open says enough by opening.
  const isStream = response.headers.get("content-type") === "text/event-stream";
  const body = isStream ? "" : await response.text();
  if (isStream) await response.body?.cancel();
  const kept = [...response.headers].filter(([name]) => name !== "date" && name !== "x-request-id");
  return {
    status: response.status,
    whole: JSON.stringify([response.status, kept, body.replaceAll(/"requestId":"[^"]*"/g, "")]),
  };
}

const staff = ({ token }: TestMember) => `chevet-staff=${token}`;

it("every door has a way in, and every way a door", () => {
  expect(Object.keys(ways).sort()).toEqual(memberDoors.map(({ name }) => name).sort());
});

describe("a clinic's door", () => {
  it.each(memberDoors.map((door) => [door.name, door] as const))("%s", async (name, door) => {
    const way = await (ways[name] as (typeof ways)[string])(clinic.owner);
    const here = clinic.slug;

    for (const cookie of [
      undefined,
      `chevet-staff=${randomBytes(32).toString("base64url")}`,
      `chevet-patient=${clinic.owner.token}`,
      `chevet-host=${clinic.owner.token}`,
    ])
      expect((await knock(here, way, cookie)).status).toBe(401);

    const elsewhere = await knock(other.slug, way, staff(clinic.owner));
    const nowhere = await knock("nulle-part-du-tout", way, staff(clinic.owner));
    expect(elsewhere.status).toBe(404);
    expect(elsewhere.whole).toBe(nowhere.whole);

    const small = roles.find((role) => !matrix[role].includes(door.permission) && role !== "trainee");
    if (small) expect((await knock(here, way, staff(await makeMember(clinic, small)))).status).toBe(403);

    expect((await knock(here, way, staff(clinic.owner), { "sec-fetch-site": "cross-site" })).status).toBe(403);
    if (way.body) expect((await knock(here, { ...way, type: "text/plain" }, staff(clinic.owner))).status).toBe(415);

    expect((await knock(here, way, staff(clinic.owner))).status).toBe(200);
  });
});

it("a file of another clinic does not exist on this one's address (side door: file links)", async () => {
  const way = await (ways["clinic.file"] as (typeof ways)[string])(clinic.owner);
  const foreign = await knock(other.slug, way, staff(other.owner));
  const missing = await knock(other.slug, { path: "files/01900000-0000-7000-8000-000000000000" }, staff(other.owner));
  expect(foreign.status).toBe(404);
  expect(foreign.whole).toBe(missing.whole);
});

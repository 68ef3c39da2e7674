import { randomBytes } from "node:crypto";
import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { smallPdf } from "#prisma/seed/small-pdf.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { addressDocument } from "#server/document/address-document.ts";
import { countDocuments } from "#server/document/count-documents.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { readDocumentText } from "#server/document/jobs.ts";
import { listDocuments } from "#server/document/list-documents.ts";
import { listInbox } from "#server/document/list-inbox.ts";
import { listReviews } from "#server/document/list-reviews.ts";
import { putAside } from "#server/document/put-aside.ts";
import { readDocument } from "#server/document/read-document.ts";
import { createTextReader } from "#server/document/reading/read-text.ts";
import { inboxInput, listDocumentsInput, PART_BYTES, reviewsInput } from "#server/document/schema.ts";
import { signOff } from "#server/document/sign-off.ts";
import { unfileDocument } from "#server/document/unfile-document.ts";
import { beginUpload } from "#server/document/upload/begin-upload.ts";
import { completeUpload } from "#server/document/upload/complete-upload.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import { restrictPatientInput } from "#server/privacy/schema.ts";
import { processFileRoom } from "#server/storage/file-room.ts";
import { clinicDoors } from "#server/web/clinic-door.ts";
import { memberDoors } from "#server/web/member-doors.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import { jobContext } from "#tests/factories/job-context.ts";
import { aWordFile } from "#tests/factories/office.ts";

const admin = new pg.Client({ connectionString: database.adminUrl });
const origin = "http://127.0.0.1:3000";
let server: Server;
let base: string;
let clinic: TestClinic;
let doctor: TestMember;
let colleague: TestMember;
let desk: TestMember;
let otherDesk: TestMember;

beforeAll(async () => {
  const open = clinicDoors(memberDoors);
  server = createServer((request, response) => void (open(request, response) || response.writeHead(404).end()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await admin.connect();
  clinic = await makeClinic();
  [doctor, colleague] = [await makeMember(clinic, "professional"), await makeMember(clinic, "professional")];
  [desk, otherDesk] = [await makeMember(clinic, "assistant"), await makeMember(clinic, "assistant")];
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await admin.end();
  await closeDatabases();
});

const staff = ({ token }: TestMember) => ({ cookie: `chevet-staff=${token}` });
const get = (member: TestMember, path: string, headers: Record<string, string> = {}, slug = clinic.slug) =>
  fetch(`${base}/api/clinic/${slug}/${path}`, { headers: { ...staff(member), ...headers } });
const put = (member: TestMember, id: string, offset: number, body: Uint8Array<ArrayBuffer>) =>
  fetch(`${base}/api/clinic/${clinic.slug}/uploads/${id}?offset=${offset}`, {
    method: "PUT",
    body,
    headers: { ...staff(member), origin, "content-type": "application/octet-stream" },
  });
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
async function aPatient() {
  const patient = await makePatient(clinic.owner.ctx);
  for (const member of [doctor, colleague]) await opens(member, patient.id);
  return patient;
}
const inbox = async ({ ctx }: TestMember) => (await listInbox(ctx, inboxInput.parse({}))).rows.map(({ id }) => id);
const find = async ({ ctx }: TestMember, text: string, more: object = {}) =>
  (await listDocuments(ctx, listDocumentsInput.parse({ text, ...more }))).rows.map(({ id }) => id);
const reviews = async ({ ctx }: TestMember) =>
  (await listReviews(ctx, reviewsInput.parse({}))).rows.map(({ id }) => id);
const journal = async (documentId: string) =>
  (
    await admin.query<{ event: string; patient_id: string | null }>(
      "select event, patient_id from clinic.audit_event where clinic_id = $1 and $2 = any (entity_ids) and event not like 'document.%-read' order by id",
      [clinic.id, documentId],
    )
  ).rows;

/** A PDF of this weight: a scan, which packs badly. */
function heavy(bytes: number): Buffer {
  const page = smallPdf([{ lines: ["Numérisation"] }]);
  return Buffer.concat([page, Buffer.from(`%${randomBytes(bytes / 2).toString("hex")}\n%%EOF\n`)]);
}

/** What the worker does with the document that has just come in. */
async function readText(id: string): Promise<void> {
  const { rows } = await admin.query(
    "select id, payload from queue.outbox where clinic_id = $1 and payload ->> 'documentId' = $2",
    [clinic.id, id],
  );
  await createTextReader(processFileRoom)(jobContext(readDocumentText.name, clinic.id, rows[0].id), rows[0].payload);
}

describe("sending a document", () => {
  it("a connection killed in the middle of a part loses that part and no more; the page loaded anew goes on, and the original is the same to the byte", async () => {
    const content = heavy(5_000_000);
    const file = {
      name: "Scan de 300 pages.pdf",
      sizeBytes: content.length,
      modifiedAt: new Date("2026-11-20T15:00:00Z"),
    };
    const id = newId();
    const [begun] = await beginUpload(desk.ctx, { files: [{ id, ...file }] });
    expect(begun).toEqual({ askedId: id, id, receivedBytes: 0 });
    const part = (at: number) => new Uint8Array(content.subarray(at, at + PART_BYTES));
    expect(await (await put(desk, id, 0, part(0))).json()).toEqual({ receivedBytes: PART_BYTES });
    await killedHalfWay(desk, id, PART_BYTES, content.subarray(PART_BYTES, 2 * PART_BYTES));

    const [again] = await beginUpload(desk.ctx, { files: [{ id: newId(), ...file }] });
    expect(again).toMatchObject({ id, receivedBytes: PART_BYTES });
    // A part sent twice, or out of its place, is told where to go on.
    expect(await (await put(desk, id, 0, part(0))).json()).toEqual({ receivedBytes: PART_BYTES });
    expect(await (await put(desk, id, 2 * PART_BYTES, part(2 * PART_BYTES))).json()).toEqual({
      receivedBytes: PART_BYTES,
    });
    await expect(completeUpload(desk.ctx, { id, patientId: null })).rejects.toMatchObject({
      key: "document.incomplete",
    });
    for (let at = PART_BYTES; at < content.length; at += PART_BYTES)
      expect((await put(desk, id, at, part(at))).status).toBe(200);
    await Promise.all([
      completeUpload(desk.ctx, { id, patientId: null }),
      completeUpload(desk.ctx, { id, patientId: null }),
    ]);

    expect(await inbox(desk)).toContain(id);
    expect((await bytesOf(await get(desk, `documents/${id}/content?download`))).equals(content)).toBe(true);
    // Nothing is left but the one object that the document names.
    const stored = await admin.query(
      "select object_key from clinic.stored_file where clinic_id = $1 and purpose = 'document'",
      [clinic.id],
    );
    const kept: string[] = [];
    for await (const { objectKey } of processFileRoom().objects.list(clinic.id)) kept.push(objectKey);
    expect(kept.sort()).toEqual(stored.rows.map((row) => row.object_key).sort());
  });

  it("what is not taken is refused at its first part; what is cut off, when it is whole; both leave nothing", async () => {
    const svg = new Uint8Array(Buffer.from("<svg onload='x()'></svg>"));
    const [refusedId, cutId] = [newId(), newId()];
    const file = (id: string, content: Uint8Array) => ({
      id,
      name: "a.pdf",
      sizeBytes: content.length,
      modifiedAt: new Date(),
    });
    const cut = new Uint8Array(aLetter("Coupée").subarray(0, 300));
    await beginUpload(desk.ctx, { files: [file(refusedId, svg), file(cutId, cut)] });
    const answer = await put(desk, refusedId, 0, svg);
    expect([answer.status, ((await answer.json()) as { error: { key: string } }).error.key]).toEqual([
      400,
      "document.svg",
    ]);
    expect((await put(desk, cutId, 0, cut)).status).toBe(200);
    await expect(completeUpload(desk.ctx, { id: cutId, patientId: null })).rejects.toMatchObject({
      key: "document.cut",
    });
    expect(await journal(cutId)).toEqual([{ event: "document.refused", patient_id: null }]);
    const { rows } = await admin.query(
      "select count(*)::int from clinic.document where clinic_id = $1 and id = any ($2)",
      [clinic.id, [refusedId, cutId]],
    );
    expect(rows[0].count).toBe(0);
  });

  it("one's own file under way is nobody else's", async () => {
    const content = aLetter("À moi");
    const id = newId();
    await beginUpload(desk.ctx, { files: [{ id, name: "a.pdf", sizeBytes: content.length, modifiedAt: new Date() }] });
    expect((await put(doctor, id, 0, new Uint8Array(content))).status).toBe(404);
  });
});

describe("every byte passes the clinic's door", () => {
  it("each opening is one line of the journal, however many parts a viewer fetches; each download is a line of its own", async () => {
    const [content, { id: patientId }] = [aLetter("Rapport"), await aPatient()];
    const id = await sendFile(doctor, content);
    await fileDocument(doctor.ctx, { id, version: 1, patientId, ...card });
    const part = await get(doctor, `documents/${id}/content`, { range: "bytes=5-24" });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 5-24/${content.length}`]);
    expect((await bytesOf(part)).equals(content.subarray(5, 25))).toBe(true);
    await bytesOf(await get(doctor, `documents/${id}/content`, { range: "bytes=100-" }));
    await bytesOf(await get(doctor, `documents/${id}/content`));
    await bytesOf(await get(doctor, `documents/${id}/content?download`));
    await bytesOf(await get(doctor, `documents/${id}/content?download`));
    const read = (await journal(id)).filter(({ event }) => /viewed|downloaded/.test(event));
    expect(read).toEqual([
      { event: "document.viewed", patient_id: patientId },
      { event: "document.downloaded", patient_id: patientId },
      { event: "document.downloaded", patient_id: patientId },
    ]);
    expect((await get(doctor, `documents/${id}/content`, { range: "bytes=999999-" })).status).toBe(416);
  });

  it("nothing that is fetched can act in a browser", async () => {
    const id = await sendFile(doctor, aLetter("Rapport"), "Rapport d’été.pdf");
    for (const how of ["", "?download"]) {
      const { headers } = await get(doctor, `documents/${id}/content${how}`);
      expect(Object.fromEntries(headers)).toMatchObject({
        "x-content-type-options": "nosniff",
        "content-security-policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "cache-control": "private, no-store",
      });
      expect(headers.get("content-disposition")).toMatch(/^attachment/);
    }
    const { headers } = await get(doctor, `documents/${id}/content?download`);
    expect(headers.get("content-disposition")).toContain("filename*=UTF-8''Rapport%20d%E2%80%99%C3%A9t%C3%A9.pdf");
  });

  it("a picture is shown as one of our making; its original stays as it came", async () => {
    const original = await sharp({ create: { width: 3_000, height: 1_000, channels: 3, background: "#1f6f5c" } })
      .withExif({ IFD0: { ImageDescription: "chez-moi" } })
      .jpeg()
      .toBuffer();
    const id = await sendFile(doctor, original, "plaie.jpg");
    const shown = await bytesOf(await get(doctor, `documents/${id}/preview?width=600`));
    expect((await sharp(shown).metadata()).width).toBe(600);
    expect(shown.includes("chez-moi")).toBe(false);
    expect((await bytesOf(await get(doctor, `documents/${id}/content?download`))).equals(original)).toBe(true);
    expect((await get(doctor, `documents/${id}/preview?page=4`)).status).toBe(404);
  });

  it("a Word file is shown as a page that acts, leads and fetches nothing; each look is in the journal", async () => {
    const { id: patientId } = await aPatient();
    const id = await sendFile(doctor, aWordFile("Rapport &lt;script&gt;x()&lt;/script&gt;"), "Rapport.docx");
    await fileDocument(doctor.ctx, { id, version: 1, patientId, ...card });
    const response = await get(doctor, `documents/${id}/shown?lang=fr`);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "x-content-type-options": "nosniff",
      "content-security-policy":
        "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
      "cache-control": "private, no-store",
    });
    const page = (await bytesOf(response)).toString();
    expect(page).toContain("<p>Rapport &lt;script&gt;x()&lt;/script&gt;</p>");
    expect((await journal(id)).filter(({ event }) => event === "document.viewed")).toMatchObject([
      { patient_id: patientId },
    ]);
    // Whoever may not have its bytes has no page of it, and what is no Office file has none.
    expect((await get(otherDesk, `documents/${id}/shown`)).status).toBe(404);
    expect((await get(doctor, `documents/${await sendFile(doctor, aLetter("PDF"))}/shown`)).status).toBe(404);
    expect((await get(doctor, `documents/${id}/shown?lang=de`)).status).toBe(400);
  });

  it("a document of another clinic is no document, by every door", async () => {
    const other = await makeClinic();
    const id = await sendFile(other.owner, aLetter("Ailleurs"));
    for (const path of [`documents/${id}/content`, `documents/${id}/preview`, `documents/${id}/shown`]) {
      const [foreign, nowhere] = [await get(doctor, path), await get(doctor, path.replace(id, newId()))];
      expect([foreign.status, nowhere.status]).toEqual([404, 404]);
    }
    await expect(readDocument(doctor.ctx, { id })).rejects.toMatchObject({ code: "NotFound" });
    const { id: patientId } = await aPatient();
    await expect(fileDocument(doctor.ctx, { id, version: 1, patientId, ...card })).rejects.toMatchObject({
      code: "NotFound",
    });
    expect(await find(doctor, "ailleurs")).toEqual([]);
  });
});

describe("filing", () => {
  it("of two people who file one document, the first does; pressed twice, it is filed once", async () => {
    const [id, one, two] = [await sendFile(desk, aLetter("Partagée")), await aPatient(), await aPatient()];
    const tries = await Promise.allSettled([
      fileDocument(desk.ctx, { id, version: 1, patientId: one.id, ...card }),
      fileDocument(doctor.ctx, { id, version: 1, patientId: two.id, ...card }),
    ]);
    expect(tries.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await journal(id)).filter(({ event }) => event === "document.filed")).toHaveLength(1);
    const first =
      tries[0].status === "fulfilled" ? { who: desk, patientId: one.id } : { who: doctor, patientId: two.id };
    await fileDocument(first.who.ctx, { id, version: 1, patientId: first.patientId, ...card });
    expect((await journal(id)).filter(({ event }) => event === "document.filed")).toHaveLength(1);
  });

  it("AC-28: the front desk sees what waits and what it filed itself, and not the rest of a chart", async () => {
    const { id: patientId } = await aPatient();
    const [mine, theirs] = [await sendFile(desk, aLetter("MotRare un")), await sendFile(desk, aLetter("MotRare deux"))];
    expect(await inbox(otherDesk)).toEqual(expect.arrayContaining([mine, theirs]));
    await fileDocument(desk.ctx, { id: mine, version: 1, patientId, ...card, reviewerId: doctor.userId });
    await fileDocument(doctor.ctx, { id: theirs, version: 1, patientId, ...card });
    const seen = async (member: TestMember) => (await find(member, "", { patientId })).sort();
    expect(await seen(doctor)).toEqual([mine, theirs].sort());
    expect(await seen(desk)).toEqual([mine]);
    expect(await seen(otherDesk)).toEqual([]);
    for (const text of ["echographie", "lettre"]) expect(await find(otherDesk, text)).not.toContain(mine);
    expect(await find(desk, "echographie")).toContain(mine);
    expect((await get(otherDesk, `documents/${mine}/content`)).status).toBe(404);
    expect((await get(desk, `documents/${theirs}/content?download`)).status).toBe(404);
    // What is said in a review is of care.
    await signOff(doctor.ctx, { id: mine, version: 2, noteId: newId(), comment: "Nodule à revoir" });
    expect((await readDocument(desk.ctx, { id: mine })).notes).toEqual([]);
    expect((await readDocument(doctor.ctx, { id: mine })).notes).toMatchObject([
      { kind: "signed", comment: "Nodule à revoir" },
    ]);
  });

  it("filed in the wrong chart, it goes back to the inbox, and both journals say so", async () => {
    const [wrong, right] = [await aPatient(), await aPatient()];
    const id = await sendFile(desk, aLetter("Égarée"));
    await fileDocument(desk.ctx, { id, version: 1, patientId: wrong.id, ...card });
    await signOff(doctor.ctx, { id, version: 2, noteId: newId(), comment: "Ce n’est pas elle" });
    const unfile = { id, version: 3, reason: "Même nom, autre date de naissance" };
    await expect(unfileDocument(desk.ctx, unfile)).rejects.toMatchObject({ code: "Forbidden" });
    await unfileDocument(doctor.ctx, unfile);
    expect(await inbox(desk)).toContain(id);
    expect(await find(doctor, "", { patientId: wrong.id })).toEqual([]);
    await fileDocument(desk.ctx, { id, version: 4, patientId: right.id, ...card });
    expect(await journal(id)).toMatchObject([
      { event: "document.received" },
      { event: "document.filed", patient_id: wrong.id },
      { event: "document.signed", patient_id: wrong.id },
      { event: "document.unfiled", patient_id: wrong.id },
      { event: "document.filed", patient_id: right.id },
    ]);
    // What was said of the other person stays with the other chart.
    expect((await readDocument(doctor.ctx, { id })).notes).toEqual([]);
    const versions = await withStaff(doctor.ctx, (db) =>
      db.recordVersion.findMany({
        where: { clinicId: clinic.id, entityId: id, patientId: wrong.id },
        select: { version: true },
        orderBy: { version: "asc" },
      }),
    );
    expect(versions).toEqual([{ version: 2 }, { version: 3 }]);
  });

  it("one whose words name somebody else than the chart it was dropped on says so, and is filed there only by whoever says that they know", async () => {
    const [named, held] = [await aPatient(), await aPatient()];
    const lines = [
      "RAPPORT DE RADIOLOGIE",
      `Patient : ${named.givenName} ${named.familyName}`,
      `Né le ${named.birthDate}`,
      "Date de l’examen : 2026-10-12",
    ];
    const id = await sendFile(desk, smallPdf([{ lines }]), "FAX-1.pdf", held.id);
    await readText(id);
    const row = (await listInbox(desk.ctx, inboxInput.parse({ most: 100 }))).rows.find((one) => one.id === id);
    const said = { id: named.id, name: `${named.givenName} ${named.familyName}`, because: "birth-date" };
    expect(row).toMatchObject({ proposed: { patientId: held.id, because: "chart" }, named: said });
    const there = { id, version: 1, patientId: held.id, ...card };
    await expect(fileDocument(desk.ctx, there)).rejects.toMatchObject({ key: "document.names" });
    expect(await inbox(desk)).toContain(id);
    await fileDocument(desk.ctx, { ...there, despite: true });
    // Whoever reviews it is told too.
    expect(await readDocument(doctor.ctx, { id })).toMatchObject({ patientId: held.id, named: said });
    const { rows } = await admin.query(
      "select detail from clinic.audit_event where clinic_id = $1 and event = 'document.filed' and $2 = any (entity_ids)",
      [clinic.id, id],
    );
    expect(rows).toMatchObject([{ detail: { despite: true } }]);
  }, 60_000);

  it("a letter that names the one on whose chart it was dropped, and another, warns nobody; nor does one that says nothing of a person whom its reader may not see", async () => {
    const [other, held] = [await aPatient(), await aPatient()];
    const about = (one: { givenName: string; familyName: string; birthDate: string | null }) => [
      `${one.givenName} ${one.familyName}`,
      `Né le ${one.birthDate}`,
    ];
    const both = await sendFile(desk, smallPdf([{ lines: [...about(other), ...about(held)] }]), "FAX-2.pdf", held.id);
    await readText(both);
    expect(await readDocument(desk.ctx, { id: both })).toMatchObject({ named: null });
    await fileDocument(desk.ctx, { id: both, version: 1, patientId: held.id, ...card });

    const hidden = await sendFile(doctor, smallPdf([{ lines: about(other) }]), "FAX-3.pdf", held.id);
    await readText(hidden);
    expect(await readDocument(desk.ctx, { id: hidden })).toMatchObject({ named: { id: other.id } });
    await restrictPatient(
      doctor.ctx,
      restrictPatientInput.parse({
        patientId: other.id,
        target: { kind: "member", userId: desk.userId },
        category: "*",
        signedOn: "2026-09-14",
        signerName: "Jane Doe",
        signerContact: "418 555-0142",
        risksExplained: true,
      }),
    );
    expect(await readDocument(desk.ctx, { id: hidden })).toMatchObject({ named: null });
    await fileDocument(desk.ctx, { id: hidden, version: 1, patientId: held.id, ...card });
  }, 60_000);

  it("put aside, a document waits no more and is kept", async () => {
    const id = await sendFile(desk, aLetter("Publicité"));
    await putAside(desk.ctx, { id, version: 1, reason: "not-a-record", note: "" });
    expect(await inbox(doctor)).not.toContain(id);
    expect(await find(doctor, "publicite")).toEqual([]);
    expect((await readDocument(desk.ctx, { id })).errorReason).toBe("not-a-record");
  });
});

describe("GM-3: a result stays in the inbox of whoever it is addressed to until it is signed off", () => {
  it("addressed, sent on to a colleague, signed", async () => {
    const [id, { id: patientId }] = [await sendFile(desk, aLetter("Résultat")), await aPatient()];
    const before = await countDocuments(doctor.ctx);
    await expect(
      fileDocument(desk.ctx, { id, version: 1, patientId, ...card, reviewerId: otherDesk.userId }),
    ).rejects.toMatchObject({ code: "NotFound" });
    await fileDocument(desk.ctx, { id, version: 1, patientId, ...card, reviewerId: doctor.userId, urgent: true });
    expect((await reviews(doctor))[0]).toBe(id);
    expect(await countDocuments(doctor.ctx)).toEqual({ toFile: before.toFile - 1, toReview: before.toReview + 1 });
    const note = { id, version: 2, noteId: newId(), reviewerId: colleague.userId, urgent: false, comment: "Ton avis?" };
    await Promise.allSettled([addressDocument(doctor.ctx, note), addressDocument(doctor.ctx, note)]);
    expect(await reviews(doctor)).not.toContain(id);
    expect(await reviews(colleague)).toEqual([id]);
    await expect(signOff(doctor.ctx, { id, version: 2, noteId: newId(), comment: "" })).rejects.toMatchObject({
      key: "stale",
    });
    await signOff(colleague.ctx, { id, version: 3, noteId: newId(), comment: "Vu, contrôle dans 3 mois" });
    expect(await reviews(colleague)).toEqual([]);
    expect(await readDocument(doctor.ctx, { id })).toMatchObject({
      status: "reviewed",
      reviewedByReader: false,
      notes: [
        { kind: "addressed", comment: "Ton avis?" },
        { kind: "signed", comment: "Vu, contrôle dans 3 mois" },
      ],
    });
  });
});

describe("one review by one person", () => {
  it("is signed once however often it is pressed; something more to say is another line", async () => {
    const [id, { id: patientId }] = [await sendFile(desk, aLetter("Une fois")), await aPatient()];
    await fileDocument(desk.ctx, { id, version: 1, patientId, ...card, reviewerId: doctor.userId });
    let version = 2;
    for (const comment of ["", "", " ", "Rappeler en mars", ""])
      ({ version } = await signOff(doctor.ctx, { id, version, noteId: newId(), comment }));
    const seen = await readDocument(doctor.ctx, { id });
    expect(seen).toMatchObject({ version: 4, reviewedByReader: true });
    expect(seen.notes.map(({ comment }) => comment)).toEqual(["", "Rappeler en mars"]);
    expect((await journal(id)).filter(({ event }) => event === "document.signed")).toHaveLength(2);
    // Asked again by a colleague, it is reviewed again.
    const asked = { id, version, noteId: newId(), reviewerId: doctor.userId, urgent: false, comment: "" };
    await addressDocument(colleague.ctx, asked);
    expect((await readDocument(doctor.ctx, { id })).reviewedByReader).toBe(false);
    await signOff(doctor.ctx, { id, version: version + 1, noteId: newId(), comment: "" });
    expect((await journal(id)).filter(({ event }) => event === "document.signed")).toHaveLength(3);
  });
});

describe("finding", () => {
  it("by any words of the text, accents aside, once it is read; and whose it may be is proposed", async () => {
    const patient = await aPatient();
    const lines = [
      "RAPPORT DE RADIOLOGIE",
      `Patient : ${patient.givenName} ${patient.familyName}`,
      `Né le ${patient.birthDate}`,
      "Date de l’examen : 2026-10-12",
      "Hépatomégalie modérée",
      "Radiologiste : Dr Luc Morin",
    ];
    const id = await sendFile(desk, smallPdf([{ lines }]), "scan 1.pdf");
    expect(await find(doctor, "hepatomegalie")).toEqual([]);
    await readText(id);
    const row = (await listInbox(desk.ctx, inboxInput.parse({ most: 100 }))).rows.find((one) => one.id === id);
    expect(row).toMatchObject({
      pages: 1,
      textState: "read",
      proposed: {
        patientId: patient.id,
        because: "birth-date",
        type: "imaging",
        on: "2026-10-12",
        author: "Dr Luc Morin",
        title: "Rapport de radiologie",
      },
    });
    await fileDocument(desk.ctx, { id, version: 1, patientId: patient.id, ...card, title: "Foie" });
    for (const text of ["hépatoMÉGALIE", "hepato mod", "foie morin", "radiographie foie", "scan morin"])
      expect([text, await find(doctor, text)]).toEqual([text, [id]]);
    expect(await find(doctor, "hepatomegalie", { types: ["laboratory"] })).toEqual([]);
    expect(await find(doctor, "hepatomegalie", { patientId: (await aPatient()).id })).toEqual([]);
    expect(
      await find(doctor, "hepatomegalie", { since: "2026-11-03", until: "2026-11-03", types: ["imaging"] }),
    ).toEqual([id]);
    const [found] = (await listDocuments(doctor.ctx, listDocumentsInput.parse({ text: "modere" }))).rows;
    expect(found?.snippet?.match).toBe("modéré");
  }, 120_000);

  it("a word that thousands hold gives the latest of them to a doctor, and to the front desk its own", async () => {
    const { id: patientId } = await aPatient();
    const [like, mine, waiting] = [
      await sendFile(doctor, aLetter("MotCommun")),
      await sendFile(desk, aLetter("MotCommun")),
      await sendFile(desk, aLetter("MotCommun"), "motcommun.pdf"),
    ];
    await fileDocument(doctor.ctx, { id: like, version: 1, patientId, ...card, title: "MotCommun" });
    await fileDocument(desk.ctx, {
      id: mine,
      version: 1,
      patientId,
      ...card,
      title: "MotCommun",
      datedOn: "2001-01-01",
    });
    // As filing makes them, by the thousand.
    await admin.query(
      `insert into clinic.document (clinic_id, id, patient_id, author_id, file_id, file_name, media_type, size_bytes, status, document_type, title, dated_on, handled_by, handled_at)
       select clinic_id, gen_random_uuid(), patient_id, author_id, file_id, file_name, media_type, size_bytes, status, document_type, title, dated_on - i, handled_by, handled_at
       from clinic.document, generate_series(1, 2000) i where clinic_id = $1 and id = $2`,
      [clinic.id, like],
    );
    await admin.query(
      `insert into clinic.document_text (clinic_id, id, patient_id, author_id, status, handled_by, document_type, dated_on, words)
       select d.clinic_id, d.id, d.patient_id, d.author_id, d.status, d.handled_by, d.document_type, d.dated_on, t.words
       from clinic.document d join clinic.document_text t on t.clinic_id = d.clinic_id and t.id = $2
       where d.clinic_id = $1 and d.title = 'MotCommun' and not exists (select from clinic.document_text o where o.clinic_id = d.clinic_id and o.id = d.id)`,
      [clinic.id, like],
    );
    const seen = (await listDocuments(doctor.ctx, listDocumentsInput.parse({ text: "motcommun" }))).rows;
    expect(seen).toHaveLength(30);
    const days = seen.map(({ datedOn }) => datedOn);
    expect(days).toEqual([...days].sort().reverse());
    expect(seen.map(({ id }) => id)).toEqual(expect.arrayContaining([waiting, like]));
    expect(await find(desk, "motcommun")).toEqual([waiting, mine]);
    expect(await find(otherDesk, "motcommun")).toEqual([waiting]);
    expect((await find(doctor, "motcommun", { patientId })).length).toBe(30);
  });

  it("AC-19: what a patient keeps from somebody under « documents » is not found, listed or fetched by them", async () => {
    const patient = await aPatient();
    const [id, open] = [
      await sendFile(doctor, aLetter("ConfidenceRare")),
      await sendFile(doctor, aLetter("ConfidenceRare")),
    ];
    for (const one of [id, open])
      await fileDocument(doctor.ctx, {
        id: one,
        version: 1,
        patientId: one === id ? patient.id : (await aPatient()).id,
        ...card,
        title: "ConfidenceRare",
      });
    expect((await find(colleague, "confidencerare")).sort()).toEqual([id, open].sort());
    await restrictPatient(
      doctor.ctx,
      restrictPatientInput.parse({
        patientId: patient.id,
        target: { kind: "member", userId: colleague.userId },
        category: "document",
        signedOn: "2026-09-14",
        signerName: "Jane Doe",
        signerContact: "418 555-0142",
        risksExplained: true,
      }),
    );
    expect(await find(colleague, "confidencerare")).toEqual([open]);
    expect(await find(colleague, "", { patientId: patient.id })).toEqual([]);
    await expect(readDocument(colleague.ctx, { id })).rejects.toMatchObject({ code: "NotFound" });
    expect((await get(colleague, `documents/${id}/content`)).status).toBe(404);
    expect((await find(doctor, "confidencerare")).sort()).toEqual([id, open].sort());
  });
});

/** Sends half of a part and cuts the line. */
function killedHalfWay(member: TestMember, id: string, offset: number, part: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const sending = httpRequest(`${base}/api/clinic/${clinic.slug}/uploads/${id}?offset=${offset}`, {
      method: "PUT",
      headers: { ...staff(member), origin, "content-type": "application/octet-stream", "content-length": part.length },
    });
    sending.on("error", () => resolve());
    sending.write(part.subarray(0, part.length / 2), () => setTimeout(() => sending.destroy(), 100));
  });
}

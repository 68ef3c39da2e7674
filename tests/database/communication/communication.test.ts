import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markFaxed, printFax } from "#server/communication/fax/print-fax.ts";
import { renewCode, revokeSending } from "#server/communication/link/change-link.ts";
import { fetchSent } from "#server/communication/link/visitor.ts";
import { listCommunications } from "#server/communication/list-communications.ts";
import { prepare } from "#server/communication/prepare.ts";
import { exportRegister, listRegister } from "#server/communication/read-register.ts";
import { liveRefusals } from "#server/communication/refusals.ts";
import {
  listCommunicationsInput,
  listRegisterInput,
  prepareInput,
  registerFilter,
  tellInput,
} from "#server/communication/schema.ts";
import { sendDocuments } from "#server/communication/send-documents.ts";
import { tell } from "#server/communication/tell.ts";
import { recordConsent } from "#server/consent/record-consent.ts";
import { recordConsentInput } from "#server/consent/schema.ts";
import type { VisitorContext } from "#server/context.ts";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { unfileDocument } from "#server/document/unfile-document.ts";
import { countPages } from "#server/pdf/join-pdf.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import { restrictPatientInput } from "#server/privacy/schema.ts";
import { database } from "#tests/database/setup.ts";
import { refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, requestContext, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aSending, filedLetter, mailedLink, mailLink, recipientOf } from "#tests/factories/communication.ts";
import { opens } from "#tests/factories/ground.ts";
import { approve } from "#tests/factories/public-page.ts";

const admin = new pg.Client({ connectionString: database.adminUrl });
let clinic: TestClinic;
let other: TestClinic;
let doctor: TestMember;
let desk: TestMember;

beforeAll(async () => {
  await admin.connect();
  [clinic, other] = [await makeClinic(), await makeClinic()];
  // Neither shows a page: a link opens all the same.
  await Promise.all([approve(clinic), approve(other)]);
  doctor = await makeMember(clinic, "professional");
  desk = await makeMember(clinic, "assistant");
});
afterAll(async () => {
  await admin.end();
  await closeDatabases();
});

const sha256 = async (token: string) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token)));
const visitor = async (of: TestClinic, token: string): Promise<VisitorContext> => ({
  ...requestContext(),
  visitor: true,
  clinic: { id: of.id, slug: of.slug },
  tokenHash: await sha256(token),
});
const wrong = (code: string) => (code === "000000" ? "111111" : "000000");
const listOf = async (member: TestMember, patientId: string) =>
  (await listCommunications(member.ctx, listCommunicationsInput.parse({ patientId }))).rows;
const refusedBy = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: { key?: string; code?: string }) => error,
  );

describe("AC-23: the register of communications", () => {
  it("keeps to whom, why, on what ground, by whom and which documents, whatever the way", async () => {
    const { patientId, documentId } = await filedLetter(doctor);
    for (const channel of ["link", "fax", "hand", "mail"] as const)
      await sendDocuments(
        doctor.ctx,
        aSending({
          patientId,
          documentIds: [documentId],
          channel,
          contact: channel === "fax" ? "418 555-0142" : channel === "link" ? "cabinet@personne.example" : "",
          recipient: { kind: "other", name: "Dr Thibodeau" },
          purpose: "care",
          ground: "care",
        }),
      );
    await tell(
      doctor.ctx,
      tellInput.parse({
        id: newId(),
        patientId,
        channel: "telephone",
        nature: "Résultat de l’échographie",
        occurredAt: new Date(Date.now() - 600_000),
        recipient: { kind: "other", name: "Dr Thibodeau" },
        purpose: "other",
        ground: "law",
        justification: "LSSSS, art. 19",
        language: "fr",
      }),
    );
    const rows = await listOf(doctor, patientId);
    expect(rows.map(({ channel }) => channel).sort()).toEqual(["fax", "hand", "link", "mail", "telephone"]);
    for (const row of rows.filter(({ channel }) => channel !== "telephone"))
      expect(row).toMatchObject({
        recipientName: "Dr Thibodeau",
        nature: "Imagerie",
        purpose: "care",
        ground: "care",
        documents: [{ id: documentId, title: "Échographie abdominale" }],
      });
    expect(rows.find(({ channel }) => channel === "fax")?.recipientContact).toBe("+14185550142");
    const { rows: register } = await listRegister(clinic.owner.ctx, listRegisterInput.parse({ patientId }));
    expect(register).toHaveLength(5);
    expect(register[0]).toMatchObject({ patientId, recipientName: "Dr Thibodeau", refused: false });
  });

  it("is changed by nobody: neither a line nor what went with it", async () => {
    const { id } = await mailedLink(clinic, doctor);
    for (const text of [
      "update clinic.communication set recipient_name = 'Quelqu’un d’autre' where id = $1::uuid",
      "delete from clinic.communication where id = $1::uuid",
      "update clinic.communication_document set title = 'Autre' where communication_id = $1::uuid",
      "delete from clinic.communication_document where communication_id = $1::uuid",
    ])
      await expect(withStaff(doctor.ctx, (db) => db.$executeRawUnsafe(text, id))).rejects.toMatchObject({
        code: "NotFound",
      });
    const { rows } = await admin.query("select recipient_name from clinic.communication where id = $1", [id]);
    expect(rows).toHaveLength(1);
  });

  it("leaves out what goes to the patient until it is asked for, and is a file under the same search", async () => {
    const { patientId, id } = await mailedLink(clinic, doctor);
    const search = (more: object) => listRegister(clinic.owner.ctx, listRegisterInput.parse({ patientId, ...more }));
    expect((await search({})).rows).toEqual([]);
    expect((await search({ withPatient: true })).rows.map((row) => row.id)).toEqual([id]);
    expect((await search({ withPatient: true, recipient: "personne qui n’y est pas" })).rows).toEqual([]);
    expect((await search({ withPatient: true, until: "2020-01-01" })).rows).toEqual([]);
    let text = "";
    const filter = registerFilter.parse({ patientId, withPatient: "true" });
    for await (const piece of exportRegister(clinic.owner.ctx, filter)) text += piece;
    const lines = text.trim().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("Nature des renseignements");
    expect(lines[1]).toContain("demande du patient");
    const told = await admin.query(
      "select 1 from clinic.audit_event where clinic_id = $1 and event = 'communication.register-exported'",
      [clinic.id],
    );
    expect(told.rows.length).toBeGreaterThan(0);
  });

  it("tells the front desk the line, and neither titles nor the link of what the doctor sent", async () => {
    const { patientId } = await mailedLink(clinic, doctor);
    const [row] = await listOf(desk, patientId);
    expect(row).toMatchObject({ nature: "Imagerie", documents: [], transmission: null });
  });
});

describe("a link with a code", () => {
  it("opens with both halves, and each fetch is journaled and shown", async () => {
    const { id, patientId, documentId, code, token } = await mailedLink(clinic, doctor);
    const to = recipientOf(clinic, token);
    expect(await to.communication.link()).toMatchObject({ spent: false, language: "fr" });
    const { access, documents } = await to.communication.openLink({ code });
    expect(documents).toMatchObject([{ id: documentId, title: "Échographie abdominale" }]);
    const file = await fetchSent(await visitor(clinic, token), documentId, access);
    expect(file.objectKey).toContain(clinic.id);
    await fetchSent(await visitor(clinic, token), documentId, access);
    const [row] = await listOf(doctor, patientId);
    expect(row?.transmission).toMatchObject({ status: "sent", spent: false });
    expect(row?.transmission?.openedAt).toBeTruthy();
    expect(row?.transmission?.fetched.map((one) => one.documentId)).toEqual([documentId, documentId]);
    const journal = await admin.query(
      "select event, agent_role from clinic.audit_event where clinic_id = $1 and $2 = any (entity_ids) and event like 'communication.%' order by id",
      [clinic.id, id],
    );
    expect(journal.rows.map(({ event }) => event)).toEqual([
      "communication.sent",
      "communication.opened",
      "communication.fetched",
      "communication.fetched",
      "communication.listed",
    ]);
    expect(journal.rows[2].agent_role).toBe("visitor");
  });

  it("keeps neither the address nor the code, only their hashes", async () => {
    const { id, code, token } = await mailedLink(clinic, doctor);
    const { rows } = await admin.query(
      "select to_jsonb(t)::text as row, token_hash from clinic.transmission t where id = $1",
      [id],
    );
    expect(rows[0].row).not.toContain(token);
    expect(rows[0].row).not.toMatch(new RegExp(`\\b${code}\\b`));
    expect(Buffer.from(rows[0].token_hash)).toEqual(Buffer.from(await sha256(token)));
    const queued = await admin.query("select payload::text from queue.outbox where clinic_id = $1", [clinic.id]);
    expect(JSON.stringify(queued.rows)).not.toContain(code);
  });

  it("gives five tries in all, also at once; another code begins anew and the old one opens nothing", async () => {
    const { id, code, token } = await mailedLink(clinic, doctor);
    const to = recipientOf(clinic, token);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => refusal(to.communication.openLink({ code: wrong(code) }))),
    );
    expect(answers.filter(({ key }) => key === "invalid").length).toBeLessThanOrEqual(4);
    expect(await refusal(to.communication.openLink({ code }))).toMatchObject({ key: "communication.spent" });
    expect((await to.communication.link()).spent).toBe(true);
    const { code: fresh } = await renewCode(doctor.ctx, { id, codeBy: "telephone" });
    if (fresh !== code)
      expect(await refusal(to.communication.openLink({ code }))).toMatchObject({
        fields: { code: "communication.codeWrong" },
      });
    expect((await to.communication.openLink({ code: fresh ?? "" })).documents).toHaveLength(1);
  });

  it("opens nothing once revoked, expired, mailed anew, or at another clinic's door; and nothing without the code's proof", async () => {
    const dead = async (of: TestClinic, token: string) =>
      (await refusal(recipientOf(of, token).communication.link())).code;
    const revoked = await mailedLink(clinic, doctor);
    const { access } = await recipientOf(clinic, revoked.token).communication.openLink({ code: revoked.code });
    await revokeSending(doctor.ctx, { id: revoked.id });
    expect(await dead(clinic, revoked.token)).toBe("NotFound");
    expect(await refusedBy(fetchSent(await visitor(clinic, revoked.token), revoked.documentId, access))).toMatchObject({
      code: "NotFound",
    });

    const expired = await mailedLink(clinic, doctor);
    await admin.query("update clinic.transmission set expires_at = now() - interval '1 minute' where id = $1", [
      expired.id,
    ]);
    expect(await dead(clinic, expired.token)).toBe("NotFound");

    const again = await mailedLink(clinic, doctor);
    const second = await mailLink(clinic, doctor, again.id);
    expect(await dead(clinic, again.token)).toBe("NotFound");
    expect(await dead(other, second)).toBe("NotFound");
    expect(await refusedBy(fetchSent(await visitor(clinic, second), again.documentId, "x".repeat(43)))).toMatchObject({
      code: "NotFound",
    });
    expect((await recipientOf(clinic, second).communication.openLink({ code: again.code })).documents).toHaveLength(1);
  });

  it("dies with the document that is found to be in the wrong chart", async () => {
    const { documentId, token } = await mailedLink(clinic, doctor);
    await unfileDocument(doctor.ctx, { id: documentId, version: 2, reason: "Autre patiente" });
    expect(await refusal(recipientOf(clinic, token).communication.link())).toMatchObject({
      code: "NotFound",
    });
  });

  it("goes once however often it is pressed", async () => {
    const { patientId, documentId } = await filedLetter(doctor);
    const input = aSending({ patientId, documentIds: [documentId] });
    const answers = await Promise.allSettled(Array.from({ length: 4 }, () => sendDocuments(doctor.ctx, input)));
    const codes = answers.flatMap((one) => (one.status === "fulfilled" && one.value.code ? [one.value.code] : []));
    expect(codes).toHaveLength(1);
    const owed = await admin.query(
      "select count(*)::int as n from queue.delivery where subject ->> 'communicationId' = $1",
      [input.id],
    );
    expect(owed.rows[0].n).toBe(1);
    expect(await listOf(doctor, patientId)).toHaveLength(1);
  });
});

describe("what may not go", () => {
  it("AC-19: what a restriction closes to the sender cannot be sent by them, by no way round", async () => {
    const { patientId, documentId } = await filedLetter(doctor);
    const colleague = await makeMember(clinic, "professional");
    await restrictPatient(
      clinic.owner.ctx,
      restrictPatientInput.parse({
        patientId,
        target: { kind: "member", userId: colleague.userId },
        category: "document",
        signedOn: "2026-11-02",
        signerName: "Réjean Côté",
        signerContact: "418 555-0101",
        risksExplained: true,
      }),
    );
    expect(
      await refusedBy(sendDocuments(colleague.ctx, aSending({ patientId, documentIds: [documentId] }))),
    ).toMatchObject({ code: "NotFound" });
    // Past the verb, the database refuses the row itself.
    const communicationId = newId();
    await expect(
      withStaff(colleague.ctx, async (db) => {
        const whose = { clinicId: clinic.id, patientId, authorId: colleague.userId, category: "message" };
        await db.communication.createMany({
          data: {
            ...whose,
            id: communicationId,
            channel: "hand",
            recipientKind: "patient",
            recipientName: "Réjean Côté",
            purpose: "care",
            ground: "care",
            nature: "Lettre",
          },
        });
        await db.communicationDocument.createMany({
          data: { ...whose, id: newId(), communicationId, place: 1, documentId, title: "Lettre" },
        });
      }),
    ).rejects.toMatchObject({ code: "NotFound" });
    expect((await prepare(doctor.ctx, prepareInput.parse({ patientId, documentIds: [documentId] }))).restrictions).toBe(
      1,
    );
  });

  it.each(["Pacific/Kiritimati", "Pacific/Pago_Pago"])(
    "AC-20: a refusal stands until the end of its day, as %s has it",
    async (timeZone) => {
      const { patientId, documentId } = await filedLetter(doctor);
      const set = (zone: string) =>
        admin.query("update clinic.clinic set time_zone = $2, version = version + 1 where clinic_id = $1", [
          clinic.id,
          zone,
        ]);
      const { id } = await recordConsent(
        doctor.ctx,
        recordConsentInput.parse({
          ...{ id: newId(), patientId, purpose: "disclosure", decision: "deny", scope: "Rien à mon assureur" },
          ...{ mode: "written", takenOn: "2026-11-01" },
        }),
      );
      const ends = (days: number) =>
        admin.query(
          "update clinic.consent set expires_on = (now() at time zone $2)::date + $3::int, version = version + 1 where id = $1",
          [id, timeZone, days],
        );
      const live = () => withStaff(doctor.ctx, (db) => liveRefusals(db, clinic.id, patientId, timeZone));
      const send = () =>
        sendDocuments(
          { ...doctor.ctx, clinic: { ...doctor.ctx.clinic, timeZone } },
          aSending({
            patientId,
            documentIds: [documentId],
            recipient: { kind: "other", name: "Assurance du Parc" },
            purpose: "insurer",
          }),
        );
      await set(timeZone);
      try {
        await ends(0);
        expect(await live()).toHaveLength(1);
        expect(await refusedBy(send())).toMatchObject({ key: "communication.refused" });
        await ends(-1);
        expect(await live()).toEqual([]);
        await send();
      } finally {
        await set("America/Toronto");
      }
    },
  );

  it("AC-20, AC-22: whoever has no ground is asked for one before they learn that the patient refused", async () => {
    const { patientId, documentId } = await filedLetter(doctor);
    await recordConsent(
      doctor.ctx,
      recordConsentInput.parse({
        ...{ id: newId(), patientId, purpose: "disclosure", decision: "deny", scope: "Rien à mon assureur" },
        ...{ mode: "written", takenOn: "2026-11-01" },
      }),
    );
    const recipient = { kind: "other" as const, name: "Assurance du Parc" };
    const stranger = await makeMember(clinic, "professional");
    const send = () =>
      sendDocuments(stranger.ctx, aSending({ patientId, documentIds: [documentId], recipient, purpose: "insurer" }));
    const say = () =>
      tell(
        stranger.ctx,
        tellInput.parse({
          ...{ id: newId(), patientId, channel: "telephone", nature: "Résultat", occurredAt: new Date(), recipient },
          ...{ purpose: "insurer", ground: "consent", language: "fr" },
        }),
      );
    for (const act of [send, say]) expect(await refusedBy(act())).toMatchObject({ key: "chart.reasonNeeded" });
    await opens(stranger, patientId);
    for (const act of [send, say]) expect(await refusedBy(act())).toMatchObject({ key: "communication.refused" });
  });

  it("AC-20: a refusal is shown, and stops what does not answer it; the database holds it", async () => {
    const { patientId, documentId } = await filedLetter(doctor);
    const { id: refusalId } = await recordConsent(
      doctor.ctx,
      recordConsentInput.parse({
        id: newId(),
        patientId,
        purpose: "disclosure",
        decision: "deny",
        scope: "Rien à mon assureur",
        mode: "written",
        takenOn: "2026-11-01",
      }),
    );
    const shown = await prepare(doctor.ctx, prepareInput.parse({ patientId }));
    expect(shown.refusals).toMatchObject([{ id: refusalId, scope: "Rien à mon assureur" }]);
    const insurer = {
      patientId,
      documentIds: [documentId],
      recipient: { kind: "other" as const, name: "Assurance du Parc" },
      purpose: "insurer" as const,
    };
    expect(await refusedBy(sendDocuments(doctor.ctx, aSending(insurer)))).toMatchObject({
      key: "communication.refused",
    });
    await expect(
      withStaff(doctor.ctx, (db) =>
        db.communication.createMany({
          data: {
            clinicId: clinic.id,
            id: newId(),
            patientId,
            authorId: doctor.userId,
            channel: "mail",
            recipientKind: "other",
            recipientName: "Assurance du Parc",
            purpose: "insurer",
            ground: "consent",
            nature: "Lettre",
          },
        }),
      ),
    ).rejects.toMatchObject({ code: "Invalid" });
    await sendDocuments(
      doctor.ctx,
      aSending({ ...insurer, refusals: [refusalId], refusalReason: "Le patient l’a demandé ce matin par écrit" }),
    );
    // To the patient themselves it is no refusal.
    await sendDocuments(doctor.ctx, aSending({ patientId, documentIds: [documentId] }));
    const [, sent] = await listOf(doctor, patientId);
    expect(sent?.refusalReason).toContain("ce matin");
  });

  it("AC-17: a relative receives what they may act for on that day, and nobody else does", async () => {
    const { patientId, documentId } = await filedLetter(doctor);
    const relativeId = newId();
    await withStaff(doctor.ctx, (db) =>
      db.relatedPerson.createMany({
        data: {
          clinicId: clinic.id,
          id: relativeId,
          patientId,
          authorId: doctor.userId,
          relationship: "sibling",
          familyName: "Côté",
          givenName: "Lise",
          mayAct: false,
        },
      }),
    );
    const input = { patientId, documentIds: [documentId], recipient: { kind: "related" as const, id: relativeId } };
    expect(await refusedBy(sendDocuments(doctor.ctx, aSending(input)))).toMatchObject({
      fields: { recipient: "communication.mayNotReceive" },
    });
    expect((await prepare(doctor.ctx, prepareInput.parse({ patientId }))).mayNot).toEqual(["Lise Côté"]);
    await withStaff(doctor.ctx, (db) =>
      db.relatedPerson.updateMany({
        where: { clinicId: clinic.id, id: relativeId },
        data: { mayAct: true, relationship: "mandatary", version: { increment: 1 } },
      }),
    );
    await sendDocuments(doctor.ctx, aSending(input));
    expect((await listOf(doctor, patientId))[0]?.recipientName).toBe("Lise Côté");
  });

  it("refuses a document of another chart, of another clinic, and one that waits in the inbox", async () => {
    const [mine, theirs] = [await filedLetter(doctor), await filedLetter(doctor)];
    expect(
      await refusedBy(
        sendDocuments(doctor.ctx, aSending({ patientId: mine.patientId, documentIds: [theirs.documentId] })),
      ),
    ).toMatchObject({ code: "NotFound" });
    const foreign = await filedLetter(await makeMember(other, "professional"));
    expect(
      await refusedBy(sendDocuments(doctor.ctx, aSending({ ...foreign, documentIds: [foreign.documentId] }))),
    ).toMatchObject({
      code: "NotFound",
    });
  });
});

describe("a fax by hand", () => {
  it("is printed with its cover sheet, marked once with its hour, and shown", async () => {
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
    const { pdf, pages } = await printFax(doctor.ctx, id);
    expect([pages, await countPages(pdf)]).toEqual([2, 2]);
    expect((await listOf(doctor, patientId))[0]?.transmission).toMatchObject({ status: "queued", driver: "manual" });
    const at = new Date(Date.now() - 60_000);
    await markFaxed(doctor.ctx, { id, number: "418 555-0199", at });
    await markFaxed(doctor.ctx, { id, number: "", at: new Date() });
    expect((await listOf(doctor, patientId))[0]?.transmission).toMatchObject({
      status: "sent",
      contact: "+14185550199",
    });
    expect(await refusedBy(revokeSending(doctor.ctx, { id }))).toMatchObject({ key: "communication.gone" });
  });
});

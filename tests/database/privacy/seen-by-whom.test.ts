import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { exportOpenings } from "#server/privacy/export-openings.ts";
import { printOpenings } from "#server/privacy/print-openings.tsx";
import type { InformationCategory, ListOpeningsInput } from "#server/privacy/schema.ts";
import { createCaller } from "#server/trpc/router.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, requestContext, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { beginTestNote, signTestNote } from "#tests/factories/note.ts";
import { statementsOf } from "#tests/factories/statements.ts";

let clinic: TestClinic;
let officer: TestMember;
/** Follows the patients of this file; and the one whom they name. */
let doctor: TestMember;
let named: TestMember;

beforeAll(async () => {
  clinic = await makeClinic();
  [officer, doctor, named] = [
    await makeMember(clinic, "privacy_officer"),
    await makeMember(clinic, "professional"),
    await makeMember(clinic, "professional"),
  ];
});

const as = (member: TestMember, glass?: string) =>
  createCaller({
    ...requestContext(),
    cookie: () => member.token,
    background: false,
    clinicSlug: clinic.slug,
    ...(glass && { breakGlassId: glass }),
  });

const someone = async () => (await makePatient(clinic.owner.ctx, { familyName: "Doe", givenName: "Jane" })).id;

/** Opens a chart for a reason of the list, or of their own. */
async function open(member: TestMember, patientId: string, note = "") {
  const reason = note ? ("other" as const) : ("covering" as const);
  const id = newId();
  await as(member).chart.sayReason({ id, patientId, reason, note });
  return { id, chart: await as(member).chart.open({ patientId }) };
}

const close = (patientId: string, category: InformationCategory = "*", member = named) =>
  callerOf(clinic.owner, clinic).privacy.restrict({
    patientId,
    target: { kind: "member", userId: member.userId },
    category,
    signedOn: "2026-09-14",
    signerName: "Jane Doe",
    signerContact: "418 555-0142",
    risksExplained: true,
  });

const reason = "Inconsciente, allergies inconnues";

describe("AC-19: what the chart says of a restriction", () => {
  it("to everybody that there is one; to whom it names that something is hidden, and not what", async () => {
    const patientId = await someone();
    await close(patientId, "note");
    expect((await open(doctor, patientId)).chart).toMatchObject({ restrictions: 1, hidden: false, glass: null });
    const { chart } = await open(named, patientId);
    expect(chart).toMatchObject({ restrictions: 1, hidden: true, glass: null, mayBreakGlass: true });
    expect(JSON.stringify(chart)).not.toMatch(/"category"|signer/i);
  });

  it("that notes for others are hidden too, and nothing once they are theirs", async () => {
    const patientId = await someone();
    const note = await beginTestNote(clinic, doctor, { patientId });
    await as(doctor).note.setAudience({ id: note.id, version: 1, userIds: [doctor.userId], professions: [] });
    expect((await open(named, patientId)).chart).toMatchObject({ restrictions: 0, hidden: true });
    expect((await open(doctor, patientId)).chart).toMatchObject({ hidden: false });
  });

  it("nothing to the front desk, to whom what is of care is closed in any case", async () => {
    const patientId = await someone();
    const desk = await makeMember(clinic, "assistant");
    await close(patientId, "note", desk);
    expect(await as(desk).chart.open({ patientId })).toMatchObject({ basis: "administration", hidden: false });
  });

  it("a chart closed whole is told as closed to who may break the glass, and is nobody to anybody else", async () => {
    const patientId = await someone();
    const desk = await makeMember(clinic, "assistant");
    for (const member of [named, desk]) await close(patientId, "*", member);
    expect(await as(named).chart.open({ patientId })).toEqual({ basis: "closed" });
    expect(await refusal(as(desk).chart.open({ patientId }))).toMatchObject({ code: "NotFound" });
  });

  it("sent twice, a restriction is registered once; the list says who asked, who was told, and to whom", async () => {
    const patientId = await someone();
    const notice = {
      id: newId(),
      patientId,
      target: { kind: "member" as const, userId: named.userId },
      category: "note" as const,
      signedOn: "2026-09-14",
      signerName: "Jane Doe",
      signerContact: "418 555-0142",
      risksExplained: true as const,
    };
    for (let count = 0; count < 2; count += 1) await as(doctor).privacy.restrict(notice);
    const rows = await as(named).privacy.restrictions({ patientId });
    expect(rows).toMatchObject([{ id: notice.id, category: "note", signerName: "Jane Doe", namesReader: true }]);
    expect(rows[0]?.userName).toMatch(/^Membre /);
    expect(rows[0]?.informedByName).toMatch(/^Membre /);
  });
});

describe("AC-20: who answers for a refusal is not who is refused", () => {
  it("whom a restriction names neither lifts it from the chart, nor through a broken glass", async () => {
    const patientId = await someone();
    const { id, version } = await close(patientId);
    const glass = await as(named).privacy.breakGlass({ id: newId(), patientId, reason });
    for (const caller of [as(named), as(named, glass.id)])
      expect(await refusal(caller.privacy.endRestriction({ id, version, reason: "non" }))).toMatchObject({
        code: "Forbidden",
      });
    await as(doctor).privacy.endRestriction({ id, version, reason: "Lettre du 2 novembre" });
    expect((await open(named, patientId)).chart).toMatchObject({ restrictions: 0, hidden: false });
  });
});

describe("AC-21: the glass is broken from the chart", () => {
  it("opens what was closed for an hour, says until when, and is one however often it is pressed", async () => {
    const patientId = await someone();
    await close(patientId);
    const id = newId();
    const broken = await Promise.all(
      [1, 2].map(() =>
        as(named)
          .privacy.breakGlass({ id, patientId, reason })
          .catch(() => null),
      ),
    );
    await as(named).privacy.breakGlass({ id, patientId, reason });
    expect(broken.find(Boolean)).toMatchObject({ id });
    const chart = await as(named, id).chart.open({ patientId });
    expect(chart).toMatchObject({ basis: "break-glass", hidden: false, glass: { id }, patient: { id: patientId } });
    expect(await as(named).chart.open({ patientId })).toEqual({ basis: "closed" });
    const mails = await withStaff(
      clinic.owner.ctx,
      (db) => db.$queryRaw<{ id: string }[]>`
        select id from queue.delivery where clinic_id = ${clinic.id}::uuid and kind = 'break-glass' and subject ->> 'breakGlassId' = ${id}`,
    );
    expect(mails).toHaveLength(1);
  });

  it("is a ground for that patient alone: what the same window reads of others is told as care", async () => {
    const [patientId, neighbour] = [await someone(), await someone()];
    await close(patientId);
    const glass = await as(named).privacy.breakGlass({ id: newId(), patientId, reason });
    const caller = as(named, glass.id);
    await caller.chart.open({ patientId });
    await caller.patient.read({ id: patientId });
    await caller.patient.read({ id: neighbour });
    const grounds = await withStaff(clinic.owner.ctx, (db) =>
      db.auditEvent.findMany({
        where: { clinicId: clinic.id, agentId: named.userId, patientId: { in: [patientId, neighbour] }, action: "R" },
        orderBy: { id: "asc" },
        select: { event: true, patientId: true, ground: true },
      }),
    );
    expect(grounds).toEqual([
      { event: "chart.opened", patientId, ground: "break-glass" },
      { event: "patient.read", patientId, ground: "break-glass" },
      { event: "patient.read", patientId: neighbour, ground: "care" },
    ]);
  });

  it("an owner who gives care may be alone with somebody in danger too; a trainee asks their supervisor", async () => {
    const [owner, trainee] = [await makeMember(clinic, "owner"), await makeMember(clinic, "trainee")];
    const may = async (member: TestMember) => (await as(member).membership.me()).membership.permissions;
    expect(await may(owner)).not.toContain("patient:break-glass");
    await as(clinic.owner).practitioner.add({
      ...{ id: newId(), prefix: "Dre", familyName: "Roy", givenName: "Ève", profession: "physician" },
      ...{ permitNumber: "", signatureLine: "", membershipId: owner.membershipId },
    });
    expect(await may(owner)).toContain("patient:break-glass");
    expect(await may(trainee)).not.toContain("patient:break-glass");
  });
});

const openings = async (filter: Partial<ListOpeningsInput> = {}) => (await as(officer).privacy.openings(filter)).rows;

describe("AC-22, OMRS-6: who opened whose chart, on what ground, and what was read", () => {
  it("« who opened this chart »: person, role, ground, words, what was read and written, what was closed to them", async () => {
    const patientId = await someone();
    await as(named).patient.read({ id: patientId });
    await open(doctor, patientId, "Retour d’appel du CLSC");
    await as(doctor).note.list({ patientId });
    await as(doctor).summary.read({ patientId });
    await signTestNote(clinic, doctor, { patientId, text: "Appel fait" });
    await close(patientId);
    const glass = await as(named).privacy.breakGlass({ id: newId(), patientId, reason });
    await as(named, glass.id).chart.open({ patientId });
    await as(named, glass.id).medication.read({ patientId });
    const rows = await openings({ patientId });
    expect(rows.map(({ ground, userId, role }) => [ground, userId, role])).toEqual([
      ["break-glass", named.userId, "professional"],
      ["declared", doctor.userId, "professional"],
      ["preview", named.userId, "professional"],
    ]);
    expect(rows[0]).toMatchObject({ words: reason, restricted: ["*"], read: ["medication"], wrote: [] });
    expect(rows[0]?.glassUntil).toBeInstanceOf(Date);
    expect(rows[1]).toMatchObject({ reason: "other", words: "Retour d’appel du CLSC", restricted: [] });
    expect(rows[1]).toMatchObject({ read: ["summary", "note"], wrote: ["note"], patientName: "Doe, Jane" });
    expect(rows[2]).toMatchObject({ reason: null, words: "", read: ["identity"], glassUntil: null });
  });

  it("« whom did this person open »: the same, by person, ground and day, each row once over the pages", async () => {
    const curious = await makeMember(clinic, "professional");
    const patients = await Promise.all([1, 2, 3, 4, 5].map(someone));
    for (const patientId of patients) await open(curious, patientId);
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await as(officer).privacy.openings({ userId: curious.userId, most: 2, before });
      seen.push(...page.rows.map(({ patientId }) => patientId));
      before = page.next ?? undefined;
    } while (before);
    expect(seen).toEqual([...patients].reverse());
    expect(await openings({ userId: curious.userId, basis: "declared" })).toHaveLength(5);
    expect(await openings({ userId: curious.userId, basis: "visit" })).toEqual([]);
    expect(await openings({ userId: curious.userId, to: "2020-01-01" })).toEqual([]);
  });

  it("asking is itself told, with what was asked; and is the officer's alone", async () => {
    const patientId = await someone();
    await openings({ patientId, basis: "visit" });
    const told = await withStaff(officer.ctx, (db) =>
      db.auditEvent.findFirst({ where: { clinicId: clinic.id, patientId, event: "privacy.openings-read" } }),
    );
    expect(told).toMatchObject({ agentId: officer.userId, detail: { basis: "visit" } });
    for (const role of ["professional", "assistant", "administrator"] as const)
      expect(await refusal(as(await makeMember(clinic, role)).privacy.openings({ patientId }))).toMatchObject({
        code: "Forbidden",
      });
  });

  it("keeps the name and the words from an officer to whom the patient closed their chart, and shows that it was opened", async () => {
    const patientId = await someone();
    await open(doctor, patientId, "Lui et Jane");
    await close(patientId, "*", officer);
    const [row] = await openings({ patientId });
    expect(row).toMatchObject({ ground: "declared", patientName: null, words: "" });
  });

  it("AC-24: is exported in words, oldest first, safe for a spreadsheet, and told before its first line", async () => {
    const patientId = await someone();
    await open(doctor, patientId, '=HYPERLINK("x")');
    await as(doctor).note.list({ patientId });
    await as(named).patient.read({ id: patientId });
    let text = "";
    for await (const piece of exportOpenings(officer.ctx, { patientId })) text += piece;
    const [head, first, second] = text.slice(1).trimEnd().split("\r\n");
    expect(head).toMatch(/^Heure de la clinique;Patient;Patient \(identifiant\);Personne;.*À quel titre;Motif;/);
    expect(first).toContain(`professionnel;motif donné;autre motif;"'=HYPERLINK(""x"")";notes;;`);
    expect(second).toContain("fiche d’identité seule;;;identité;;");
    const told = await withStaff(officer.ctx, (db) =>
      db.auditEvent.count({ where: { clinicId: clinic.id, patientId, event: "privacy.openings-exported" } }),
    );
    expect(told).toBe(1);
    await expect(exportOpenings(doctor.ctx, { patientId }).next()).rejects.toMatchObject({ code: "Forbidden" });
  });

  it("AC-24: is printed for the patient who asks, oldest first, counted page by page, and told before its first line", async () => {
    const patientId = await someone();
    const { fileNumber } = await as(officer).patient.read({ id: patientId });
    await open(doctor, patientId, "Demande de l’assureur");
    await as(doctor).note.list({ patientId });
    const { getDocument } = await import("pdfjs-dist/legacy/build/pdf.mjs");
    const data = new Uint8Array(await printOpenings(officer.ctx, { patientId }));
    const pdf = await getDocument({ data, verbosity: 0 }).promise;
    const { items } = await (await pdf.getPage(1)).getTextContent();
    const said = items
      .map((item) => ("str" in item ? item.str : ""))
      .join(" ")
      .replaceAll(/\s+/g, " ");
    for (const words of [
      "Qui a ouvert ce dossier",
      fileNumber,
      "motif donné",
      "autre motif",
      "Demande de l’assureur",
      "notes",
    ])
      expect(said).toContain(words);
    expect(said).toContain(`Page 1 de ${pdf.numPages}`);
    const told = await withStaff(officer.ctx, (db) =>
      db.auditEvent.findFirst({ where: { clinicId: clinic.id, patientId, event: "privacy.openings-exported" } }),
    );
    expect(told?.detail).toEqual({ form: "pdf" });
    await expect(printOpenings(doctor.ctx, { patientId })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(printOpenings(officer.ctx, {})).rejects.toMatchObject({ code: "Invalid" });
  });

  it("costs the same number of statements however many openings there are", async () => {
    const cost = (most: number) => statementsOf(() => as(officer).privacy.openings({ most }));
    await openings();
    expect(await cost(25)).toBe(await cost(1));
  });
});

describe("VA-4: what was opened in an emergency or for a reason of one's own is looked at again", () => {
  const queue = async (show: "waiting" | "flagged" | "all" = "waiting") =>
    (await as(officer).privacy.toReview({ show })).rows;

  it("waits until somebody looks, says what was seen, is flagged with words, and keeps every look", async () => {
    const patientId = await someone();
    const { id: openingId } = await open(doctor, patientId, "Ma voisine");
    await as(doctor).note.list({ patientId });
    const line = (await queue()).find(({ id }) => id === openingId);
    expect(line).toMatchObject({ kind: "reason", words: "Ma voisine", read: ["note"], own: false, review: null });

    const look = { id: newId(), kind: "reason" as const, openingId, flagged: true, comment: "" };
    await expect(as(officer).privacy.review(look)).rejects.toThrow("privacy.remarkNeeded");
    for (let count = 0; count < 2; count += 1)
      await as(officer).privacy.review({ ...look, comment: "Rencontrer le Dr" });
    expect((await queue()).some(({ id }) => id === openingId)).toBe(false);
    // What the rail counts is what waits.
    expect((await as(officer).privacy.countToReview()).waiting).toBe((await as(officer).privacy.toReview({})).waiting);
    const flagged = (await queue("flagged")).find(({ id }) => id === openingId);
    expect(flagged?.review).toMatchObject({ flagged: true, comment: "Rencontrer le Dr" });

    await as(clinic.owner).privacy.review({
      id: newId(),
      kind: "reason",
      openingId,
      flagged: false,
      comment: "Expliqué",
    });
    expect((await queue("flagged")).some(({ id }) => id === openingId)).toBe(false);
    expect((await queue("all")).find(({ id }) => id === openingId)?.review).toMatchObject({ comment: "Expliqué" });
    const looks = await withStaff(officer.ctx, (db) =>
      db.openingReview.count({ where: { clinicId: clinic.id, chartOpeningId: openingId } }),
    );
    expect(looks).toBe(2);
  });

  it("a glass is in it with what was seen through it; a reason of the list is not", async () => {
    const patientId = await someone();
    const { id: listed } = await open(doctor, patientId);
    await close(patientId);
    const glass = await as(named).privacy.breakGlass({ id: newId(), patientId, reason });
    await as(named, glass.id).chart.open({ patientId });
    await as(named, glass.id).note.list({ patientId });
    const rows = await queue();
    expect(rows.find(({ id }) => id === glass.id)).toMatchObject({ kind: "glass", words: reason, read: ["note"] });
    expect(rows.some(({ id }) => id === listed)).toBe(false);
    const look = { id: newId(), kind: "reason" as const, openingId: listed, flagged: false };
    expect(await refusal(as(officer).privacy.review(look))).toMatchObject({ code: "NotFound" });
  });

  it("nobody looks at their own while somebody else may; in a clinic of one, the line says whose it is", async () => {
    const alone = await makeClinic();
    const caller = callerOf(alone.owner, alone);
    await caller.practitioner.add({
      ...{ id: newId(), prefix: "Dre", familyName: "Roy", givenName: "Ève", profession: "physician" },
      ...{ permitNumber: "", signatureLine: "", membershipId: alone.owner.membershipId },
    });
    const { id: patientId } = await makePatient(alone.owner.ctx);
    const openingId = newId();
    await caller.chart.sayReason({ id: openingId, patientId, reason: "other", note: "Relecture" });
    const look = () => caller.privacy.review({ id: newId(), kind: "reason", openingId, flagged: false });
    const second = await makeMember(alone, "privacy_officer");
    expect(await refusal(look())).toMatchObject({ code: "Precondition", key: "privacy.ownOpening" });
    await withStaff(alone.owner.ctx, (db) =>
      db.membership.updateMany({
        where: { clinicId: alone.id, id: second.membershipId },
        data: { status: "inactive", endedAt: new Date(), version: { increment: 1 } },
      }),
    );
    await look();
    expect((await caller.privacy.toReview({ show: "all" })).rows).toMatchObject([
      { own: true, review: { flagged: false } },
    ]);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileDocument } from "#server/document/file-document.ts";
import { restrictPatient } from "#server/privacy/restrict-patient.ts";
import { restrictPatientInput } from "#server/privacy/schema.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";
import { aLetter, card, sendFile } from "#tests/factories/document.ts";
import { opens } from "#tests/factories/ground.ts";
import { statementsOf } from "#tests/factories/statements.ts";

const title = "Biopsie du sein droit";
const hidden = { title: "", fileName: "", snippet: null, withheld: true };

let clinic: TestClinic;
let desk: TestMember;
let doctor: TestMember;
let reader: TestMember;
const call = (who: TestMember) => callerOf(who, clinic);
const someone = async () => (await makePatient(clinic.owner.ctx)).id;

beforeAll(async () => {
  clinic = await makeClinic();
  desk = await makeMember(clinic, "assistant");
  doctor = await makeMember(clinic, "professional");
  reader = await makeMember(clinic, "professional");
});

/** A letter that says `word`, read, and filed by the front desk. */
async function filed(patientId: string, word: string, more: object = {}, by = desk) {
  const id = await sendFile(by, aLetter("Lettre"), `biopsie-${word}.pdf`);
  await asAdmin(database.adminUrl, (admin) =>
    admin.query("update clinic.document_text set content = $2, state = 'read', pages = 1 where id = $1", [
      id,
      `Carcinome ${word} infiltrant`,
    ]),
  );
  await fileDocument(by.ctx, { id, version: 1, patientId, ...card, title, ...more });
  return id;
}

describe("AC-22, AC-28: a document in the chart of somebody whom one does not follow", () => {
  it("is in the clinic's list with type, day, author and whose it is, without title, name or extract; once one says why, whole", async () => {
    const [patientId, word] = [await someone(), "mucineux"];
    const id = await filed(patientId, word);
    const shown = (await call(reader).document.list({})).rows.find((one) => one.id === id);
    expect(shown).toMatchObject({ ...hidden, patientId, documentType: "imaging", datedOn: "2026-11-03" });
    expect(shown).toMatchObject({ sourceAuthor: "Dr Thibodeau", status: "filed" });
    expect(shown?.patientName).toBeTruthy();
    expect(JSON.stringify(shown)).not.toMatch(/biopsie|carcinome/i);
    await opens(reader, patientId);
    const [row] = (await call(reader).document.list({ text: word })).rows;
    expect(row).toMatchObject({ id, title, fileName: `biopsie-${word}.pdf`, withheld: false });
    expect(row?.snippet?.match).toBe(word);
  });

  it("is not found by its words, which would say that they stand in it; the answer is that of a word which is nowhere", async () => {
    const [patientId, word] = [await someone(), "seropositif"];
    await filed(patientId, word);
    const search = (text: string, more = {}) => call(reader).document.list({ text, most: 1, ...more });
    const nowhere = await search("introuvable");
    expect(nowhere).toEqual({ rows: [], after: null, byGround: true });
    expect(await search(word)).toEqual(nowhere);
    expect(await search("biopsie seropositif", { since: "2026-11-03", until: "2026-11-03" })).toEqual(nowhere);
    expect(await refusal(search(word, { patientId }))).toMatchObject({ key: "chart.reasonNeeded" });
    await opens(reader, patientId);
    expect((await search(word)).rows).toHaveLength(1);
    expect(await search(word, { patientId })).toMatchObject({ byGround: false });
    expect((await call(reader).document.list({})).byGround).toBe(false);
  });

  it("is told apart in the journal until its words are shown", async () => {
    const patientId = await someone();
    const id = await filed(patientId, "papillaire", { datedOn: "2024-02-29" });
    const list = () => call(reader).document.list({ since: "2024-02-29", until: "2024-02-29", refresh: true });
    await list();
    await opens(reader, patientId);
    await list();
    const lines = await withStaff(clinic.owner.ctx, (db) =>
      db.auditEvent.findMany({
        where: { clinicId: clinic.id, event: "document.listed", agentId: reader.userId },
        orderBy: { id: "desc" },
        take: 2,
      }),
    );
    expect(lines.map(({ entityIds, detail }) => ({ entityIds, detail }))).toEqual([
      { entityIds: [id], detail: {} },
      { entityIds: [], detail: { withheld: [id] } },
    ]);
  });

  it("what waits in the inbox, or for one's own review, stays whole; of what one filed oneself, the title alone", async () => {
    const waiting = await sendFile(desk, aLetter("Résultat"), "Résultat.pdf");
    const inbox = (await call(reader).document.inbox({ which: "unfiled" })).rows;
    expect(inbox.find(({ id }) => id === waiting)).toMatchObject({ fileName: "Résultat.pdf", withheld: false });
    const mine = await filed(await someone(), "lobulaire", { reviewerId: reader.userId });
    expect((await call(reader).document.reviews({})).rows.find(({ id }) => id === mine)).toMatchObject({ title });
    const [toReview] = (await call(reader).document.list({ text: "lobulaire" })).rows;
    expect(toReview).toMatchObject({ title, withheld: false, snippet: { match: "lobulaire" } });
    const own = await filed(await someone(), "tubuleux", {}, reader);
    const row = (await call(reader).document.list({})).rows.find(({ id }) => id === own);
    expect(row).toMatchObject({ title, withheld: false, snippet: null });
    expect((await call(reader).document.list({ text: "tubuleux" })).rows).toEqual([]);
  });

  it("the front desk finds what it filed, as before, and nothing else", async () => {
    const word = "cribriforme";
    const id = await filed(await someone(), word);
    await filed(await someone(), word, {}, doctor);
    const rows = (await call(desk).document.list({ text: word })).rows;
    expect(rows).toMatchObject([{ id, title, withheld: false }]);
  });

  it("says nothing either to whoever comes late with a change", async () => {
    const id = await filed(await someone(), "apocrine");
    const sent = { id, version: 1, noteId: newId(), reviewerId: doctor.userId, urgent: false, comment: "" };
    const late = await refusal(call(reader).document.address(sent));
    expect(late).toMatchObject({ code: "Conflict", details: { current: { title: "" } } });
    expect(await refusal(call(doctor).document.address(sent))).toMatchObject({ details: { current: { title: "" } } });
    const known = await refusal(call(desk).document.takeBack({ id, version: 1 }));
    expect(known).toMatchObject({ details: { current: { title } } });
  });

  it("costs the same statements whatever is withheld, and is read page by page to the end", async () => {
    const word = "sarcomatoide";
    const known = await someone();
    const ids = [await filed(known, word)];
    const search = (cursor?: string, who = reader) => call(who).document.list({ text: word, most: 2, cursor });
    const few = await statementsOf(() => search());
    for (let index = 0; index < 6; index += 1) await filed(await someone(), word);
    ids.push(await filed(known, word));
    expect(await statementsOf(() => search())).toBe(few);
    await opens(reader, known);
    const [seen, places]: [string[], string[]] = [[], []];
    for (let page = await search(); ; page = await search(page.after ?? undefined)) {
      seen.push(...page.rows.map(({ id }) => id));
      if (!page.after) break;
      if (!ids.includes(page.after)) places.push(page.after);
    }
    expect(seen).toEqual(ids.toSorted().reverse());
    // Whatever is kept from them between, a page is as full as it would be.
    expect(places).toEqual([]);
  });

  it("nor is it told by what one puts around it: a page, and whether it is the last, are the same with it and without", async () => {
    const [word, mine] = ["microinvasif", await someone()];
    await opens(reader, mine);
    await copies(await filed(mine, word), 99, mine);
    const pages = () =>
      Promise.all([1, 50, 99, 100].map((most) => call(reader).document.list({ text: word, most, types: ["imaging"] })));
    const without = await pages();
    expect(without.map(({ rows, after }) => [rows.length, after !== null])).toEqual([
      ...[[1, true] as const, [50, true] as const, [99, true] as const],
      [100, false],
    ]);
    const theirs = await someone();
    await copies(await filed(theirs, word), 2, theirs);
    expect(await pages()).toEqual(without);
    await opens(reader, theirs);
    expect((await pages()).at(-1)?.after).not.toBeNull();
  });

  it("past four hundred that are kept from them, a page goes on from a place that is sealed, and of use to nobody else", async () => {
    const [word, mine, theirs] = ["comedocarcinome", await someone(), await someone()];
    await opens(reader, mine);
    const last = await filed(mine, word);
    const first = await filed(theirs, word);
    await copies(first, 410, theirs);
    const search = (cursor?: string, who = reader) => call(who).document.list({ text: word, most: 2, cursor });
    const page = await search();
    expect(page.rows).toEqual([]);
    const sealed = page.after ?? "";
    expect(sealed.length).toBeGreaterThan(36);
    expect(Buffer.from(sealed, "base64url").toString("latin1")).not.toContain(first.slice(0, 8));
    expect(await refusal(search(sealed, doctor))).toMatchObject({ key: "malformed" });
    expect(await search(sealed)).toMatchObject({ rows: [{ id: last }], after: null });
  });

  it.each([100, 101, 250])(
    "%i in a chart that is closed to the reader do not end the search before what is theirs",
    async (many) => {
      const [word, mine, closed] = [`mucoepidermoide${many}`, await someone(), await someone()];
      await opens(reader, mine);
      const own = await filed(mine, word, { datedOn: "2023-01-01" });
      const search = () => call(reader).document.list({ text: word, most: 20 });
      const without = await search();
      expect(without).toMatchObject({ rows: [{ id: own }], after: null });
      await copies(await filed(closed, word, { datedOn: "2025-01-01" }), many - 1, closed);
      await closeTo(reader, closed);
      expect(await search()).toEqual(without);
    },
  );

  it("past four hundred that are closed to the reader, a page goes on from a place that is sealed", async () => {
    const [word, mine, closed] = ["oncocytome", await someone(), await someone()];
    await opens(reader, mine);
    const own = await filed(mine, word, { datedOn: "2023-01-01" });
    await copies(await filed(closed, word, { datedOn: "2025-01-01" }), 410, closed);
    await closeTo(reader, closed);
    const search = (cursor?: string) => call(reader).document.list({ text: word, most: 20, cursor });
    const page = await search();
    expect(page.rows).toEqual([]);
    expect(await search(page.after ?? "")).toMatchObject({ rows: [{ id: own }], after: null });
  });
});

/** The patient's refusal, for one of the team. */
const closeTo = ({ userId }: TestMember, patientId: string) =>
  restrictPatient(
    clinic.owner.ctx,
    restrictPatientInput.parse({
      patientId,
      target: { kind: "member", userId },
      category: "*",
      signedOn: "2026-09-14",
      signerName: "Jeanne Roy",
      signerContact: "418 555-0142",
      risksExplained: true,
    }),
  );

/** The same document, so many times more, in one chart. */
const copies = (id: string, count: number, patientId: string) =>
  asAdmin(database.adminUrl, async (admin) => {
    await admin.query("set session_replication_role = replica");
    const ids = Array.from({ length: count }, () => newId());
    for (const table of ["document", "document_text"])
      await admin.query(
        `insert into clinic.${table} select (jsonb_populate_record(d, jsonb_build_object('id', i, 'patient_id', $3::uuid))).*
        from clinic.${table} d cross join unnest($2::uuid[]) i where d.id = $1`,
        [id, ids, patientId],
      );
  });

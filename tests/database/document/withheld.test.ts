import { beforeAll, describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { fileDocument } from "#server/document/file-document.ts";
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
  it("is in the clinic's list and search with type, day, author and whose it is, without title, name or extract; once one says why, whole", async () => {
    const [patientId, word] = [await someone(), "mucineux"];
    const id = await filed(patientId, word);
    for (const text of ["", word]) {
      const row = (await call(reader).document.list({ text })).rows.find((one) => one.id === id);
      expect(row).toMatchObject({ ...hidden, patientId, documentType: "imaging", datedOn: "2026-11-03" });
      expect(row).toMatchObject({ sourceAuthor: "Dr Thibodeau", status: "filed" });
      expect(row?.patientName).toBeTruthy();
      expect(JSON.stringify(row)).not.toMatch(/biopsie|carcinome/i);
    }
    await opens(reader, patientId);
    const [row] = (await call(reader).document.list({ text: word })).rows;
    expect(row).toMatchObject({ id, title, fileName: `biopsie-${word}.pdf`, withheld: false });
    expect(row?.snippet?.match).toBe(word);
  });

  it("is told apart in the journal until its words are shown", async () => {
    const [patientId, word] = [await someone(), "papillaire"];
    const id = await filed(patientId, word);
    const search = () => call(reader).document.list({ text: word, refresh: true });
    await search();
    await opens(reader, patientId);
    await search();
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
    const [row] = (await call(reader).document.list({ text: "tubuleux" })).rows;
    expect(row).toMatchObject({ id: own, title, withheld: false, snippet: null });
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
    const ids = [await filed(await someone(), word)];
    const search = (cursor?: string) => call(reader).document.list({ text: word, most: 2, cursor });
    const few = await statementsOf(() => search());
    for (let index = 0; index < 4; index += 1) ids.push(await filed(await someone(), word));
    expect(await statementsOf(() => search())).toBe(few);
    const seen: string[] = [];
    for (let page = await search(); ; page = await search(page.after ?? undefined)) {
      seen.push(...page.rows.map(({ id }) => id));
      if (!page.after) break;
    }
    expect(seen).toEqual(ids.toSorted().reverse());
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { fictionalPerson, makePatient, seededChance } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { findPatients } from "#server/patient/find-patients.ts";
import { foldText, searchText } from "#server/patient/fold-name.ts";
import { parseSearch } from "#server/patient/parse-search.ts";
import type { PatientView } from "#server/patient/record.ts";
import { callerOf } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";
import { mergeNow } from "#tests/factories/merge.ts";

let clinic: TestClinic;
let other: TestClinic;

const find = async (text: string, limit = 20) => (await findPatients(clinic.owner.ctx, { text, limit })).patients;
const names = async (text: string) => (await find(text)).map(({ displayName }) => displayName);
const named = (familyName: string, givenName: string, more = {}) =>
  makePatient(clinic.owner.ctx, { familyName, givenName, contacts: [], ...more });

beforeAll(async () => {
  [clinic, other] = [await makeClinic(), await makeClinic()];
  await named("Bouchard-Tremblay", "Ginette", { birthDate: "1958-03-14", preferredName: "Gigi" });
  await named("Bouchard", "Ginette", { birthDate: "1964-09-02" });
  await named("Bouchard", "Ginette", { birthDate: "1971-01-30" });
  await named("L'Écuyer", "Jean-Luc", { birthFamilyName: "O'Connor", birthDate: "1985-03-02" });
  await named("李小龙", "伟");
  await named("Öz", "Şükrü");
  await named("St-Pierre", "Œdipe");
  await makePatient(clinic.owner.ctx, {
    familyName: "Di Stefano",
    givenName: "Rosa",
    birthDate: "1985-03-02",
    contacts: [
      { system: "phone", value: "418 555-0142" },
      { system: "sms", value: "514 555-0199" },
      { system: "email", value: "rosa@exemple.ca" },
    ],
  });
  await makePatient(other.owner.ctx, { familyName: "Bouchard", givenName: "Ginette", birthDate: "1964-09-02" });
});

describe("searching", () => {
  it.each([
    ["bouch gin", 3],
    ["GINETTE bouchard", 3],
    ["gigi", 1],
    ["ouchard", 3],
    ["embla", 1],
    ["ecuyer", 1],
    ["lecuyer", 1],
    ["l'écuyer jean luc", 1],
    ["jeanluc", 1],
    ["oconnor", 1],
    ["connor", 1],
    ["小龙", 1],
    ["龙", 1],
    ["oz sukru", 1],
    ["saint pierre", 1],
    ["st-pierre oedipe", 1],
    ["bouchard zzz", 0],
    ["%", 0],
    ["_", 0],
    ["'; drop table clinic.patient; --", 0],
  ])("finds « %s » in %i records", async (text, count) => expect(await names(text)).toHaveLength(count));

  it("puts a family name before the same given name, and a beginning before a middle", async () => {
    await named("Rosa", "Zita");
    await named("Carosa", "Anne");
    expect(await names("rosa")).toEqual(["Zita Rosa", "Rosa Di Stefano", "Anne Carosa"]);
  });

  it.each([
    ["1985-03-02", 2],
    ["02/03/1985", 2],
    ["ste 02/03/1985", 1],
    ["0142", 1],
    ["555-0142", 1],
    ["(418) 555-0142", 1],
    ["+1 514 555 0199", 1],
    ["418555", 1],
    ["rosa 0142", 1],
    ["bouchard 0142", 0],
    ["1985-03-02 0142", 1],
    ["1004", 1],
    ["#1004", 1],
    ["99", 0],
  ])("finds « %s » by number or date in %i records", async (text, count) =>
    expect(await find(text)).toHaveLength(count),
  );

  it("tells of others who bear the very same name", async () => {
    const [first, second, third] = await find("ginette bouchard");
    expect(first?.likeNamed).toHaveLength(1);
    expect(second?.likeNamed).toEqual([{ id: first?.id, birthDate: first?.birthDate, fileNumber: first?.fileNumber }]);
    expect(third?.likeNamed).toEqual([]);
  });

  it("journals once who was shown, and never what was typed", async () => {
    const member = await makeMember(clinic, "professional");
    const { patients } = await findPatients(member.ctx, { text: "ginette bouchard", limit: 20 });
    const rows = await withStaff(member.ctx, (db) =>
      db.auditEvent.findMany({ where: { clinicId: clinic.id, agentId: member.userId } }),
    );
    expect(rows).toMatchObject([{ event: "patient.searched", action: "R", ground: "care", detail: { by: ["name"] } }]);
    expect(rows[0]?.entityIds.sort()).toEqual(patients.map(({ id }) => id).sort());
    expect(JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? "" : value))).not.toMatch(/ginette/i);
  });

  it("answers nothing and journals nothing for an empty query", async () => {
    const member = await makeMember(clinic, "assistant");
    expect(await findPatients(member.ctx, { text: "  ", limit: 20 })).toEqual({ patients: [], closed: [] });
    const count = await withStaff(member.ctx, (db) =>
      db.auditEvent.count({ where: { clinicId: clinic.id, agentId: member.userId } }),
    );
    expect(count).toBe(0);
  });

  it("tells of a chart closed to whoever searches by its very number, with or without « # », and by nothing else", async () => {
    const [member, desk] = [await makeMember(clinic, "professional"), await makeMember(clinic, "assistant")];
    const fileNumber = `7${newId().replace(/\D/g, "").slice(-7)}`;
    const kept = await makePatient(clinic.owner.ctx, { familyName: "Zéphirin", givenName: "Odile" });
    await withStaff(clinic.owner.ctx, (db) =>
      db.patient.updateMany({ where: { clinicId: clinic.id, id: kept.id }, data: { fileNumber, version: 2 } }),
    );
    const restriction = {
      patientId: kept.id,
      category: "*",
      signedOn: "2026-11-02",
      signerName: "Odile Zéphirin",
      signerContact: "418 555-0101",
      risksExplained: true,
    } as const;
    for (const { userId } of [member, desk])
      await callerOf(clinic.owner, clinic).privacy.restrict({ ...restriction, target: { kind: "member", userId } });
    const search = (text: string, by = member) => findPatients(by.ctx, { text, limit: 20 });
    expect(await search(fileNumber)).toEqual({ patients: [], closed: [kept.id] });
    expect(await search(`#${fileNumber}`)).toEqual({ patients: [], closed: [kept.id] });
    expect(await search("odile zephirin")).toEqual({ patients: [], closed: [] });
    expect(await search(fileNumber.slice(-5))).toEqual({ patients: [], closed: [] });
    // Whoever may not pass a restriction in an emergency is told of nobody.
    expect(await search(fileNumber, desk)).toEqual({ patients: [], closed: [] });
    expect((await search(fileNumber, clinic.owner)).patients).toHaveLength(1);
    // The number of a record that was joined to it leads there too.
    const joined = await makePatient(clinic.owner.ctx, { familyName: "Zéphirin", givenName: "Odette" });
    await mergeNow(clinic, {
      ...{ id: newId(), survivorId: kept.id, survivorVersion: 2, reason: "Inscrite deux fois" },
      ...{ mergedId: joined.id, mergedVersion: joined.version },
    });
    expect(await search(joined.fileNumber)).toEqual({ patients: [], closed: [kept.id] });
    expect(await search(joined.fileNumber, desk)).toEqual({ patients: [], closed: [] });
  });

  it("stops at the limit", async () => expect(await find("bouchard", 2)).toHaveLength(2));
});

describe("the search function", () => {
  const call = (db: { $queryRawUnsafe<T>(sql: string, ...values: unknown[]): Promise<T> }, clinicId: string | null) =>
    db.$queryRawUnsafe<{ id: string }[]>(
      "select s.id from clinic.search_patients($1::uuid, $2::text[], null, null, null, null, 50) as s (id)",
      clinicId,
      ["bouchard"],
    );

  it("returns ids of the entered clinic only, and refuses another or none", async () => {
    const { ctx } = clinic.owner;
    expect(await withStaff(ctx, (db) => call(db, clinic.id))).toHaveLength(3);
    await expect(withStaff(ctx, (db) => call(db, other.id))).rejects.toMatchObject({ code: "NotFound" });
    await expect(withStaff(ctx, (db) => call(db, null))).rejects.toMatchObject({ code: "NotFound" });
  });

  it("takes wildcards for what they are", async () => {
    const found = await withStaff(clinic.owner.ctx, (db) =>
      db.$queryRawUnsafe("select clinic.search_patients($1::uuid, $2::text[], null, null, null, null, 50)", clinic.id, [
        "b_uch%d",
      ]),
    );
    expect(found).toEqual([]);
  });

  it("lets nobody who serves read its words", async () => {
    for (const table of ["patient_word", "name_word"]) {
      await expect(
        withStaff(clinic.owner.ctx, (db) => db.$queryRawUnsafe(`select word from clinic.${table}`)),
      ).rejects.toMatchObject({ code: "NotFound" });
    }
  });
});

describe("against a search by hand", () => {
  /** What any search must find, written as simply as can be. */
  function byHand(all: readonly PatientView[], text: string): string[] {
    const { words } = parseSearch(text, "2026-11-23");
    return all.filter((one) => words.every((word) => searchText(one).includes(word))).map(({ id }) => id);
  }

  it("finds the same patients for fragments of every length", async () => {
    const crowd = await makeClinic();
    const chance = seededChance(42);
    const all: PatientView[] = [];
    for (let count = 0; count < 120; count += 1) {
      all.push(await makePatient(crowd.owner.ctx, { id: undefined, knownDuplicates: [] }, chance));
    }
    for (let count = 0; count < 150; count += 1) {
      const text = fragment(all, chance);
      const { patients } = await findPatients(crowd.owner.ctx, { text, limit: 50 });
      const expected = byHand(all, text);
      const found = patients.map(({ id }) => id);
      expect([text, found.filter((id) => !expected.includes(id))]).toEqual([text, []]);
      expect([text, found.length, new Set(found).size]).toEqual([text, Math.min(expected.length, 50), found.length]);
    }
  }, 120_000);

  function fragment(all: readonly PatientView[], chance: () => number): string {
    const pick = <T>(list: readonly T[]) => list[Math.floor(chance() * list.length)] as T;
    const cut = (word: string) => {
      const from = chance() < 0.5 ? 0 : Math.floor(chance() * word.length);
      return word.slice(from, from + 1 + Math.floor(chance() * 5));
    };
    const source = chance() < 0.9 ? pick(all) : fictionalPerson(chance);
    const words = foldText(`${source.familyName} ${source.givenName}`)
      .split(/[^\p{L}]+/u)
      .filter(Boolean);
    return chance() < 0.5 ? cut(pick(words)) : `${cut(pick(words))} ${cut(pick(words))}`;
  }
});

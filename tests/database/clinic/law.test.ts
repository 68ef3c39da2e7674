import { describe, expect, it } from "vitest";
import { leastRetention, professionCodes, professions, regimeOf, retentionOf } from "#server/clinic/professions.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember } from "#tests/factories/clinic.ts";

const opinion = "Avis de l’ordre, 2026-03-02";

describe("AC-01: the legal regime", () => {
  it("follows the professions: one order is enough for the stricter law", () => {
    expect(regimeOf(["massage-therapist", "kinesiologist"])).toBe("P39_1");
    expect(regimeOf(["massage-therapist", "physiotherapist"])).toBe("LRSSS");
    for (const code of professionCodes)
      expect(regimeOf([code])).toBe(professions[code].order === null ? "P39_1" : "LRSSS");
  });

  it("is changed by the person in charge of privacy, and the journal says from what to what", async () => {
    const clinic = await makeClinic();
    const officer = await makeMember(clinic, "privacy_officer");
    const caller = callerOf(officer, clinic);
    const law = await caller.clinic.law();
    expect(law).toMatchObject({ legalRegime: "LRSSS", retentionYears: 10, implied: { regime: "LRSSS", years: 10 } });
    const change = { legalRegime: "P39_1" as const, retentionYears: 12, retentionSource: opinion };
    await caller.clinic.changeLaw({ ...change, version: law.version });
    expect(await caller.clinic.law()).toMatchObject({ ...change, version: law.version + 1 });
    const [line] = await withStaff(clinic.owner.ctx, (db) =>
      db.auditEvent.findMany({ where: { event: "clinic.law-changed" }, select: { agentId: true, detail: true } }),
    );
    expect(line).toEqual({
      agentId: officer.userId,
      detail: { version: 2, fromRegime: "LRSSS", toRegime: "P39_1", fromYears: 10, toYears: 12 },
    });
  });

  it("is nobody else's to change, nor a second tab's", async () => {
    const clinic = await makeClinic();
    const change = { version: 1, legalRegime: "P39_1" as const, retentionYears: 12, retentionSource: "" };
    const administrator = callerOf(await makeMember(clinic, "administrator"), clinic);
    expect(await refusal(administrator.clinic.changeLaw(change))).toMatchObject({ code: "Forbidden" });
    const owner = callerOf(clinic.owner, clinic);
    await owner.clinic.changeLaw(change);
    expect(await refusal(owner.clinic.changeLaw({ ...change, retentionYears: 15 }))).toMatchObject({
      key: "stale",
      details: { current: { retentionYears: 12 } },
    });
  });
});

describe("AC-47: years of retention", () => {
  it("are the longest of the professions, with the article that says so or none", () => {
    expect(retentionOf(["optometrist", "physician"])).toEqual({ years: 10, source: "M-9, r. 20.3.1, art. 14" });
    expect(retentionOf(["dentist"])).toEqual({ years: 10, source: null });
    expect(leastRetention(["dentist", "optometrist"])).toBe(5);
    for (const code of professionCodes)
      if (professions[code].source) expect(professions[code].source).toMatch(/, r\. [\d.]+, art\. [\d.]+$/);
  });

  it("are lengthened, and never shorter than what a regulation sets", async () => {
    const clinic = await makeClinic();
    const caller = callerOf(clinic.owner, clinic);
    const { version, rules } = await caller.clinic.law();
    expect(rules).toEqual([{ profession: "physician", years: 10, source: "M-9, r. 20.3.1, art. 14" }]);
    const law = { legalRegime: "LRSSS" as const, retentionSource: "", version };
    expect(await refusal(caller.clinic.changeLaw({ ...law, retentionYears: 9 }))).toMatchObject({
      fields: { retentionYears: "retentionTooShort" },
    });
    await caller.clinic.changeLaw({ ...law, retentionYears: 20 });
    expect((await caller.clinic.law()).retentionYears).toBe(20);
  });
});

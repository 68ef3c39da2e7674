import { describe, expect, it } from "vitest";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { breakGlass } from "#server/privacy/break-glass.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, type TestClinic, type TestMember } from "#tests/factories/clinic.ts";

async function restrict(clinic: TestClinic, patientId: string, { userId }: TestMember) {
  return callerOf(clinic.owner, clinic).privacy.restrict({
    patientId,
    target: { kind: "member", userId },
    category: "*",
    signedOn: "2026-09-14",
    signerName: "Jane Doe",
    signerContact: "418 555-0142",
    risksExplained: true,
  });
}

async function scene() {
  const clinic = await makeClinic();
  const [officer, named] = [await makeMember(clinic, "privacy_officer"), await makeMember(clinic, "professional")];
  const patient = await makePatient(clinic.owner.ctx, { familyName: "Doe", givenName: "Jane" });
  return { clinic, officer, named, patient, caller: callerOf(officer, clinic) };
}

describe("what the person in charge of privacy watches (AC-19, AC-21)", () => {
  it("lists restrictions that hold, until their patient takes them back, and journals the look", async () => {
    const { clinic, officer, named, patient, caller } = await scene();
    const { id, version } = await restrict(clinic, patient.id, named);
    const { rows } = await caller.privacy.liveRestrictions({});
    expect(rows).toMatchObject([{ id, patientName: "Doe, Jane", namesReader: false, signerName: "Jane Doe" }]);
    expect(rows[0]?.userName).toMatch(/^Membre /);
    const [look] = await withStaff(officer.ctx, (db) =>
      db.auditEvent.findMany({
        where: { event: "patient.restrictions-read" },
        select: { agentId: true, entityIds: true },
      }),
    );
    expect(look).toEqual({ agentId: officer.userId, entityIds: [id] });
    await caller.privacy.endRestriction({ id, version, reason: "Lettre reçue le 2 novembre" });
    expect((await caller.privacy.liveRestrictions({})).rows).toEqual([]);
  });

  it("keeps a patient's name and words from whom they closed it to, and still says that it was passed", async () => {
    const { clinic, officer, named, patient, caller } = await scene();
    await restrict(clinic, patient.id, named);
    const reason = "Inconsciente, allergies inconnues";
    const glass = await breakGlass(named.ctx, { patientId: patient.id, reason });
    expect((await caller.privacy.toReview({})).rows).toMatchObject([
      { id: glass.id, kind: "glass", words: reason, patientName: "Doe, Jane", patientId: patient.id, review: null },
    ]);
    await restrict(clinic, patient.id, officer);
    const [closed] = (await caller.privacy.toReview({})).rows;
    expect(closed).toMatchObject({ id: glass.id, patientName: null, words: "" });
    const { rows } = await caller.privacy.liveRestrictions({});
    expect(rows.map(({ namesReader }) => namesReader)).toEqual([true, false]);
    // Who signs is most often the patient.
    for (const told of [rows, await caller.privacy.restrictions({ patientId: patient.id })]) {
      expect(told).toHaveLength(2);
      expect(JSON.stringify(told)).not.toMatch(/Jane|555-0142/);
    }
    const other = rows.find(({ namesReader }) => !namesReader);
    const end = { id: other?.id ?? "", version: (other?.version ?? 0) + 1, reason: "Lettre" };
    const stale = await refusal(caller.privacy.endRestriction(end));
    expect(stale).toMatchObject({ key: "stale", details: { current: { id: end.id } } });
    expect(JSON.stringify(stale)).not.toMatch(/Jane|555-0142/);
    const [own] = await callerOf(clinic.owner, clinic).privacy.restrictions({ patientId: patient.id });
    expect(own).toMatchObject({ signerName: "Jane Doe", signerContact: "418 555-0142" });
  });

  it("is turned page by page, each row once, and is nobody else's", async () => {
    const { clinic, named, caller } = await scene();
    for (let count = 0; count < 5; count += 1) await restrict(clinic, (await makePatient(clinic.owner.ctx)).id, named);
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await caller.privacy.liveRestrictions({ most: 2, before });
      seen.push(...page.rows.map(({ id }) => id));
      before = page.next ?? undefined;
    } while (before);
    expect([seen.length, new Set(seen).size]).toEqual([5, 5]);
    const professional = callerOf(named, clinic);
    for (const call of ["liveRestrictions", "toReview", "openings"] as const)
      expect(await refusal(professional.privacy[call]({}))).toMatchObject({ code: "Forbidden" });
  });
});

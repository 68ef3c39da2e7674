import { describe, expect, test } from "vitest";
import { listAuditEvents } from "#server/audit/list-audit-events.ts";
import { listAuditEventsInput } from "#server/audit/schema.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { disableIntegration } from "#server/integration/disable-integration.ts";
import { enableIntegration } from "#server/integration/enable-integration.ts";
import { listIntegrations } from "#server/integration/list-integrations.ts";
import { requireIntegration } from "#server/integration/require-integration.ts";
import { clinicIntegrationCodes, enableIntegrationInput } from "#server/integration/schema.ts";
import { integrations } from "#server/outbound/register.ts";
import { makeClinic, makeMember, type TestClinic } from "#tests/factories/clinic.ts";

const outside = {
  code: "oidc",
  outsideQuebec: true,
  efvpReference: "EFVP-2026-04",
  efvpSignedOn: "2026-01-15",
  agreementReference: "Entente 12",
  version: null,
} as const;
const inside = { code: "oidc", outsideQuebec: false, version: null } as const;

const enable = ({ owner }: TestClinic, input: object) =>
  enableIntegration(owner.ctx, enableIntegrationInput.parse(input));
const oidc = async ({ owner }: TestClinic) => (await listIntegrations(owner.ctx)).find(({ code }) => code === "oidc");

describe("AC-05: what leaves Québec stays off without an assessment", () => {
  test.each([
    ["the assessment", { efvpReference: "  " }, { efvpReference: "integration.efvpNeeded" }],
    ["its date", { efvpSignedOn: null }, { efvpSignedOn: "integration.efvpDateNeeded" }],
    ["a date that has come", { efvpSignedOn: "2999-01-01" }, { efvpSignedOn: "integration.efvpDateFuture" }],
    ["the written agreement", { agreementReference: "" }, { agreementReference: "integration.agreementNeeded" }],
  ])("refused without %s, beside its field", async (_what, missing, fields) => {
    const clinic = await makeClinic();
    await expect(enable(clinic, { ...outside, ...missing })).rejects.toMatchObject({
      code: "Invalid",
      key: "integration.assessmentNeeded",
      fields,
    });
    expect(await oidc(clinic)).toMatchObject({ enabled: false, version: null });
  });

  test("the database refuses it as well, whatever the code does", async () => {
    const clinic = await makeClinic();
    await enable(clinic, inside);
    const forced = withStaff(clinic.owner.ctx, (db) =>
      db.integration.updateMany({
        where: { clinicId: clinic.id, code: "oidc" },
        data: { outsideQuebec: true, version: 2 },
      }),
    );
    await expect(forced).rejects.toMatchObject({ code: "Invalid", key: "rejected" });
  });

  test("on with an assessment, which is kept, journaled, and stays on record when switched off", async () => {
    const clinic = await makeClinic();
    expect(await enable(clinic, outside)).toEqual({ version: 1 });
    expect(await oidc(clinic)).toMatchObject({
      enabled: true,
      outsideQuebec: true,
      efvpReference: "EFVP-2026-04",
      efvpSignedOn: "2026-01-15",
      agreementReference: "Entente 12",
      version: 1,
    });
    expect(await disableIntegration(clinic.owner.ctx, { code: "oidc", version: 1 })).toEqual({ version: 2 });
    expect(await oidc(clinic)).toMatchObject({ enabled: false, efvpReference: "EFVP-2026-04", version: 2 });
    const { events } = await listAuditEvents(clinic.owner.ctx, listAuditEventsInput.parse({}));
    const told = events.filter(({ entity }) => entity === "Integration");
    expect(told.map(({ event, detail }) => [event, detail.outsideQuebec])).toEqual([
      ["integration.disabled", undefined],
      ["integration.enabled", true],
    ]);
    expect(JSON.stringify(told)).not.toContain("EFVP-2026-04");
  });

  test("a recipient in Québec needs none; declaring it moved outside needs one again", async () => {
    const clinic = await makeClinic();
    await enable(clinic, inside);
    expect(await oidc(clinic)).toMatchObject({ enabled: true, outsideQuebec: false, efvpReference: "" });
    await expect(enable(clinic, { ...inside, outsideQuebec: true, version: 1 })).rejects.toMatchObject({
      code: "Invalid",
    });
    expect(await enable(clinic, { ...outside, version: 1 })).toEqual({ version: 2 });
  });

  test("nothing that uses it works while it is off, and switching off closes the sign-in door at once", async () => {
    const clinic = await makeClinic();
    const ask = () => withStaff(clinic.owner.ctx, (db) => requireIntegration(db, clinic.id, "oidc"));
    await expect(ask()).rejects.toMatchObject({ code: "Precondition", key: "integration.off" });
    await enable(clinic, inside);
    await ask();
    await withStaff(clinic.owner.ctx, (db) =>
      db.oidcProvider.createMany({
        data: {
          clinicId: clinic.id,
          issuer: "https://id.example.ca",
          clientId: "x",
          label: "Notre annuaire",
          enabled: true,
        },
      }),
    );
    await disableIntegration(clinic.owner.ctx, { code: "oidc", version: 1 });
    await expect(ask()).rejects.toMatchObject({ code: "Precondition" });
    const provider = await withStaff(clinic.owner.ctx, (db) =>
      db.oidcProvider.findFirst({ where: { clinicId: clinic.id } }),
    );
    expect(provider?.enabled).toBe(false);
  });
});

describe("two people at one switch", () => {
  test("the second is told, whether it was new or not", async () => {
    const clinic = await makeClinic();
    const both = await Promise.allSettled([enable(clinic, inside), enable(clinic, outside)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "Conflict" } });
    await enable(clinic, { ...inside, version: 1 });
    await expect(disableIntegration(clinic.owner.ctx, { code: "oidc", version: 1 })).rejects.toMatchObject({
      code: "Conflict",
      key: "stale",
    });
  });
});

test("the register is whole, and small roles neither see nor turn it", async () => {
  const clinic = await makeClinic();
  const listed = await listIntegrations(clinic.owner.ctx);
  expect(listed.map(({ code }) => code)).toEqual(Object.keys(integrations));
  expect(listed.filter(({ kind }) => kind === "clinic").map(({ code }) => code)).toEqual(clinicIntegrationCodes);
  const assistant = await makeMember(clinic, "assistant");
  await expect(listIntegrations(assistant.ctx)).rejects.toMatchObject({ code: "Forbidden" });
  await expect(enableIntegration(assistant.ctx, enableIntegrationInput.parse(inside))).rejects.toMatchObject({
    code: "Forbidden",
  });
  await expect(disableIntegration(assistant.ctx, { code: "oidc", version: 1 })).rejects.toMatchObject({
    code: "Forbidden",
  });
});

import { describe, expect, it } from "vitest";
import { withAuth } from "#server/db/with-auth.ts";
import { withHost } from "#server/db/with-host.ts";
import { changeSettings } from "#server/host/change-settings.ts";
import { listHostEvents } from "#server/host/list-host-events.ts";
import { readOwnSettings, readSettings } from "#server/host/read-settings.ts";
import { changeSettingsInput } from "#server/host/schema.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, requestContext } from "#tests/factories/clinic.ts";
import { makeOperator } from "#tests/factories/operator.ts";

const settings = {
  displayName: "Hébergement Saguenay",
  contactEmail: "aide@hebergement.example",
  contactPhone: "418 555-0142",
  sites: [
    { city: "Saguenay", role: "records" as const },
    { city: "Québec", role: "backup" as const },
  ],
  prices: [{ code: "cabinet", monthlyCents: 4900, per: "professional" as const }],
  trialDays: 30,
  approvalRequired: true,
  sourceUrl: "https://code.hebergement.example/chevet",
};
describe("the host's settings", () => {
  it("change on top of what is shown, show in public, and say in the host's record who changed what", async () => {
    const operator = await makeOperator();
    const { version } = await readOwnSettings(operator);
    expect(await changeSettings(operator, { ...settings, version })).toEqual({ version: version + 1 });
    expect(await readSettings(requestContext())).toEqual(settings);
    await changeSettings(operator, { ...settings, trialDays: 14, sourceUrl: "", version: version + 1 });
    const { events } = await listHostEvents(operator, { most: 2 });
    expect(events).toMatchObject([
      { event: "settings.changed", mine: true, fields: ["trialDays", "sourceUrl"] },
      { event: "settings.changed", mine: true },
    ]);
    expect((await readOwnSettings(operator)).version).toBe(version + 2);
  });

  it("are kept from a second operator, who sees those of the first", async () => {
    const [one, two] = [await makeOperator(), await makeOperator()];
    const { version } = await readOwnSettings(one);
    const both = await Promise.allSettled(
      [one, two].map((operator) => changeSettings(operator, { ...settings, version })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "Conflict", key: "stale", details: { current: { displayName: settings.displayName } } },
    });
  });

  it("ask again who it is, after a while, and refuse what is no address", async () => {
    const operator = await makeOperator();
    const old = { ...operator.session, confirmedAt: new Date(Date.now() - 3_600_000).toISOString() };
    await expect(changeSettings({ ...operator, session: old }, { ...settings, version: 1 })).rejects.toMatchObject({
      key: "signIn.confirmNeeded",
    });
    for (const wrong of [
      { sourceUrl: "http://code.example" },
      { sourceUrl: "javascript:alert(1)" },
      { trialDays: 400 },
      { prices: [{ code: "", monthlyCents: 1, per: "clinic" }] },
      { sites: [{ city: "Québec", role: "elsewhere" }] },
    ])
      expect(changeSettingsInput.safeParse({ ...settings, ...wrong, version: 1 }).success).toBe(false);
    await expect(changeSettings(operator, { ...settings, contactPhone: "12", version: 1 })).rejects.toMatchObject({
      fields: { contactPhone: "phone" },
    });
  });

  it("are no staff member's to change, and no operator writes in another's name", async () => {
    const clinic = await makeClinic();
    const told = await refusal(callerOf(clinic.owner).host.changeSettings({ ...settings, version: 1 }));
    expect(told).toMatchObject({ code: "Unauthenticated" });
    const [one, two] = [await makeOperator(), await makeOperator()];
    const forged = withHost(one, (db) =>
      db.hostAuditEvent.createMany({ data: { id: two.user.id, event: "settings.changed", operatorId: two.user.id } }),
    );
    await expect(forged).rejects.toThrow();
    const read = withAuth({ userId: one.user.id }, requestContext(), (db) => db.hostAuditEvent.count());
    await expect(read).rejects.toThrow();
  });
});

import { randomBytes } from "node:crypto";
import { withStaff } from "#server/db/with-staff.ts";
import { callerOf } from "#tests/factories/caller.ts";
import type { Factory, Scene } from "./factory.ts";

const policy = async ({ member, clinic }: Scene) => ({
  version: await withStaff(member.ctx, (db) =>
    db.clinicPolicy.findFirstOrThrow({ where: { clinicId: clinic.id } }),
  ).then((row) => row.version),
  requireSecondFactor: false,
  idleMinutes: 20,
});

const clinicVersion = ({ member, clinic }: Scene) =>
  withStaff(member.ctx, (db) => db.clinic.findFirstOrThrow({ where: { clinicId: clinic.id } })).then(
    ({ version }) => version,
  );

const efvp = { code: "oidc", outsideQuebec: false } as const;

export const settingsFactories: Readonly<Record<string, Factory>> = {
  "clinic.changeSecurity": policy,
  "clinic.changeSlug": async ({ member, clinic }) => ({
    slug: `clinique-${randomBytes(5).toString("hex")}`,
    version: (await callerOf(member, clinic).clinic.address()).version,
  }),
  "clinic.changeLaw": async (scene) => ({
    version: await clinicVersion(scene),
    legalRegime: "LRSSS",
    retentionYears: 12,
    retentionSource: "Avis de l’ordre, 2026-03-02",
  }),
  "clinic.change": async (scene) => ({
    version: await clinicVersion(scene),
    name: "Clinique du Vieux-Limoilou",
    neutralName: "",
    defaultLocale: "fr",
    phone: "418 555-0142",
    email: "accueil@clinique.example",
    privacyOfficerName: "Maude Lavallée",
    privacyOfficerTitle: "Directrice",
    privacyOfficerEmail: "vp@clinique.example",
    privacyOfficerPhone: "",
  }),
  "integration.enable": async ({ member, clinic }) => {
    const known = (await callerOf(member, clinic).integration.list()).find(({ code }) => code === "oidc");
    return { ...efvp, version: known?.version ?? null };
  },
  "integration.disable": async ({ member, clinic }) => {
    const caller = callerOf(member, clinic);
    const known = (await caller.integration.list()).find(({ code }) => code === "oidc");
    const { version } = await caller.integration.enable({ ...efvp, version: known?.version ?? null });
    return { code: "oidc", version };
  },
};

import { requirePermission } from "#server/access/require-permission.ts";
import { nameSubjects } from "#server/audit/name-subjects.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { type Env, env, readEnv } from "#server/env.ts";
import { type Integration, type IntegrationCode, integrations } from "#server/outbound/register.ts";
import { type IntegrationRecord, type IntegrationSettings, integrationSelect } from "./record.ts";

/** The whole register, with what this clinic has switched on: also its list of technological products (LRSSS s. 107). */
export async function listIntegrations(ctx: ClinicContext): Promise<IntegrationRecord[]> {
  requirePermission(ctx, "integration:list");
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    const rows = await readRows(db, clinicId);
    const signers = [...rows.values()].flatMap(({ efvpSignedBy }) => efvpSignedBy ?? []);
    const names = await nameSubjects(db, clinicId, { users: signers, subjects: [] });
    const provider = await db.oidcProvider.findFirst({ where: { clinicId }, select: { issuer: true } });
    const fax = await db.faxAccount.findFirst({ where: { clinicId }, select: { apiUrl: true } });
    const recipients: Partial<Record<IntegrationCode, string>> = {
      ...(provider && { oidc: new URL(provider.issuer).host }),
      ...carriers[env().SMS_DRIVER],
      ...(fax && { fax: new URL(fax.apiUrl).host }),
    };
    return (Object.entries(integrations) as [IntegrationCode, Integration][]).map(([code, entry]) => {
      const row = rows.get(code);
      const efvpSignedBy = row?.efvpSignedBy ? (names.get(row.efvpSignedBy) ?? null) : null;
      return { ...describeIntegration(code, entry, row), efvpSignedBy, recipient: recipients[code] ?? null };
    });
  });
}

/** What the host set in the environment: an address that was not given is not written to. */
const inUse: Readonly<Partial<Record<IntegrationCode, keyof Env>>> = {
  smtp: "SMTP_URL",
  s3: "S3_ENDPOINT",
  otlp: "OTEL_EXPORTER_OTLP_ENDPOINT",
};

/** Who carries text messages here, as the host chose; nobody, and the switch leads nowhere. */
const carriers: Readonly<Record<Env["SMS_DRIVER"], { sms?: string }>> = {
  none: {},
  catcher: { sms: "localhost" },
  swift: { sms: "Swift SMS Gateway" },
  voipms: { sms: "VoIP.ms" },
};

function isInUse(code: IntegrationCode): boolean {
  const name = inUse[code];
  const { CHEVET_LOCAL, [name ?? "PORT"]: address } = readEnv();
  if (!name || !address) return false;
  // The mail catcher of local mode: nothing leaves this machine.
  return !(CHEVET_LOCAL && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(String(address)).hostname));
}

type Row = Awaited<ReturnType<typeof findRows>>[number];

function findRows(db: Db, clinicId: string) {
  return db.integration.findMany({ where: { clinicId }, select: integrationSelect });
}

async function readRows(db: Db, clinicId: string): Promise<Map<string, Row>> {
  return new Map((await findRows(db, clinicId)).map((row) => [row.code, row]));
}

function describeIntegration(code: IntegrationCode, entry: Integration, row: Row | undefined) {
  const declared = entry.outsideQuebec === "declared";
  return {
    code,
    kind: entry.kind,
    purpose: entry.purpose,
    data: entry.data,
    outsideQuebec: declared ? (row?.outsideQuebec ?? null) : entry.outsideQuebec === true,
    declaresPlace: declared,
    enabled: entry.kind === "infrastructure" ? isInUse(code) : (row?.enabled ?? false),
    efvpReference: row?.efvpReference ?? "",
    efvpSignedOn: row?.efvpSignedOn?.toISOString().slice(0, 10) ?? null,
    agreementReference: (row?.settings as IntegrationSettings | undefined)?.agreementReference ?? "",
    version: row?.version ?? null,
  };
}

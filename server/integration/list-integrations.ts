import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { type Integration, type IntegrationCode, integrations } from "#server/outbound/register.ts";
import { type IntegrationRecord, type IntegrationSettings, integrationSelect } from "./record.ts";

/** The whole register, with what this clinic has switched on: also its list of technological products (LRSSS s. 107). */
export async function listIntegrations(ctx: ClinicContext): Promise<IntegrationRecord[]> {
  requirePermission(ctx, "integration:list");
  return withStaff(ctx, async (db) => {
    const rows = await readRows(db, ctx.clinic.id);
    return (Object.entries(integrations) as [IntegrationCode, Integration][]).map(([code, entry]) =>
      describeIntegration(code, entry, rows.get(code)),
    );
  });
}

type Row = Awaited<ReturnType<typeof findRows>>[number];

function findRows(db: Db, clinicId: string) {
  return db.integration.findMany({ where: { clinicId }, select: integrationSelect });
}

async function readRows(db: Db, clinicId: string): Promise<Map<string, Row>> {
  return new Map((await findRows(db, clinicId)).map((row) => [row.code, row]));
}

function describeIntegration(code: IntegrationCode, entry: Integration, row: Row | undefined): IntegrationRecord {
  const declared = entry.outsideQuebec === "declared";
  return {
    code,
    kind: entry.kind,
    purpose: entry.purpose,
    data: entry.data,
    outsideQuebec: declared ? (row?.outsideQuebec ?? null) : entry.outsideQuebec === true,
    declaresPlace: declared,
    enabled: entry.kind === "infrastructure" || (row?.enabled ?? false),
    efvpReference: row?.efvpReference ?? "",
    efvpSignedOn: row?.efvpSignedOn?.toISOString().slice(0, 10) ?? null,
    agreementReference: (row?.settings as IntegrationSettings | undefined)?.agreementReference ?? "",
    version: row?.version ?? null,
  };
}

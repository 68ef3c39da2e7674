import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { env } from "#server/env.ts";
import { conflict, invalid, precondition } from "#server/errors.ts";
import { type Integration, integrations } from "#server/outbound/register.ts";
import type { EnableIntegrationInput } from "./schema.ts";

/**
 * Switches an integration on, or records a new assessment for one that is on. **AC-05**: one whose recipient is outside Québec
 * stays off without a signed assessment and a written agreement; the database refuses it, too.
 * @throws Invalid with the fields that are missing; Precondition `integration.noCarrier` without a text message service on this host, `integration.noFaxAccount`; Conflict when somebody changed it meanwhile
 */
export async function enableIntegration(
  ctx: ClinicContext,
  input: EnableIntegrationInput,
): Promise<{ version: number }> {
  requirePermission(ctx, "integration:manage");
  if (input.code === "sms" && env().SMS_DRIVER === "none") throw precondition("integration.noCarrier");
  const entry: Integration = integrations[input.code];
  const outsideQuebec = entry.outsideQuebec === "declared" ? input.outsideQuebec : entry.outsideQuebec;
  if (outsideQuebec) checkAssessment(input, ctx.clinic.timeZone);

  return withStaff(ctx, async (db) => {
    if (input.code === "fax") await requireFaxAccount(db, ctx.clinic.id);
    const { id, version } = await write(db, ctx, input, outsideQuebec);
    await recordAudit(db, ctx, {
      event: "integration.enabled",
      action: "U",
      entity: "Integration",
      entityIds: [id],
      detail: { code: input.code, outsideQuebec, version },
    });
    return { version };
  });
}

/** There is nobody to open to before the clinic has entered its service. */
async function requireFaxAccount(db: Db, clinicId: string): Promise<void> {
  const row = await db.faxAccount.findFirst({ where: { clinicId }, select: { clinicId: true } });
  if (!row) throw precondition("integration.noFaxAccount");
}

function checkAssessment(
  { efvpReference, efvpSignedOn, agreementReference }: EnableIntegrationInput,
  timeZone: string,
): void {
  const fields: Record<string, string> = {};
  if (!efvpReference) fields.efvpReference = "integration.efvpNeeded";
  if (!efvpSignedOn) fields.efvpSignedOn = "integration.efvpDateNeeded";
  if (efvpSignedOn && efvpSignedOn > today(timeZone)) fields.efvpSignedOn = "integration.efvpDateFuture";
  if (!agreementReference) fields.agreementReference = "integration.agreementNeeded";
  if (Object.keys(fields).length > 0) throw invalid("integration.assessmentNeeded", fields);
}

async function write(
  db: Db,
  ctx: ClinicContext,
  input: EnableIntegrationInput,
  outsideQuebec: boolean,
): Promise<{ id: string; version: number }> {
  const clinicId = ctx.clinic.id;
  const signed = outsideQuebec && input.efvpSignedOn;
  const data = {
    enabled: true,
    outsideQuebec,
    efvpReference: outsideQuebec ? input.efvpReference : "",
    efvpSignedOn: signed ? new Date(input.efvpSignedOn as string) : null,
    efvpSignedBy: signed ? ctx.user.id : null,
    settings: outsideQuebec ? { agreementReference: input.agreementReference } : {},
  };
  if (input.version === null) {
    const id = newId();
    // Two people at once: the unique key lets one through, the other reads « already exists ».
    await db.integration.createMany({ data: { clinicId, id, code: input.code, ...data } });
    return { id, version: 1 };
  }
  const version = input.version + 1;
  const where = { clinicId, code: input.code };
  const { count } = await db.integration.updateMany({
    where: { ...where, version: input.version },
    data: { ...data, version },
  });
  if (count === 0) throw conflict("stale");
  const row = await db.integration.findFirstOrThrow({ where, select: { id: true } });
  return { id: row.id, version };
}

function today(timeZone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(new Date());
}

import type { AuditEntry } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";

/** On what ground a member uses a patient's information: through a broken glass, to give care, or to run the clinic. */
export function groundOf(ctx: ClinicContext): NonNullable<AuditEntry["ground"]> {
  if (ctx.breakGlassId) return "break-glass";
  const { role, profession } = ctx.membership;
  return role === "professional" || role === "trainee" || profession ? "care" : "administration";
}

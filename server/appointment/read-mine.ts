import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { todayIn } from "#server/patient/today.ts";
import { readAgenda } from "./read-agenda.ts";
import type { MineView } from "./record.ts";
import type { MineInput } from "./schema.ts";

/** A professional’s own day; null for a member who is no practitioner. */
export async function readMine(ctx: ClinicContext, { date, refresh }: MineInput): Promise<MineView | null> {
  requirePermission(ctx, "appointment:read");
  const [own] = await readAsStaff<{ id: string }>(ctx, {
    name: "chevet_own_practitioner",
    text: "select id from clinic.practitioner where clinic_id = $1 and membership_id = $2",
    values: [ctx.clinic.id, ctx.membership.id],
  });
  if (!own) return null;
  const day = date ?? todayIn(ctx.clinic.timeZone);
  const agenda = await readAgenda(
    ctx,
    { from: day, until: day, resourceIds: [own.id], refresh },
    "appointment.mine-read",
  );
  return { ...agenda, practitionerId: own.id };
}

import { requirePermission } from "#server/access/require-permission.ts";
import { lowestId } from "#server/audit/lowest-id.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "#server/patient/ground.ts";
import { showPhone } from "#server/phone.ts";
import { foldedForMs } from "./read-agenda.ts";
import type { AppointmentDetail } from "./record.ts";
import type { ReadAppointmentInput } from "./schema.ts";

/**
 * One appointment with the person's essentials, their other visits, the series and what it was before; read and journaled in one round trip.
 * @throws NotFound alike for none, for another clinic's and for one that a restriction closes
 */
export async function readAppointment(
  ctx: ClinicContext,
  { id, refresh }: ReadAppointmentInput,
): Promise<AppointmentDetail> {
  requirePermission(ctx, "appointment:read");
  const [row] = await readAsStaff<{ appointment: AppointmentDetail | null }>(ctx, {
    name: "chevet_read_appointment",
    text: "select clinic.read_appointment($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as appointment",
    values: [
      ctx.clinic.id,
      id,
      newId(),
      ctx.session.id,
      ctx.membership.role,
      ctx.requestId,
      ctx.origin.address || null,
      groundOf(ctx),
      refresh,
      lowestId(Date.now() - foldedForMs),
    ],
  });
  if (!row?.appointment) throw notFound();
  const { person, ...appointment } = row.appointment;
  const contacts = person.contacts.map((one) =>
    one.system === "email" ? one : { ...one, value: showPhone(one.value) },
  );
  return { ...appointment, person: { ...person, contacts } };
}

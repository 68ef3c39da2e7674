import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { database } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { notFound } from "#server/errors.ts";
import { groundOf } from "./ground.ts";
import { type PatientView, viewPatient } from "./record.ts";

/**
 * One patient's identity. The reading is journaled in the same transaction, and all of it is one round trip: this is the
 * call that a clinic makes most.
 * @throws NotFound alike for nobody, for another clinic's patient and for one that a restriction closes
 */
export async function readPatient(ctx: ClinicContext, { id }: { id: string }): Promise<PatientView> {
  requirePermission(ctx, "patient:read");
  const result = await database("web").call({
    name: "chevet_open_patient",
    text: "select reference.open_patient($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as patient",
    values: [
      ctx.clinic.id,
      ctx.user.id,
      ctx.requestId,
      ctx.breakGlassId ?? null,
      id,
      newId(),
      ctx.session.id,
      ctx.membership.role,
      ctx.origin.address || null,
      groundOf(ctx),
    ],
  });
  const row = result.rows[0]?.patient;
  if (!row) throw notFound();
  return viewPatient(row);
}

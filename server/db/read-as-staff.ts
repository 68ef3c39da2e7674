import type { ClinicContext } from "#server/context.ts";
import type { Statement } from "./database.ts";
import { staffDatabase, staffEntry } from "./with-staff.ts";

/**
 * The rows of one statement as staff of the context's clinic; BEGIN, enter and COMMIT travel with it in one round trip. For
 * reads so frequent that what Prisma adds would be most of their cost. Columns are named in SQL as the caller wants them.
 * @throws NotFound when the person is no longer an active member.
 */
export async function readAsStaff<Row>(ctx: ClinicContext, statement: Statement): Promise<Row[]> {
  const [result] = await staffDatabase(ctx).pipeline(staffEntry(ctx), [statement]);
  return (result?.rows ?? []) as Row[];
}

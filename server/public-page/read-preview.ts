import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { notFound } from "#server/errors.ts";
import { composePage, type PageView } from "./compose-page.ts";
import { type PageRows, pageStatement } from "./page-rows.ts";

/** The page as it would be if the draft were published now. For those who prepare it only. */
export async function readPreview(ctx: ClinicContext): Promise<PageView> {
  requirePermission(ctx, "page:manage");
  const [rows] = await readAsStaff<PageRows>(ctx, pageStatement(ctx.clinic.id, "draft"));
  if (!rows) throw notFound();
  return composePage(ctx.clinic.slug, rows, ctx.locale, new Date());
}

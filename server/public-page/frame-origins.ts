import type { VisitorContext } from "#server/context.ts";
import { readAsVisitor } from "#server/db/with-visitor.ts";
import { notFound } from "#server/errors.ts";

/** The sites that may frame this clinic's page. @throws NotFound when the clinic shows none */
export async function frameOrigins(ctx: VisitorContext): Promise<readonly string[]> {
  const [page] = await readAsVisitor<{ origins: string[] }>(ctx, {
    name: "chevet_frame_origins",
    text: "select frame_origins as origins from clinic.public_page where clinic_id = $1",
    values: [ctx.clinic.id],
  });
  if (!page) throw notFound();
  return page.origins;
}

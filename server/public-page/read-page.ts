import type { VisitorContext } from "#server/context.ts";
import { queryAsVisitor } from "#server/db/with-visitor.ts";
import { notFound } from "#server/errors.ts";
import { composePage, type PageView } from "./compose-page.ts";
import { type PageRows, pageStatement } from "./page-rows.ts";

/** The clinic's page as it was published, with what is offered and free now. @throws NotFound when the clinic shows none */
export async function readPage(ctx: VisitorContext): Promise<PageView> {
  const [rows] = await queryAsVisitor<PageRows>(ctx, pageStatement(ctx.clinic.id, "published"));
  if (!rows) throw notFound();
  return composePage(ctx.clinic.slug, rows, ctx.locale, new Date());
}

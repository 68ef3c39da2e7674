import type { VisitorContext } from "#server/context.ts";
import { readAsVisitor } from "#server/db/with-visitor.ts";
import { notFound } from "#server/errors.ts";
import { type PageContent, pageContent } from "./schema.ts";

/** The clinic's page as it was published. @throws NotFound when the clinic shows none */
export async function readPage(ctx: VisitorContext): Promise<{ content: PageContent }> {
  const [page] = await readAsVisitor<{ published: unknown }>(ctx, {
    name: "chevet_read_page",
    text: "select published from clinic.public_page where clinic_id = $1",
    values: [ctx.clinic.id],
  });
  if (!page) throw notFound();
  return { content: pageContent.parse(page.published) };
}

import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addLetterTemplate } from "./add-letter-template.ts";
import { changeLetterTemplate, retireLetterTemplate } from "./change-letter-template.ts";
import { listLetterTemplates } from "./list-letter-templates.ts";
import { addLetterTemplateInput, changeLetterTemplateInput, retireLetterTemplateInput } from "./schema.ts";

const writing = clinicProcedure("chart:write");

export const letterTemplateRouter = t.router({
  list: clinicProcedure("chart:read").query(({ ctx }) => listLetterTemplates(ctx)),
  add: writing.input(addLetterTemplateInput).mutation(({ ctx, input }) => addLetterTemplate(ctx, input)),
  change: writing.input(changeLetterTemplateInput).mutation(({ ctx, input }) => changeLetterTemplate(ctx, input)),
  retire: writing.input(retireLetterTemplateInput).mutation(({ ctx, input }) => retireLetterTemplate(ctx, input)),
});

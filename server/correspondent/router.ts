import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addCorrespondent } from "./add-correspondent.ts";
import { changeCorrespondent } from "./change-correspondent.ts";
import { listCorrespondents } from "./list-correspondents.ts";
import { addCorrespondentInput, changeCorrespondentInput, listCorrespondentsInput } from "./schema.ts";

const writing = clinicProcedure("patient:write");

export const correspondentRouter = t.router({
  list: clinicProcedure("patient:search")
    .input(listCorrespondentsInput)
    .query(({ ctx, input }) => listCorrespondents(ctx, input)),
  add: writing.input(addCorrespondentInput).mutation(({ ctx, input }) => addCorrespondent(ctx, input)),
  change: writing.input(changeCorrespondentInput).mutation(({ ctx, input }) => changeCorrespondent(ctx, input)),
});

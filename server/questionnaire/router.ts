import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addQuestionnaire } from "./add-questionnaire.ts";
import { changeQuestionnaire } from "./change-questionnaire.ts";
import { listQuestionnaires } from "./list-questionnaires.ts";
import { retireQuestionnaire } from "./retire-questionnaire.ts";
import { addQuestionnaireInput, changeQuestionnaireInput, retireQuestionnaireInput } from "./schema.ts";

export const questionnaireRouter = t.router({
  list: clinicProcedure("chart:read").query(({ ctx }) => listQuestionnaires(ctx)),
  add: clinicProcedure("chart:write")
    .input(addQuestionnaireInput)
    .mutation(({ ctx, input }) => addQuestionnaire(ctx, input)),
  change: clinicProcedure("chart:write")
    .input(changeQuestionnaireInput)
    .mutation(({ ctx, input }) => changeQuestionnaire(ctx, input)),
  retire: clinicProcedure("chart:write")
    .input(retireQuestionnaireInput)
    .mutation(({ ctx, input }) => retireQuestionnaire(ctx, input)),
});

import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addPhrase } from "./add-phrase.ts";
import { changePhrase } from "./change-phrase.ts";
import { listPhrases } from "./list-phrases.ts";
import { offeredPhrases } from "./offered-phrases.ts";
import { retirePhrase } from "./retire-phrase.ts";
import { addPhraseInput, changePhraseInput, offeredPhrasesInput, retirePhraseInput } from "./schema.ts";

export const phraseRouter = t.router({
  list: clinicProcedure("chart:read").query(({ ctx }) => listPhrases(ctx)),
  offered: clinicProcedure("chart:write")
    .input(offeredPhrasesInput)
    .query(({ ctx, input }) => offeredPhrases(ctx, input)),
  add: clinicProcedure("chart:write")
    .input(addPhraseInput)
    .mutation(({ ctx, input }) => addPhrase(ctx, input)),
  change: clinicProcedure("chart:write")
    .input(changePhraseInput)
    .mutation(({ ctx, input }) => changePhrase(ctx, input)),
  retire: clinicProcedure("chart:write")
    .input(retirePhraseInput)
    .mutation(({ ctx, input }) => retirePhrase(ctx, input)),
});

import { t } from "#server/trpc/init.ts";
import { clinicProcedure, visitorProcedure } from "#server/trpc/procedures.ts";
import { publishPage } from "./publish-page.ts";
import { readDraft } from "./read-draft.ts";
import { readNextPlaces } from "./read-next-places.ts";
import { readNotice } from "./read-notice.ts";
import { readPage } from "./read-page.ts";
import { readPreview } from "./read-preview.ts";
import { saveDraft } from "./save-draft.ts";
import { nextPlacesInput, publishPageInput, savePageInput } from "./schema.ts";
import { unpublishPage } from "./unpublish-page.ts";

export const publicPageRouter = t.router({
  read: visitorProcedure.query(({ ctx }) => readPage(ctx)),
  nextPlaces: visitorProcedure.input(nextPlacesInput).query(({ ctx, input }) => readNextPlaces(ctx, input)),
  notice: visitorProcedure.query(({ ctx }) => readNotice(ctx)),
  draft: clinicProcedure("page:manage").query(({ ctx }) => readDraft(ctx)),
  preview: clinicProcedure("page:manage").query(({ ctx }) => readPreview(ctx)),
  save: clinicProcedure("page:manage")
    .input(savePageInput)
    .mutation(({ ctx, input }) => saveDraft(ctx, input)),
  publish: clinicProcedure("page:manage")
    .input(publishPageInput)
    .mutation(({ ctx, input }) => publishPage(ctx, input)),
  unpublish: clinicProcedure("page:manage")
    .input(publishPageInput)
    .mutation(({ ctx, input }) => unpublishPage(ctx, input)),
});

import { t } from "#server/trpc/init.ts";
import { clinicProcedure, publicProcedure } from "#server/trpc/procedures.ts";
import { addRule } from "./add-rule.ts";
import { changePromotion } from "./change-promotion.ts";
import { changeRule } from "./change-rule.ts";
import { changeWording } from "./change-wording.ts";
import { listMessages } from "./list-messages.ts";
import { listRules } from "./list-rules.ts";
import { previewMessage } from "./preview-message.ts";
import { readPromotion } from "./read-promotion.ts";
import { readWording } from "./read-wording.ts";
import { resendMessage } from "./resend-message.ts";
import { resumeContact } from "./resume-contact.ts";
import {
  addRuleInput,
  changePromotionInput,
  changeRuleInput,
  changeWordingInput,
  listMessagesInput,
  previewInput,
  readPromotionInput,
  resendInput,
  resumeContactInput,
  unsubscribeInput,
} from "./schema.ts";
import { unsubscribe } from "./unsubscribe.ts";

export const reminderRouter = t.router({
  rules: clinicProcedure("reminder:manage").query(({ ctx }) => listRules(ctx)),
  addRule: clinicProcedure("reminder:manage")
    .input(addRuleInput)
    .mutation(({ ctx, input }) => addRule(ctx, input)),
  changeRule: clinicProcedure("reminder:manage")
    .input(changeRuleInput)
    .mutation(({ ctx, input }) => changeRule(ctx, input)),
  wording: clinicProcedure("reminder:manage").query(({ ctx }) => readWording(ctx)),
  changeWording: clinicProcedure("reminder:manage")
    .input(changeWordingInput)
    .mutation(({ ctx, input }) => changeWording(ctx, input)),
  preview: clinicProcedure("reminder:manage")
    .input(previewInput)
    .query(({ ctx, input }) => previewMessage(ctx, input)),
  messages: clinicProcedure("appointment:read")
    .input(listMessagesInput)
    .query(({ ctx, input }) => listMessages(ctx, input)),
  resend: clinicProcedure("appointment:write")
    .input(resendInput)
    .mutation(({ ctx, input }) => resendMessage(ctx, input)),
  resumeContact: clinicProcedure("appointment:write")
    .input(resumeContactInput)
    .mutation(({ ctx, input }) => resumeContact(ctx, input)),
  promotion: clinicProcedure("patient:read")
    .input(readPromotionInput)
    .query(({ ctx, input }) => readPromotion(ctx, input)),
  changePromotion: clinicProcedure("patient:write")
    .input(changePromotionInput)
    .mutation(({ ctx, input }) => changePromotion(ctx, input)),
  unsubscribe: publicProcedure.input(unsubscribeInput).mutation(({ ctx, input }) => unsubscribe(ctx, input)),
});

import { z } from "zod";
import { admitNewcomer } from "#server/auth/session/admit-newcomer.ts";
import { precondition } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { issueChallenge } from "#server/proof-of-work/issue-challenge.ts";
import { t } from "#server/trpc/init.ts";
import { publicProcedure, userProcedure } from "#server/trpc/procedures.ts";
import { checkSlug } from "./check-slug.ts";
import { openAnotherClinic } from "./open-another-clinic.ts";
import { requestSignUpCode } from "./request-sign-up-code.ts";
import { codeRequest, openAnotherInput, signUpInput, slugWish, termsWish } from "./schema.ts";
import { showTerms } from "./show-terms.ts";
import { signUp } from "./sign-up.ts";

/** Opening a clinic. The public calls tell nobody anything but what an address on the web tells anyway. */
export const signUpRouter = t.router({
  terms: publicProcedure.input(termsWish).query(({ input }) => showTerms(input)),
  challenge: publicProcedure.input(z.void()).query(() => issueChallenge()),
  slug: publicProcedure.input(slugWish).query(async ({ ctx, input }) => {
    await consumeLimit("slug-address", addressKey(ctx.origin.address));
    return checkSlug(ctx, input);
  }),
  /** Who would own the new clinic; refused to a session that opens one clinic only. */
  person: userProcedure.query(({ ctx }) => {
    if (ctx.session.clinicId) throw precondition("clinicSessionOnly");
    return { displayName: ctx.user.displayName, email: ctx.user.email };
  }),
  requestCode: publicProcedure.input(codeRequest).mutation(({ ctx, input }) => requestSignUpCode(ctx, input)),
  open: publicProcedure.input(signUpInput).mutation(async ({ ctx, input }) => {
    const { userId, slug } = await signUp(ctx, input);
    await admitNewcomer(ctx, userId);
    return { slug };
  }),
  openAnother: userProcedure.input(openAnotherInput).mutation(({ ctx, input }) => openAnotherClinic(ctx, input)),
});

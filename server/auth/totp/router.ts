import { z } from "zod";
import { t } from "#server/trpc/init.ts";
import { accountProcedure, provenProcedure } from "../procedures.ts";
import { confirmTotp } from "./confirm-totp.ts";
import { disableTotp } from "./disable-totp.ts";
import { readTotp } from "./read-totp.ts";
import { renewRecoveryCodes } from "./renew-recovery-codes.ts";
import { startTotp } from "./start-totp.ts";

export const totpRouter = t.router({
  read: accountProcedure.query(({ ctx }) => readTotp(ctx)),
  start: provenProcedure.mutation(({ ctx }) => startTotp(ctx)),
  confirm: provenProcedure
    .input(z.strictObject({ code: z.string().max(20) }))
    .mutation(({ ctx, input }) => confirmTotp(ctx, input.code)),
  renewRecoveryCodes: provenProcedure.mutation(({ ctx }) => renewRecoveryCodes(ctx)),
  disable: provenProcedure.mutation(({ ctx }) => disableTotp(ctx)),
});

import { z } from "zod";
import { t } from "#server/trpc/init.ts";
import { publicProcedure } from "#server/trpc/procedures.ts";
import { accountProcedure, provenProcedure } from "../procedures.ts";
import { listPasskeys } from "./list-passkeys.ts";
import { registerPasskey } from "./register-passkey.ts";
import { renamePasskey } from "./rename-passkey.ts";
import { revokePasskey } from "./revoke-passkey.ts";
import { attestation, passkeyLabel } from "./schema.ts";
import { startRegistration } from "./start-registration.ts";
import { startPasskeySignIn } from "./start-sign-in.ts";

export const passkeyRouter = t.router({
  startSignIn: publicProcedure.mutation(({ ctx }) => startPasskeySignIn(ctx)),
  list: accountProcedure.query(({ ctx }) => listPasskeys(ctx)),
  startRegistration: provenProcedure.mutation(({ ctx }) => startRegistration(ctx)),
  register: provenProcedure
    .input(z.strictObject({ attestation, label: passkeyLabel }))
    .mutation(({ ctx, input }) => registerPasskey(ctx, input)),
  rename: accountProcedure
    .input(z.strictObject({ id: z.uuid(), label: passkeyLabel }))
    .mutation(({ ctx, input }) => renamePasskey(ctx, input)),
  revoke: provenProcedure
    .input(z.strictObject({ id: z.uuid() }))
    .mutation(({ ctx, input }) => revokePasskey(ctx, input.id)),
});

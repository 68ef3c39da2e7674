import { z } from "zod";
import { assertion } from "../passkey/schema.ts";
import { signInWithPasskey } from "../passkey/sign-in-with-passkey.ts";
import { email, typedPassword } from "../password/schema.ts";
import { finishSecondFactor } from "../session/finish-second-factor.ts";
import { type SignInAnswer, signInWithPassword } from "../session/sign-in-with-password.ts";
import type { DoorContext } from "./sign-in-door.ts";

interface SignInProvider {
  readonly id: string;
  readonly signIn: (ctx: DoorContext, typed: unknown) => Promise<SignInAnswer>;
}

const byPassword = z.object({ email, password: typedPassword });
const byCode = z.union([z.object({ code: z.string().max(20) }), z.object({ recoveryCode: z.string().max(60) })]);
const byPasskey = z.object({ assertion });

/** The doors that next-auth carries. */
export const signInProviders: readonly SignInProvider[] = [
  {
    id: "password",
    signIn: (ctx, typed) =>
      signInWithPassword(ctx, { ...byPassword.parse(typed), realm: ctx.realm, device: ctx.device }),
  },
  {
    id: "second-factor",
    signIn: (ctx, typed) =>
      finishSecondFactor(ctx, {
        typed: byCode.parse(typed),
        realm: ctx.realm,
        pending: ctx.pending,
        device: ctx.device,
      }),
  },
  {
    id: "passkey",
    signIn: (ctx, typed) => signInWithPasskey(ctx, { ...byPasskey.parse(typed), realm: ctx.realm, device: ctx.device }),
  },
];

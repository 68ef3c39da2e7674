import { z } from "zod";

/** How a clinic wants its people to sign in. */
export const policy = z.strictObject({
  requireSecondFactor: z.boolean(),
  idleMinutes: z.number().int().min(1, "signIn.idleRange").max(240, "signIn.idleRange"),
  version: z.number().int().min(1),
});

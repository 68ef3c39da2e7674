import { z } from "zod";
import { t } from "#server/trpc/init.ts";
import { clinicProcedure, lockedUserProcedure, publicProcedure } from "#server/trpc/procedures.ts";
import { accountProcedure } from "../procedures.ts";
import { findDoor } from "./find-door.ts";
import { listLinks } from "./list-links.ts";
import { doorAddress, signInDoorInput } from "./schema.ts";
import { startLink } from "./start-link.ts";
import { startSignIn } from "./start-sign-in.ts";
import { startUnlock } from "./start-unlock.ts";
import { unlink } from "./unlink.ts";

/** A clinic's own provider: its door, and the links of its members with it. */
export const oidcRouter = t.router({
  /** Nobody is signed in, so the clinic comes from what they typed: it opens nothing by itself. */
  door: publicProcedure.input(z.strictObject({ slug: doorAddress })).query(async ({ ctx, input }) => {
    const door = await findDoor(ctx, input.slug);
    return door && { slug: door.slug, label: door.label };
  }),
  startSignIn: publicProcedure.input(signInDoorInput).mutation(({ ctx, input }) => startSignIn(ctx, input)),
  startUnlock: lockedUserProcedure.mutation(({ ctx }) => startUnlock(ctx)),
  links: accountProcedure.query(({ ctx }) => listLinks(ctx)),
  startLink: clinicProcedure("clinic:read").mutation(({ ctx }) => startLink(ctx)),
  unlink: clinicProcedure("clinic:read").mutation(({ ctx }) => unlink(ctx)),
});

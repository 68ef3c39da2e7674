import { Prisma } from "./generated/client.ts";

/** A piece of SQL with its values apart, for a statement put together from pieces; never a string. */
export const { sql } = Prisma;

import { Prisma } from "./generated/client.ts";

export type { Sql } from "./generated/internal/prismaNamespace.ts";

/** Pieces of SQL with their values apart, for a statement put together from pieces; never a string. */
export const { sql, join } = Prisma;

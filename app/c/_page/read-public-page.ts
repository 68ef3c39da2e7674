import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { refusalOf } from "../../_trpc/page-error.ts";
import { api } from "../../_trpc/server.ts";

/** The clinic's published page, once per answer. No such page is what any unknown address is. */
export const readPublicPage = cache((slug: string) =>
  orNothing(async () => (await api(slug, "visitor")).publicPage.read()),
);

/** @throws what Next takes for « not found » where the server says so */
export async function orNothing<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (refusalOf(error)?.code === "NotFound") notFound();
    throw error;
  }
}

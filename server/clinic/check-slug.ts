import type { RequestContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withRegistrar } from "#server/db/with-registrar.ts";
import type { ProfessionCode } from "./professions.ts";
import { proposeSlugs } from "./propose-slugs.ts";
import { isReserved } from "./reserved-slugs.ts";
import { skeletonOf } from "./slug-form.ts";

export interface SlugAnswer {
  /** `slugTaken` also for an address that another clinic used once: it is never given again. */
  readonly refusal: "slugTaken" | "slugReserved" | "slugConfusable" | null;
  /** Two free addresses that look alike, when this one cannot be had. */
  readonly suggestions: readonly string[];
}

export interface SlugWish {
  readonly slug: string;
  readonly name: string;
  readonly professions: readonly ProfessionCode[];
}

/** Whether a public address is free, and what could be had instead. Public: an address is public by nature. */
export function checkSlug(ctx: RequestContext, wish: SlugWish): Promise<SlugAnswer> {
  return withRegistrar({ clinicId: newId(), userId: newId() }, ctx, async (db) => {
    const refusal = await refusalOf(db, wish.slug);
    if (!refusal) return { refusal, suggestions: [] };
    return { refusal, suggestions: await freeOnes(db, proposeSlugs(wish)) };
  });
}

/** Why this address cannot be had, null when it can. Inside the caller's transaction, as registrar or as the clinic's staff. */
export async function refusalOf(db: Db, slug: string): Promise<SlugAnswer["refusal"]> {
  if (isReserved(slug)) return "slugReserved";
  const alike = await db.slug.findFirst({
    where: { OR: [{ slug }, { skeleton: skeletonOf(slug) }] },
    orderBy: { createdAt: "asc" },
    select: { slug: true },
  });
  if (!alike) return null;
  return alike.slug === slug ? "slugTaken" : "slugConfusable";
}

async function freeOnes(db: Db, proposals: readonly string[]): Promise<string[]> {
  const open = proposals.filter((slug) => !isReserved(slug));
  const taken = await db.slug.findMany({
    where: { skeleton: { in: open.map(skeletonOf) } },
    select: { skeleton: true },
  });
  const skeletons = new Set(taken.map((row) => row.skeleton));
  return open.filter((slug) => !skeletons.has(skeletonOf(slug))).slice(0, 2);
}

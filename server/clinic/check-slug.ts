import type { ClinicContext, RequestContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { withRegistrar } from "#server/db/with-registrar.ts";
import type { ProfessionCode } from "./professions.ts";
import { proposeSlugs } from "./propose-slugs.ts";
import { isReserved } from "./reserved-slugs.ts";
import { skeletonOf } from "./slug-form.ts";

export interface SlugAnswer {
  /**
   * `slugTaken` also for an address that another clinic used once: it is never given again. `slugCurrent` and
   * `slugLikeOwn` are said to a clinic of its own addresses.
   */
  readonly refusal: "slugTaken" | "slugReserved" | "slugConfusable" | "slugCurrent" | "slugLikeOwn" | null;
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
  return answer(ctx, wish);
}

/** The same for a clinic that already has one: it may take back what it had. */
export function checkOwnSlug(ctx: ClinicContext, wish: SlugWish): Promise<SlugAnswer> {
  return answer(ctx, wish, ctx.clinic.id);
}

// As a registrar that registers nothing: the only role that sees every address ever given.
function answer(ctx: RequestContext, wish: SlugWish, clinicId?: string): Promise<SlugAnswer> {
  return withRegistrar({ clinicId: newId(), userId: newId() }, ctx, async (db) => {
    const refusal = await refusalOf(db, wish.slug, clinicId);
    if (!refusal || refusal === "slugCurrent") return { refusal, suggestions: [] };
    return { refusal, suggestions: await freeOnes(db, proposeSlugs(wish)) };
  });
}

/**
 * Why this address cannot be had, null when it can. Inside the caller's transaction as registrar.
 * @param clinicId who asks, when it is a clinic that already has an address
 */
export async function refusalOf(db: Db, slug: string, clinicId?: string): Promise<SlugAnswer["refusal"]> {
  if (isReserved(slug)) return "slugReserved";
  const alike = await db.slug.findFirst({
    where: { OR: [{ slug }, { skeleton: skeletonOf(slug) }] },
    orderBy: { createdAt: "asc" },
    select: { slug: true, clinicId: true, current: true },
  });
  if (!alike) return null;
  if (alike.clinicId !== clinicId) return alike.slug === slug ? "slugTaken" : "slugConfusable";
  if (alike.slug !== slug) return "slugLikeOwn";
  return alike.current ? "slugCurrent" : null;
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

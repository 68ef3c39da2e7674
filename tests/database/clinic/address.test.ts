import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readSession } from "#server/auth/read-session.ts";
import { newId } from "#server/db/new-id.ts";
import { withRegistrar } from "#server/db/with-registrar.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { callerOf, refusal } from "#tests/factories/caller.ts";
import { makeClinic, makeMember, requestContext, type TestClinic } from "#tests/factories/clinic.ts";

const freshSlug = () => `clinique-${randomBytes(6).toString("hex")}`;
const ask = (slug: string) => ({ slug, name: "Clinique du Fleuve", professions: ["physician" as const] });

/** Changes the address as the screen does: on top of the version that it shows. */
async function move({ owner }: TestClinic, at: { slug: string }, slug: string): Promise<string> {
  const caller = callerOf(owner, at);
  await caller.clinic.changeSlug({ slug, version: (await caller.clinic.address()).version });
  return slug;
}

describe("a clinic's public address", () => {
  it("changes, is journaled, and leads its members from the old one to the new", async () => {
    const clinic = await makeClinic();
    const member = await makeMember(clinic, "assistant");
    const slug = await move(clinic, clinic, freshSlug());
    for (const address of [clinic.slug, slug]) {
      expect((await callerOf(member, { slug: address }).membership.me()).clinic).toMatchObject({ id: clinic.id, slug });
    }
    expect(await callerOf(clinic.owner, { slug }).clinic.address()).toMatchObject({ slug, former: [clinic.slug] });
    const lines = await withStaff(clinic.owner.ctx, (db) =>
      db.auditEvent.findMany({ where: { event: "clinic.slug-changed" }, select: { agentId: true, detail: true } }),
    );
    expect(lines).toEqual([{ agentId: clinic.owner.userId, detail: { version: 2 } }]);
  });

  it("leads nobody else: a stranger finds at the old address what they find at none", async () => {
    const [clinic, stranger] = [await makeClinic(), await makeClinic()];
    await move(clinic, clinic, freshSlug());
    const nowhere = { slug: freshSlug() };
    const told = await refusal(callerOf(stranger.owner, clinic).membership.me());
    expect(told).toEqual(await refusal(callerOf(stranger.owner, nowhere).membership.me()));
    expect(told.code).toBe("NotFound");
    expect((await readSession(stranger.owner.token, "staff", clinic.slug))?.clinic).toBeUndefined();
  });

  it("once used is never another clinic's, and may be taken back by the one that had it", async () => {
    const [clinic, other] = [await makeClinic(), await makeClinic()];
    const slug = await move(clinic, clinic, freshSlug());
    const theirs = callerOf(other.owner, other);
    expect(await theirs.clinic.slug(ask(clinic.slug))).toMatchObject({ refusal: "slugTaken" });
    const { version } = await theirs.clinic.address();
    expect(await refusal(theirs.clinic.changeSlug({ slug: clinic.slug, version }))).toMatchObject({
      code: "Invalid",
      fields: { slug: "slugTaken" },
    });
    const ids = { clinicId: newId(), userId: newId() };
    const stolen = withRegistrar(ids, requestContext(), (db) =>
      db.slug.createMany({ data: { slug: clinic.slug, skeleton: newId(), clinicId: ids.clinicId } }),
    );
    await expect(stolen).rejects.toMatchObject({ key: "alreadyExists" });

    const mine = callerOf(clinic.owner, { slug });
    expect(await mine.clinic.slug(ask(clinic.slug))).toEqual({ refusal: null, suggestions: [] });
    await move(clinic, { slug }, clinic.slug);
    expect(await callerOf(clinic.owner, clinic).clinic.address()).toMatchObject({ slug: clinic.slug, former: [slug] });
  });

  it("that is reserved, or looks like another, gets a proposal; one's own is told apart", async () => {
    const [clinic, other] = [await makeClinic(), await makeClinic()];
    const caller = callerOf(clinic.owner, clinic);
    expect(await caller.clinic.slug(ask("ramq"))).toMatchObject({ refusal: "slugReserved" });
    const alike = await caller.clinic.slug(ask(other.slug.replace("-", "")));
    expect(alike.refusal).toBe("slugConfusable");
    expect(alike.suggestions).toHaveLength(2);
    expect(await caller.clinic.slug(ask(clinic.slug))).toMatchObject({ refusal: "slugCurrent" });
    expect(await caller.clinic.slug(ask(clinic.slug.replace("-", "")))).toMatchObject({ refusal: "slugLikeOwn" });
  });

  it("is kept from a second tab, from an old proof, and from a fourth change in a day", async () => {
    const clinic = await makeClinic();
    const caller = callerOf(clinic.owner, clinic);
    const { version } = await caller.clinic.address();
    await caller.clinic.changeSlug({ slug: freshSlug(), version });
    const late = await refusal(caller.clinic.changeSlug({ slug: freshSlug(), version }));
    expect(late).toMatchObject({ code: "Conflict", key: "stale" });
    await move(clinic, clinic, freshSlug());
    const fourth = await refusal(move(clinic, clinic, freshSlug()));
    expect(fourth.code).toBe("LimitReached");

    const calm = await makeClinic();
    await asAdmin(database.adminUrl, (admin) =>
      admin.query("update identity.session set confirmed_at = now() - interval '1 hour' where user_id = $1", [
        calm.owner.userId,
      ]),
    );
    expect(await refusal(move(calm, calm, freshSlug()))).toMatchObject({ key: "signIn.confirmNeeded" });
  });
});

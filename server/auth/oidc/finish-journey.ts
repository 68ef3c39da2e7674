import type { RequestContext } from "#server/context.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { DomainError } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { logger } from "#server/logger.ts";
import type { Device } from "../device/known-device.ts";
import { recordIdentityEvent } from "../journal/record-identity-event.ts";
import { readSession } from "../read-session.ts";
import type { OpenedSession } from "../session/open-session.ts";
import { askProvider, JourneyRefused } from "./ask-provider.ts";
import { type Journey, spendJourney } from "./journey.ts";
import { linkIdentity } from "./link-identity.ts";
import { openByProvider } from "./open-by-provider.ts";
import { readOpenProvider } from "./provider.ts";
import type { Refusal } from "./schema.ts";
import { unlockByProvider } from "./unlock-by-provider.ts";

export interface ComingBack {
  /** From the address that the provider sent the person to. */
  readonly clinicId: string;
  readonly query: URLSearchParams;
  /** The mark of this browser, if it has one. */
  readonly browser: string | undefined;
  readonly device: Device;
  /** The staff session of this browser, if it has one. */
  readonly sessionToken: string | undefined;
}

export type JourneyEnd =
  | { readonly kind: "opened"; readonly session: OpenedSession; readonly next: string }
  | { readonly kind: "linked" }
  | { readonly kind: "unlocked" }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly of: Journey["purpose"]["kind"] };

/**
 * What becomes of somebody whom a provider sends back: a session of that clinic alone, a link, or a session that wakes.
 * The provider's word is taken for its subject at its issuer, in its clinic; an e-mail is never looked at. A subject without
 * a link, one whose member left and one whose account is disabled are answered alike.
 */
export async function finishJourney(ctx: RequestContext, back: ComingBack): Promise<JourneyEnd> {
  let journey: Journey | null = null;
  try {
    await consumeLimit("oidc-address", addressKey(ctx.origin.address));
    journey = await spendJourney(ctx, { ...back, state: back.query.get("state") ?? "" });
    if (!journey) throw new JourneyRefused("expired");
    return await follow(ctx, back, journey);
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    logger.warn("oidc.refused", { requestId: ctx.requestId, code: refusal, clinicId: back.clinicId });
    await recordRefusal(ctx, back, journey, refusal);
    return { kind: "refused", refusal, of: journey?.purpose.kind ?? "sign-in" };
  }
}

async function follow(ctx: RequestContext, back: ComingBack, journey: Journey): Promise<JourneyEnd> {
  const { clinicId, purpose } = journey;
  const provider = await readOpenProvider(ctx, clinicId);
  if (!provider) throw new JourneyRefused("noDoor");
  // The door was moved while they were away.
  if (provider.issuer !== journey.issuer || provider.clientId !== journey.clientId) throw new JourneyRefused("expired");
  const { subject } = await askProvider(provider, journey, back.query);
  const identity = { clinicId, issuer: provider.issuer, subject };
  if (purpose.kind === "sign-in") {
    const session = await openByProvider(ctx, identity, back.device);
    return { kind: "opened", session, next: purpose.next };
  }
  // Whoever began it is still the one who sits here.
  const here = back.sessionToken ? await readSession(back.sessionToken, "staff") : null;
  if (!here || here.session.id !== purpose.sessionId || here.user.id !== journey.userId)
    throw new JourneyRefused("otherSession");
  if (purpose.kind === "link") {
    await linkIdentity(ctx, identity, here);
    return { kind: "linked" };
  }
  await unlockByProvider(ctx, identity, here);
  return { kind: "unlocked" };
}

function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof JourneyRefused) return error.refusal;
  if (error instanceof DomainError && error.code === "LimitReached") return "tooMany";
  return undefined;
}

async function recordRefusal(
  ctx: RequestContext,
  { clinicId }: ComingBack,
  journey: Journey | null,
  reason: Refusal,
): Promise<void> {
  // A stranger's knock names a clinic that nobody checked, and one that is slowed down writes no line per try.
  if (!journey && reason !== "expired") return;
  await withAuth({}, ctx, (db) =>
    recordIdentityEvent(db, ctx, {
      event: "oidc.refused",
      outcome: "refused",
      userId: journey?.userId ?? null,
      ...(journey ? { clinicId } : {}),
      detail: { reason, purpose: journey?.purpose.kind ?? null },
    }),
  );
}

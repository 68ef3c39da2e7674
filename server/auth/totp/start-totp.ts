import { generateSecret, generateURI } from "otplib";
import QRCode from "qrcode";
import type { UserContext } from "#server/context.ts";
import { openPlatformKey } from "#server/crypto/open-clinic-key.ts";
import { withAuth } from "#server/db/with-auth.ts";
import { conflict } from "#server/errors.ts";
import { sealTotpSecret } from "./totp-secret.ts";

export interface TotpEnrolment {
  /** Base32 in groups of four, for who cannot scan. */
  readonly secret: string;
  readonly uri: string;
  /** An image of the address, as SVG. */
  readonly qr: string;
}

/**
 * Proposes a secret to the person's application. It counts for nothing until a code confirms that the application has it;
 * asked again, another replaces it.
 * @throws Conflict `signIn.totpAlready` when one is confirmed.
 */
export async function startTotp(ctx: UserContext): Promise<TotpEnrolment> {
  const userId = ctx.user.id;
  const secret = generateSecret();
  const sealedSecret = sealTotpSecret(await openPlatformKey(), userId, secret);
  await withAuth({ userId }, ctx, async (db) => {
    await db.totp.deleteMany({ where: { userId, confirmedAt: null } });
    const { count } = await db.totp.createMany({ data: { userId, sealedSecret }, skipDuplicates: true });
    if (count === 0) throw conflict("signIn.totpAlready");
  });
  const uri = generateURI({ issuer: "Chevet", label: ctx.user.email, secret });
  const qr = await QRCode.toString(uri, { type: "svg", errorCorrectionLevel: "M", margin: 2 });
  return { secret: secret.replace(/(.{4})(?=.)/g, "$1 "), uri, qr };
}

import { verify } from "otplib";

/** RFC 6238 section 4: thirty seconds to a step, six digits, SHA-1, as every application expects. */
const period = 30;

/**
 * The 30-second step whose code this is, among the current one and its two neighbours (RFC 6238 section 5.2), or null.
 * The caller keeps the step: a code opens one door once.
 */
export async function matchTotp(secret: string, code: string): Promise<bigint | null> {
  if (!/^\d{6}$/.test(code)) return null;
  const result = await verify({ secret, token: code, period, epochTolerance: period });
  if (!result.valid) return null;
  return BigInt(Math.floor(Date.now() / 1000 / period) + result.delta);
}

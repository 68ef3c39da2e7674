import type { VisitorContext } from "#server/context.ts";
import { precondition } from "#server/errors.ts";

/** The hash of what this browser goes by. @throws Precondition `booking.tokenNeeded`: the page made none */
export function needToken({ tokenHash }: VisitorContext): Uint8Array<ArrayBuffer> {
  if (!tokenHash) throw precondition("booking.tokenNeeded");
  return new Uint8Array(tokenHash);
}

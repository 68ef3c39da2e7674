import type { UserContext } from "#server/context.ts";
import { precondition } from "#server/errors.ts";

/**
 * Linking and unlinking are the person's own acts: whoever runs the provider, and could open a session by it, makes and
 * cuts no link.
 * @throws Precondition `oidc.ownMeansOnly`
 */
export function requireOwnDoor({ session }: UserContext): void {
  if (session.clinicId !== null) throw precondition("oidc.ownMeansOnly");
}

/** What an address says of a journey that ended (server/web/oidc-door.ts). */
export interface Told {
  /** A word of the closed list of refusals. */
  refus?: string;
  /** The number of the request. */
  demande?: string;
}

/** Only a number of ours is shown: whoever makes an address writes nothing on our page. */
export function requestIdIn({ demande }: Told): string | undefined {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(demande ?? "") ? demande : undefined;
}

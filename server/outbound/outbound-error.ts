/** Why an outbound call was refused or given up. */
export type OutboundRefusal =
  /** The integration's register entry and settings do not name this host and port. */
  | "NotListed"
  /** Not https, credentials in the address, or another malformed address. */
  | "BadAddress"
  /** The name leads, wholly or in part, to an address that is not on the public Internet. */
  | "PrivateAddress"
  | "UnknownHost"
  | "TooManyRedirects"
  /** A redirect that would carry a request's body to another origin. */
  | "BadRedirect"
  | "TooLarge"
  | "TimedOut"
  /** Refused, reset, or a certificate that does not hold. */
  | "Unreachable"
  /** Compressed in spite of what was asked: its real size cannot be bounded. */
  | "BadAnswer";

/** The message names no address: it may hold a token. */
export class OutboundError extends Error {
  readonly code: OutboundRefusal;

  constructor(code: OutboundRefusal, options?: ErrorOptions) {
    super(`Outbound call refused or given up: ${code}.`, options);
    this.name = "OutboundError";
    this.code = code;
  }
}

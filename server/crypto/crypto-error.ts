/** Why a cryptographic verb refused. None of these says anything about the protected content. */
export type CryptoRefusal =
  /** The wrapped data key is not in the key store. */
  | "KeyMissing"
  /** The key was destroyed on purpose; it never comes back. */
  | "KeyDestroyed"
  /** A key under that id exists already. */
  | "KeyExists"
  /** The key-encryption key file is absent, unsafe or malformed, or lacks the version that wrapped a key. */
  | "KekUnavailable"
  /** The version is still needed, or may not be taken out. */
  | "KekInUse"
  /** The key store cannot keep a promise that it must keep. */
  | "KeyStoreUnfit"
  /** Ciphertext altered, cut, moved to another place, or opened with another key. */
  | "Unauthentic";

/** A refusal of the crypto room: an operator's matter, never shown to a person as it is. */
export class CryptoError extends Error {
  readonly code: CryptoRefusal;

  constructor(code: CryptoRefusal, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "CryptoError";
    this.code = code;
  }
}

import type { Place } from "#server/crypto/sealed-value.ts";

/** Where the secret of a fax account is sealed: of one clinic, and of nothing else. */
export const faxSecretPlace = (clinicId: string): Place => ({
  clinic: clinicId,
  table: "clinic.fax_account",
  column: "sealed_secret",
  row: clinicId,
});

/** A clinic's fax account as its screen shows it: the secret is never read back. */
export interface FaxAccountRecord {
  readonly apiUrl: string;
  readonly account: string;
  /** E.164, or ''. */
  readonly sender: string;
  readonly hasSecret: boolean;
  /** null: there is none yet. */
  readonly version: number | null;
}

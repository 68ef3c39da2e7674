import type { ClinicContext } from "#server/context.ts";
import { CryptoError } from "#server/crypto/crypto-error.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import { sealValue } from "#server/crypto/seal-value.ts";
import type { Place } from "#server/crypto/sealed-value.ts";
import { invalid } from "#server/errors.ts";

/** Where a list of documents goes on. */
export interface SearchPlace {
  readonly id: string;
  /** It may be a document that this person may not read: only a search by words goes on from there. */
  readonly sealed: boolean;
}

const boundTo = (clinic: string, row: string): Place => ({
  clinic,
  table: "clinic.document",
  column: "search_place",
  row,
});

/** For one person, a place that may be a document which they may not read: its id would say that the words stand in it. */
export async function sealPlace({ clinic, user }: ClinicContext, id: string): Promise<string> {
  const sealed = sealValue(await openClinicKey(clinic.id), boundTo(clinic.id, user.id), id);
  return Buffer.from(sealed).toString("base64url");
}

/** @throws Invalid `malformed` for what was not sealed for this person */
export async function openPlace(
  { clinic, user }: ClinicContext,
  cursor: string | null | undefined,
): Promise<SearchPlace | null> {
  if (!cursor) return null;
  if (cursor.length === 36) return { id: cursor, sealed: false };
  try {
    const key = await openClinicKey(clinic.id);
    return { id: openText(key, boundTo(clinic.id, user.id), Buffer.from(cursor, "base64url")), sealed: true };
  } catch (error) {
    if (error instanceof CryptoError) throw invalid("malformed");
    throw error;
  }
}

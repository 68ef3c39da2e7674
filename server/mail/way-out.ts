/** An address's own way out of one clinic's mail: who holds the token ends it. Where it leads is the clinic's page, or a POST from the mailbox. */
export interface WayOut {
  readonly slug: string;
  readonly token: string;
}

/** The page where a button ends a clinic's mail; what opens it stands behind the #. */
export const wayOutPage = (origin: string, { slug, token }: WayOut) => `${origin}/c/${slug}/desabonnement#${token}`;

/** The mailbox's own button, by POST only (RFC 8058): a scanner that opens every link ends nothing. */
export const wayOutHeaders = (origin: string, { slug, token }: WayOut) => ({
  "List-Unsubscribe": `<${origin}/api/c/${slug}/desabonnement/${token}>`,
  "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
});

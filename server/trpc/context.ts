import type { Realm, RequestContext } from "#server/context.ts";

/** What a door knows of a call before anybody is identified. */
export interface CallContext extends RequestContext {
  /** The session cookie of a realm, as it came. */
  readonly cookie: (realm: Realm) => string | undefined;
  /** Any other cookie by its whole name. */
  readonly readCookie?: (name: string) => string | undefined;
  /** The realm of the door: the host's console has its own (`/api/host/trpc/…`), a clinic's public page too (`/api/c/<slug>/trpc/…`), every other is the staff's. */
  readonly realm?: "staff" | "host" | "visitor";
  /** From the route (`/api/clinic/<slug>/…` or the page's own address), never from an input. */
  readonly clinicSlug?: string;
  /** A page refreshing itself: it reads, but does not keep an idle session awake. */
  readonly background: boolean;
  /** Whom the page that calls was made for: nobody else's session answers it. Absent where no page says. */
  readonly person?: string;
  /** The token of a visitor's hold or visit, as their page keeps it: sent in a header, never in an address. */
  readonly visitToken?: string;
  /** A break-glass row that the person opened, sent with each call that needs it. The database believes only a live one of theirs. */
  readonly breakGlassId?: string;
  /** Adds a Set-Cookie to the answer; absent where the answer's head is already gone (a page being rendered). */
  readonly setCookie?: (cookie: string) => void;
}

import type { Permission, Role } from "#server/access/permissions.ts";

/** Who asks, from where, in which language. Each type holds all of the one before: none can be half filled. */

export type Locale = "fr" | "en";
export type Realm = "staff" | "patient" | "host";

export interface RequestContext {
  /** UUIDv7, shown to the person with every error and written beside every line of the log and the journal. */
  readonly requestId: string;
  readonly locale: Locale;
  readonly origin: { readonly address: string; readonly userAgent: string };
}

export interface SessionView {
  readonly id: string;
  readonly realm: Realm;
  readonly method: "password" | "passkey" | "oidc";
  /** Idle for too long, or locked by hand: every call is refused until the person proves who they are again. */
  readonly locked: boolean;
  /** Set when a clinic's OpenID Connect door opened this session: it opens that clinic only. */
  readonly clinicId: string | null;
  readonly idleMinutes: number;
  readonly secondFactorAt: string | null;
  /** Last proof of who this is; dangerous acts ask for a recent one. */
  readonly confirmedAt: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface UserView {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly locale: Locale;
  readonly hasSecondFactor: boolean;
}

export interface UserContext extends RequestContext {
  readonly session: SessionView;
  readonly sessionHash: Uint8Array;
  readonly user: UserView;
}

export interface ClinicView {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
  readonly status: "pending" | "approved" | "suspended";
  readonly requireSecondFactor: boolean;
  readonly idleMinutes: number;
}

export interface MembershipView {
  readonly id: string;
  readonly role: Role;
  readonly privacyOfficer: boolean;
  readonly displayName: string;
  /** null: every location of the clinic. */
  readonly locationIds: readonly string[] | null;
  /** What they practise here, by their practitioner's card; "" for whoever has none. */
  readonly profession: string;
  readonly permissions: ReadonlySet<Permission>;
}

export interface ClinicContext extends UserContext {
  readonly clinic: ClinicView;
  readonly membership: MembershipView;
  /** A live clinic.break_glass row of this person, when one was asked for. */
  readonly breakGlassId?: string;
}

export interface HostContext extends UserContext {
  readonly operator: true;
}

/** Whoever reads a clinic's public page. Nobody knows who it is: a token at most says which hold or visit is theirs. */
export interface VisitorContext extends RequestContext {
  readonly visitor: true;
  readonly clinic: { readonly id: string; readonly slug: string };
  /** SHA-256 of the token of a hold or of a visit's link, when the page holds one. */
  readonly tokenHash?: Uint8Array;
}

/** The worker, acting for a clinic (or, with null, for the platform) and for nobody in particular. */
export interface SystemContext {
  readonly requestId: string;
  readonly job: string;
  readonly clinicId: string | null;
  /** Whoever asked for this work: it then sees what they may see, and no more. */
  readonly forUserId?: string;
}

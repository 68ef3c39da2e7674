import type pg from "pg";
import { openSession } from "#server/auth/session/open-session.ts";
import type { Realm } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { requestContext } from "#tests/factories/clinic.ts";
import { anySubject, sharedProvider } from "#tests/factories/oidc.ts";

/** More sessions of one person: one that still works in a realm of its own, and those that must open nothing any more. */
export interface Sessions {
  readonly locked: string;
  readonly revoked: string;
  readonly expired: string;
  /** Signed in twenty minutes ago: good for everything but what asks for a proof of the last ten. */
  readonly stale: string;
  /** As a clinic's own OpenID Connect provider opens one: for that clinic, proven by nobody. */
  readonly vouched: string;
  /** Of the patient's and of the host's realm. */
  readonly patient: string;
  readonly host: string;
}

const states = {
  locked: "locked_at = now()",
  revoked: "revoked_at = now()",
  expired: "created_at = now() - interval '2 days', expires_at = now() - interval '1 second'",
  stale: "confirmed_at = now() - interval '20 minutes'",
  vouched: "method = 'oidc', clinic_id = $2, confirmed_at = to_timestamp(0)",
};

/** Opens them as the sign-in door does, then ages them as superuser. */
export async function sessionsOf(userId: string, clinicId: string, admin: pg.Client): Promise<Sessions> {
  const open = (realm: Realm) =>
    openSession(requestContext(), { userId, realm, method: "password", secondFactor: true, newDevice: false });
  await letIn(userId, clinicId, admin);
  const made = Object.entries(states).map(async ([name, change]) => {
    const { id, token } = await open("staff");
    const values = change.includes("$2") ? [id, clinicId] : [id];
    await admin.query(`update identity.session set ${change} where id = $1`, values);
    return [name, token];
  });
  const [patient, host] = [(await open("patient")).token, (await open("host")).token];
  return { ...(Object.fromEntries(await Promise.all(made)) as Omit<Sessions, "patient" | "host">), patient, host };
}

/** The provider's door of that clinic, and this person's link with it: without them what it opened is over. */
async function letIn(userId: string, clinicId: string, admin: pg.Client): Promise<void> {
  const { issuer, clientId } = await sharedProvider();
  await admin.query(
    "insert into identity.oidc_provider (clinic_id, issuer, client_id, label, enabled) values ($1, $2, $3, 'Connexion', true) on conflict (clinic_id) do nothing",
    [clinicId, issuer, clientId],
  );
  await admin.query(
    "insert into identity.federated_identity (clinic_id, id, issuer, subject, user_id, linked_at) values ($1, $2, $3, $4, $5, now() - interval '1 minute') on conflict do nothing",
    [clinicId, newId(), issuer, anySubject(), userId],
  );
}

import type { HostContext } from "#server/context.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic } from "./clinic.ts";

/** A person of the host. No role of ours may name one: the host does, as administrator of its own database. */
export async function makeOperator(): Promise<HostContext> {
  const { owner } = await makeClinic("Hébergeur");
  await asAdmin(database.adminUrl, (admin) =>
    admin.query("insert into host.operator (user_id) values ($1)", [owner.userId]),
  );
  const { requestId, locale, origin, session, sessionHash, user } = owner.ctx;
  return { requestId, locale, origin, session, sessionHash, user, operator: true };
}

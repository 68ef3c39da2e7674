import { access } from "../expected/access.ts";
import { becomes } from "../expected/roles.ts";
import type { World } from "../rows/make-world.ts";
import { ownerColumns } from "../rows/owner-columns.ts";
import type { Row } from "../rows/row.ts";
import { fixedKeys, type Keys } from "./holds.ts";

/** Somebody who tries: which login, which role, with which keys, and whether through the door (reference.enter) or past it. */
export interface Actor {
  readonly name: "rightful" | "other clinic" | "other person" | "nothing set" | "malformed" | `only ${string}`;
  readonly login: "web" | "worker";
  readonly role: string;
  readonly keys: Keys;
  /** false: the login becomes the role by itself and sets the keys by itself, as injected SQL would. */
  readonly door: boolean;
}

export const loginsOf = (role: string) =>
  (["web", "worker"] as const).filter((login) => becomes[login]?.includes(role));

/** Everything that the owner of this row may hold, as this role. */
export function rightfulKeys(table: string, role: string, row: Row, world: World): Record<string, string | undefined> {
  const keys: Record<string, string | undefined> = {
    clinic_id: row.clinic_id?.text ?? world.clinicId,
    user_id: world.userId,
    patient_id: world.patientId,
    session_hash: world.common("identity.session").token_hash?.text ?? undefined,
    token_hash: world.common("identity.invitation").token_hash?.text ?? undefined,
    secret_id: world.common("identity.one_time_secret").id?.text ?? undefined,
    email: world.common("identity.user").email?.text ?? undefined,
    slug: world.common("host.slug").slug?.text ?? undefined,
    // Members of the worlds give care: reference.enter says so; past the door one says so oneself.
    clinical: "on",
  };
  for (const [column, key] of Object.entries(ownerColumns(table, role))) keys[key] = row[column]?.text ?? keys[key];
  return { ...keys, ...fixedKeys(access[table]?.[role] ?? ""), ...(takesPerson(role) ? {} : { user_id: undefined }) };
}

/** Roles of the worker's housekeeping act for nobody. */
const takesPerson = (role: string) => !["billing", "relay", "sealer", "mover"].includes(role);

/** Everybody who tries this row in this role. `own` is the attacker's own row of the same table, in another world. */
export function actorsOf(table: string, role: string, row: Row, world: World, own: Row, others: World): Actor[] {
  const rightful = rightfulKeys(table, role, row, world);
  const foreign = rightfulKeys(table, role, own, others);
  const stranger = { ...foreign, clinic_id: rightful.clinic_id };
  const used = new Set([...Object.values(ownerColumns(table, role)), "clinic_id"]);
  return loginsOf(role).flatMap((login): Actor[] => [
    { name: "rightful", login, role, keys: jobKeys(login, role, rightful), door: true },
    { name: "other clinic", login, role, keys: jobKeys(login, role, foreign), door: true },
    { name: "other person", login, role, keys: stranger, door: true },
    { name: "other person", login, role, keys: stranger, door: false },
    { name: "nothing set", login, role, keys: {}, door: true },
    { name: "nothing set", login, role, keys: {}, door: false },
    {
      name: "malformed",
      login,
      role,
      keys: Object.fromEntries([...used].map((key) => [key, "not-a-key"])),
      door: false,
    },
    ...[...used].map(
      (key): Actor => ({ name: `only ${key}`, login, role, keys: { [key]: rightful[key] }, door: false }),
    ),
  ]);
}

/** As staff, the worker acts for a clinic and for no person. */
const jobKeys = (login: string, role: string, keys: Keys): Keys =>
  login === "worker" && role === "staff" ? { ...keys, user_id: undefined, clinical: undefined } : keys;

/** Whether reference.enter lets somebody in at all. */
export function doorOpens(actor: Actor, members: ReadonlySet<string>, operators: ReadonlySet<string>): boolean {
  const { role, login, keys } = actor;
  if (["staff", "patient", "visitor", "registrar", "sealer", "mover"].includes(role) && !keys.clinic_id) return false;
  if (role === "patient" && !keys.patient_id) return false;
  if (role === "registrar" && !keys.user_id) return false;
  if (role === "host") return operators.has(keys.user_id ?? "");
  if (role !== "staff") return true;
  return keys.user_id ? members.has(`${keys.clinic_id} ${keys.user_id}`) : login === "worker";
}

import type { Role } from "../catalogue/catalogue.ts";
import { becomes, logins, serving, timeouts } from "../expected/roles.ts";
import { differences, type Law } from "./law.ts";

const names = [...logins, ...serving, "search"].map((name) => `chevet_${name}`);

/** The roles are these, and none has a power beyond its place. The superuser that made the cluster is PostgreSQL's own. */
export const roleAttributes: Law = ({ roles }) => [
  ...differences(
    "role",
    roles.filter(({ superuser }) => !superuser).map(({ name }) => name),
    names,
  ),
  ...roles.filter(({ name }) => name !== "postgres").flatMap(faultsOf),
];

function faultsOf(role: Role): string[] {
  const is: string[] = [];
  if (role.superuser) is.push("is a superuser");
  if (role.inherit) is.push("inherits: it would hold the rights of the roles it may become without becoming them");
  if (role.createRole) is.push("may make roles");
  if (role.createDatabase) is.push("may make databases");
  if (role.replication) is.push("may replicate");
  const mayLogIn = (logins as readonly string[]).includes(role.name.replace("chevet_", ""));
  if (role.login !== mayLogIn) is.push(mayLogIn ? "cannot log in" : "may log in");
  if (role.bypassRls !== (role.name === "chevet_search")) is.push(`bypassrls is ${role.bypassRls}`);
  return is.map((fault) => `role ${role.name}: ${fault}`);
}

export const roleTimeouts: Law = ({ roles }) =>
  Object.entries(timeouts).flatMap(([name, wanted]) => {
    const settings = roles.find((role) => role.name === `chevet_${name}`)?.settings ?? [];
    const lasting = settings.filter((one) => !/=0(ms|s|min)?$/.test(one)).map((one) => one.split("=")[0] ?? "");
    return wanted.filter((one) => !lasting.includes(one)).map((one) => `role chevet_${name}: has no ${one}`);
  });

/** Who may become whom, and only by becoming: no rights inherited, none handed on. */
export const roleMemberships: Law = ({ memberships }) => {
  const expected = Object.entries(becomes).flatMap(([member, roles]) =>
    roles.map((role) => `chevet_${member} in chevet_${role}`),
  );
  const actual = memberships.map(({ member, role }) => `${member} in ${role}`);
  const powers = memberships.flatMap(({ member, role, admin, inherit, set }) => [
    ...(admin ? [`membership ${member} in ${role}: may be handed on`] : []),
    ...(inherit ? [`membership ${member} in ${role}: is inherited`] : []),
    ...(set === false ? [`membership ${member} in ${role}: cannot be entered`] : []),
  ]);
  return [...differences("membership", actual, expected), ...powers];
};

import type { Catalogue } from "../catalogue/catalogue.ts";
import { becomes, logins, schemaUsage, serving } from "../expected/roles.ts";
import type { Mutation } from "./mutation.ts";

const roles = [...serving, "search", ...logins];

/** Each role in turn with each power that it must not have, and each way in that it must not have. */
export function weakenRoles(catalogue: Catalogue, major: number): Mutation[] {
  return [
    ...roles.flatMap(attributes),
    ...memberships(major),
    ...timeouts(catalogue),
    ...schemas(),
    one("a role that nobody knows", ["create role chevet_helper nologin noinherit"], "role"),
    one("a role of PostgreSQL's given to the web", ["grant pg_read_all_data to chevet_web"], "membership"),
  ];
}

/** What has to be read again to notice; a new table, view or type takes it all. */
const parts: Readonly<Record<string, keyof Catalogue>> = {
  role: "roles",
  membership: "memberships",
  "time-out": "roles",
  schema: "schemas",
  "default privileges": "defaultPrivileges",
  database: "database",
  type: "types",
};

const one = (name: string, sql: string[], kind: string): Mutation => ({
  name,
  kind,
  sql,
  part: parts[kind] ?? parts[kind.split(" ")[0] ?? ""],
});

function attributes(role: string): Mutation[] {
  const flags = [
    "superuser",
    "inherit",
    "createrole",
    "createdb",
    "replication",
    ...(role === "search" ? ["nobypassrls"] : ["bypassrls"]),
  ];
  const login = (logins as readonly string[]).includes(role) ? "nologin" : "login";
  return [...flags, login].map((flag) =>
    one(`role chevet_${role}: ${flag}`, [`alter role chevet_${role} ${flag}`], `role ${flag}`),
  );
}

function memberships(major: number): Mutation[] {
  const held = Object.entries(becomes).flatMap(([member, of]) => of.map((role) => [member, role] as const));
  const has = (member: string, role: string) => held.some(([a, b]) => a === member && b === role);
  const missing = roles.flatMap((member) =>
    roles
      .filter((role) => role !== member && !has(member, role) && !has(role, member))
      .map((role) => [member, role] as const),
  );
  const options = major >= 16 ? ["admin true", "inherit true", "set false"] : [];
  return [
    ...missing.map(([member, role]) =>
      one(`chevet_${member} becomes chevet_${role}`, [`grant chevet_${role} to chevet_${member}`], "membership given"),
    ),
    ...held.map(([member, role]) =>
      one(
        `chevet_${member} no more becomes chevet_${role}`,
        [`revoke chevet_${role} from chevet_${member}`],
        "membership taken",
      ),
    ),
    ...held.flatMap(([member, role]) =>
      options.map((option) =>
        one(
          `chevet_${member} in chevet_${role}: ${option}`,
          [`grant chevet_${role} to chevet_${member} with ${option}`],
          `membership ${option}`,
        ),
      ),
    ),
    ...(major >= 16
      ? []
      : held.map(([member, role]) =>
          one(
            `chevet_${member} hands chevet_${role} on`,
            [`grant chevet_${role} to chevet_${member} with admin option`],
            "membership admin true",
          ),
        )),
  ];
}

const timeouts = ({ roles: all }: Catalogue) =>
  all.flatMap(({ name, settings }) =>
    settings
      .filter((setting) => /timeout=/.test(setting))
      .flatMap((setting) => {
        const key = setting.split("=")[0];
        return [
          one(`role ${name}: no ${key}`, [`alter role ${name} reset ${key}`], "time-out"),
          one(`role ${name}: endless ${key}`, [`alter role ${name} set ${key} = 0`], "time-out"),
        ];
      }),
  );

function schemas(): Mutation[] {
  const grantees = [...roles.filter((role) => role !== "owner").map((role) => `chevet_${role}`), "public"];
  const opened = Object.entries(schemaUsage).flatMap(([schema, usage]) =>
    grantees.flatMap((grantee) => [
      ...(usage.includes(grantee.replace("chevet_", ""))
        ? []
        : [
            one(
              `schema ${schema}: usage for ${grantee}`,
              [`grant usage on schema ${schema} to ${grantee}`],
              "schema usage",
            ),
          ]),
      one(
        `schema ${schema}: create for ${grantee}`,
        [`grant create on schema ${schema} to ${grantee}`],
        "schema create",
      ),
    ]),
  );
  const others = Object.keys(schemaUsage).flatMap((schema) => [
    one(`schema ${schema}: another owner`, [`alter schema ${schema} owner to chevet_staff`], "schema owner"),
    one(
      `schema ${schema}: open by default`,
      [`alter default privileges for role chevet_owner in schema ${schema} grant select on tables to chevet_staff`],
      "default privileges",
    ),
    one(`schema ${schema}: an enum`, [`create type ${schema}.mood as enum ('sad')`], "type"),
    one(`schema ${schema}: a domain`, [`create domain ${schema}.short as text check (length(value) < 5)`], "type"),
    one(`schema ${schema}: a table of somebody else`, [`create table ${schema}.spare (id uuid primary key)`], "table"),
    one(
      `schema ${schema}: a view that looks with its owner's eyes`,
      [
        `create view ${schema}.all_clinics as select * from clinic.clinic`,
        `alter view ${schema}.all_clinics owner to chevet_owner`,
      ],
      "view",
    ),
    one(
      `schema ${schema}: a materialised copy`,
      [
        `create materialized view ${schema}.copy as select * from clinic.clinic`,
        `alter materialized view ${schema}.copy owner to chevet_owner`,
      ],
      "view",
    ),
  ]);
  return [
    ...opened,
    ...others,
    one("a sixth schema", ["create schema public"], "schema"),
    one(
      "functions open by default",
      ["alter default privileges for role chevet_owner grant execute on functions to public"],
      "default privileges",
    ),
    one(
      "types open by default",
      ["alter default privileges for role chevet_owner grant usage on types to public"],
      "default privileges",
    ),
    one(
      "tables open by default",
      ["alter default privileges for role chevet_owner grant select on tables to chevet_visitor"],
      "default privileges",
    ),
    ...["connect", "temporary", "create"].flatMap((privilege) =>
      ["public", "chevet_staff", "chevet_search"].map((grantee) =>
        one(
          `database: ${privilege} for ${grantee}`,
          [`do $$ begin execute format('grant ${privilege} on database %I to ${grantee}', current_database()); end $$`],
          "database",
        ),
      ),
    ),
  ];
}

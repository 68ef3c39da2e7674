/** What PostgreSQL's own catalogue says of the five schemas and of the roles, as plain data that rules can judge. */

export interface Grant {
  /** A role's name, or "public". */
  grantee: string;
  privilege: string;
  grantable: boolean;
}

export interface Column {
  name: string;
  type: string;
  notNull: boolean;
  hasDefault: boolean;
  generated: boolean;
  grants: Grant[];
}

export interface Constraint {
  name: string;
  /** p primary, u unique, f foreign, c check, x exclusion. */
  type: "p" | "u" | "f" | "c" | "x" | "t";
  columns: string[];
  definition: string;
  /** schema.table, for a foreign key. */
  references: string | null;
  referencedColumns: string[] | null;
  deferrable: boolean;
}

export interface Index {
  name: string;
  unique: boolean;
  /** Leading column, or the expression that leads. */
  first: string;
  columns: (string | null)[];
  partial: boolean;
  ofConstraint: boolean;
}

export type Command = "r" | "a" | "w" | "d" | "*";

export interface Policy {
  name: string;
  permissive: boolean;
  command: Command;
  roles: string[];
  using: string | null;
  check: string | null;
  subselect: boolean;
}

export interface Trigger {
  name: string;
  function: string;
  enabled: string;
}

export interface Table {
  schema: string;
  name: string;
  /** r table, p partitioned, v view, m materialised view, f foreign. */
  kind: string;
  owner: string;
  rowSecurity: boolean;
  forced: boolean;
  options: string[];
  columns: Column[];
  constraints: Constraint[];
  indexes: Index[];
  policies: Policy[];
  triggers: Trigger[];
  rules: string[];
  grants: Grant[];
}

export interface Routine {
  schema: string;
  name: string;
  signature: string;
  owner: string;
  kind: string;
  language: string;
  securityDefiner: boolean;
  settings: string[];
  grants: Grant[];
  result: string;
}

export interface Sequence {
  schema: string;
  name: string;
  owner: string;
  grants: Grant[];
}

export interface UserType {
  schema: string;
  name: string;
  owner: string;
  /** e enum, d domain, c composite, r range. */
  kind: string;
  grants: Grant[];
}

export interface Role {
  name: string;
  superuser: boolean;
  inherit: boolean;
  createRole: boolean;
  createDatabase: boolean;
  login: boolean;
  replication: boolean;
  bypassRls: boolean;
  settings: string[];
}

export interface RoleMembership {
  member: string;
  role: string;
  admin: boolean;
  /** PostgreSQL 16 and later keep these per grant; on 15 the member's own attribute rules, and they read null. */
  inherit: boolean | null;
  set: boolean | null;
}

export interface DefaultPrivilege {
  owner: string;
  /** null: every schema. */
  schema: string | null;
  /** r tables, S sequences, f functions, T types, n schemas. */
  objects: string;
  grants: Grant[];
}

export interface Catalogue {
  schemas: { name: string; owner: string; grants: Grant[] }[];
  tables: Table[];
  routines: Routine[];
  sequences: Sequence[];
  types: UserType[];
  roles: Role[];
  memberships: RoleMembership[];
  defaultPrivileges: DefaultPrivilege[];
  database: { owner: string; grants: Grant[] };
  extensions: { name: string; schema: string }[];
  eventTriggers: string[];
}

/** `schema.table`, as everything here names a table. */
export const nameOf = (thing: { schema: string; name: string }) => `${thing.schema}.${thing.name}`;

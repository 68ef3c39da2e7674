import type { Grant } from "../catalogue/catalogue.ts";
import { nameOf } from "../catalogue/catalogue.ts";
import { libraryTypes } from "../expected/queue-library.ts";
import { schemaUsage } from "../expected/roles.ts";
import { differences, type Law } from "./law.ts";

const sentence = ({ grantee, privilege, grantable }: Grant) =>
  `${grantee} ${privilege}${grantable ? " (may be handed on)" : ""}`;
const chevet = (name: string) => `chevet_${name}`;

/** Five schemas, five classes, no sixth (promise 1); each is the owner's, and only the listed roles may look inside. */
export const fiveSchemas: Law = ({ schemas }) => [
  ...differences(
    "schema",
    schemas.map(({ name }) => name),
    Object.keys(schemaUsage),
  ),
  ...schemas
    .filter(({ owner }) => owner !== "chevet_owner")
    .map(({ name, owner }) => `schema ${name}: belongs to ${owner}`),
  ...schemas.flatMap(({ name, grants }) =>
    differences(
      `schema ${name}`,
      grants.filter(({ grantee }) => grantee !== "chevet_owner").map(sentence),
      (schemaUsage[name] ?? []).map((role) => `${chevet(role)} USAGE`),
    ),
  ),
];

/** The database itself: nobody by default. Only the owner makes things; the queue's library needs temporary tables. */
export const databaseGrants: Law = ({ database, eventTriggers }) => [
  ...differences("database", database.grants.filter(({ grantee }) => grantee !== database.owner).map(sentence), [
    ...["owner", "web", "worker", "queue"].map((name) => `${chevet(name)} CONNECT`),
    "chevet_owner CREATE",
    "chevet_queue TEMPORARY",
  ]),
  ...eventTriggers.map((name) => `event trigger ${name}: none is expected`),
];

/** What the owner makes next belongs to nobody else until it is granted. */
export const defaultPrivileges: Law = (catalogue) => {
  const kinds = { f: "functions", T: "types" } as const;
  const closed = Object.entries(kinds).filter(
    ([kind]) =>
      !catalogue.defaultPrivileges.some(
        ({ owner, objects, schema }) => owner === "chevet_owner" && objects === kind && schema === null,
      ),
  );
  return [
    ...closed.map(([, what]) => `default privileges: new ${what} of chevet_owner are open to PUBLIC`),
    ...catalogue.defaultPrivileges.flatMap(({ owner, objects, grants }) =>
      grants
        .filter(({ grantee }) => grantee !== owner)
        .map((one) => `default privileges of ${owner} on ${objects}: ${sentence(one)}`),
    ),
  ];
};

/** The four that PostgreSQL ships and trusts. Their functions are PostgreSQL's own code, open to all, and look at no table. */
export const extensions: Law = (catalogue) =>
  differences(
    "extension",
    catalogue.extensions.map(({ name, schema }) => `${name} in ${schema}`),
    ["btree_gin", "btree_gist", "pg_trgm", "unaccent"].map((name) => `${name} in reference`),
  );

/** Text with CHECK instead of enums: an enum's `=` is not leakproof, so row security could not use an index for it. */
export const noTypes: Law = ({ types }) => [
  ...types
    .map(nameOf)
    .filter((name) => !libraryTypes.includes(name))
    .map((name) => `type ${name}: none is expected`),
  ...types.flatMap((type) =>
    type.grants
      .filter(({ grantee }) => grantee !== type.owner && grantee !== "chevet_queue")
      .map((one) => `type ${nameOf(type)}: ${sentence(one)}`),
  ),
];

const sequenceUsage: Readonly<Record<string, readonly string[]>> = {
  "clinic.change_number": ["mover", "registrar", "staff", "visitor"],
};

/** A sequence is only ever drawn from: reading or setting one would tell or change what other clinics do. */
export const sequences: Law = (catalogue) =>
  catalogue.sequences.flatMap((sequence) => [
    ...(sequence.owner === "chevet_owner" ? [] : [`sequence ${nameOf(sequence)}: belongs to ${sequence.owner}`]),
    ...differences(
      `sequence ${nameOf(sequence)}`,
      sequence.grants.filter(({ grantee }) => grantee !== sequence.owner).map(sentence),
      (sequenceUsage[nameOf(sequence)] ?? (sequence.schema === "queue" ? ["queue"] : [])).map(
        (role) => `${chevet(role)} USAGE`,
      ),
    ),
  ]);

import { nameOf } from "../catalogue/catalogue.ts";
import { effectiveAccess, granteesOf, rowPrivileges } from "../catalogue/effective-access.ts";
import { access } from "../expected/access.ts";
import { isLibraryTable } from "../expected/queue-library.ts";
import { differences, type Law } from "./law.ts";

/** Nothing to PUBLIC, nothing that may be handed on, and nothing but reading and writing rows. */
export const plainGrants: Law = ({ tables }) =>
  tables.flatMap((table) =>
    [...table.grants, ...table.columns.flatMap(({ grants }) => grants)]
      .filter(({ grantee }) => grantee !== table.owner)
      .flatMap(({ grantee, privilege, grantable }) => [
        ...(grantee === "public" ? [`${nameOf(table)}: PUBLIC holds ${privilege}`] : []),
        ...(grantable ? [`${nameOf(table)}: ${grantee} may hand ${privilege} on`] : []),
        ...(rowPrivileges.includes(privilege) ? [] : [`${nameOf(table)}: ${grantee} holds ${privilege}`]),
      ]),
  );

const neverInClinic = ["chevet_auth", "chevet_host", "chevet_billing", "chevet_queue", "chevet_web", "chevet_worker"];

/** Who has no business with a clinic's rows at all; and a login holds nothing of its own. */
export const strangers: Law = ({ tables }) =>
  tables.flatMap((table) =>
    granteesOf(table)
      .filter(
        (role) =>
          (table.schema === "clinic" && neverInClinic.includes(role)) ||
          role === "chevet_web" ||
          role === "chevet_worker",
      )
      .map((role) => `${nameOf(table)}: ${role} holds something`),
  );

/** Public tables are read by all who serve and written by the owner's migrations. */
export const referenceReadOnly: Law = ({ tables }) =>
  tables
    .filter(({ schema }) => schema === "reference")
    .flatMap((table) =>
      table.grants
        .filter(({ grantee, privilege }) => grantee !== table.owner && privilege !== "SELECT")
        .map(({ grantee, privilege }) => `${nameOf(table)}: ${grantee} holds ${privilege}`),
    );

/** The queue library's tables are for one login alone, to read and to write. */
export const libraryGrants: Law = ({ tables }) =>
  tables
    .filter((table) => isLibraryTable(nameOf(table)))
    .flatMap((table) =>
      differences(
        `${nameOf(table)}: holds`,
        table.grants
          .filter(({ grantee }) => grantee !== table.owner)
          .map(({ grantee, privilege }) => `${grantee} ${privilege}`),
        rowPrivileges.map((privilege) => `chevet_queue ${privilege}`),
      ),
    );

/** The page of who may do what (expected/access.ts) is what the database says, line for line. */
export const accessPage: Law = (catalogue) => {
  const tables = catalogue.tables.filter((table) => !isLibraryTable(nameOf(table)));
  return Object.entries(effectiveAccess({ ...catalogue, tables })).flatMap(([name, is]) => {
    const wanted = access[name];
    if (!wanted)
      return [
        `${name}: is not on the page of who may do what. After thinking, add it to expected/access.ts:\n${entry(name, is)}`,
      ];
    const roles = [...new Set([...Object.keys(is), ...Object.keys(wanted)])];
    return roles
      .filter((role) => is[role] !== wanted[role])
      .map(
        (role) => `${name}: ${role} may "${is[role] ?? "nothing"}", and the page says "${wanted[role] ?? "nothing"}"`,
      );
  });
};

/** The page names no table that is gone. */
export const accessPageIsCurrent: Law = ({ tables }) =>
  Object.keys(access)
    .filter((name) => !tables.some((table) => nameOf(table) === name))
    .map((name) => `${name}: is on the page of who may do what and does not exist`);

const entry = (name: string, roles: Record<string, string> = {}) =>
  `  ${JSON.stringify(name)}: {\n${Object.entries(roles)
    .map(([role, line]) => `    ${role}: ${JSON.stringify(line)},\n`)
    .join("")}  },`;

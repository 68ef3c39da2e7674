import { nameOf, type Routine } from "../catalogue/catalogue.ts";
import { routines, searchRoutines } from "../expected/routines.ts";
import { differences, type Law } from "./law.ts";

const isLibrary = (routine: Routine) => routine.schema === "queue" && !(nameOf(routine) in routines);

/** Functions of ours are listed, belong to the owner, say which schema they look in, and are called by whom the list says. */
export const ourRoutines: Law = (catalogue) => {
  const ours = catalogue.routines.filter((routine) => !isLibrary(routine));
  return [...differences("function", ours.map(nameOf), Object.keys(routines)), ...ours.flatMap(faultsOf)];
};

function faultsOf(routine: Routine): string[] {
  const name = nameOf(routine);
  const owner = searchRoutines.includes(name) ? "chevet_search" : "chevet_owner";
  const faults = differences(
    `function ${name}: execute`,
    routine.grants
      .filter(({ grantee }) => grantee !== routine.owner)
      .map(({ grantee, grantable }) => `${grantee}${grantable ? " (may be handed on)" : ""}`),
    (routines[name] ?? []).map((role) => `chevet_${role}`),
  );
  if (routine.owner !== owner) faults.push(`function ${name}: belongs to ${routine.owner}`);
  if (routine.securityDefiner !== searchRoutines.includes(name))
    faults.push(`function ${name}: runs as its ${routine.securityDefiner ? "owner" : "caller"}`);
  if (routine.securityDefiner && routine.result !== "SETOF uuid")
    faults.push(`function ${name}: returns ${routine.result}, not ids alone`);
  const path = routine.settings.find((one) => one.startsWith("search_path="));
  if (path !== 'search_path=""' && path !== "search_path=pg_catalog")
    faults.push(`function ${name}: its search_path is not pinned`);
  if (!["sql", "plpgsql"].includes(routine.language))
    faults.push(`function ${name}: is written in ${routine.language}`);
  return faults;
}

/** The queue library's functions run as their caller, and only chevet_queue may call them. */
export const libraryRoutines: Law = (catalogue) =>
  catalogue.routines.filter(isLibrary).flatMap((routine) => {
    const strangers = routine.grants.filter(({ grantee }) => ![routine.owner, "chevet_queue"].includes(grantee));
    return [
      ...strangers.map(({ grantee }) => `function ${routine.signature}: ${grantee} may call it`),
      ...(routine.owner === "chevet_owner" ? [] : [`function ${routine.signature}: belongs to ${routine.owner}`]),
      ...(routine.securityDefiner ? [`function ${routine.signature}: runs as its owner`] : []),
    ];
  });

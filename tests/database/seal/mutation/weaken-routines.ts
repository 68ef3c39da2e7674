import { type Catalogue, nameOf } from "../catalogue/catalogue.ts";
import { ourQueueRoutines } from "../expected/queue-library.ts";
import type { Mutation } from "./mutation.ts";

/** Each function in turn: open, unpinned, with its owner's rights, or somebody else's; and each sequence and type opened. */
export function weakenRoutines({ routines, sequences, types }: Catalogue): Mutation[] {
  return [
    ...routines.flatMap((routine) => {
      const { signature, securityDefiner, grants, owner } = routine;
      const ours = routine.schema !== "queue" || ourQueueRoutines.includes(nameOf(routine));
      const holders = grants.filter(({ grantee }) => grantee !== owner).map(({ grantee }) => grantee);
      const stranger = ["chevet_patient", "chevet_visitor", "chevet_billing"].find((role) => !holders.includes(role));
      return [
        change(signature, "open to PUBLIC", `grant execute on function ${signature} to public`),
        ...(stranger
          ? [change(signature, "open to a stranger", `grant execute on function ${signature} to ${stranger}`)]
          : []),
        change(
          signature,
          "rights turned",
          `alter function ${signature} security ${securityDefiner ? "invoker" : "definer"}`,
        ),
        change(
          signature,
          "another owner",
          `alter function ${signature} owner to ${owner === "chevet_search" ? "chevet_owner" : "chevet_search"}`,
        ),
        ...(ours
          ? [
              change(signature, "search_path not pinned", `alter function ${signature} reset search_path`),
              change(signature, "search_path open", `alter function ${signature} set search_path = clinic, pg_temp`),
            ]
          : []),
        ...(ours
          ? holders.map((role) =>
              change(signature, "closed to who needs it", `revoke execute on function ${signature} from ${role}`),
            )
          : []),
      ];
    }),
    change(
      "a function that sees past row security",
      "new",
      "create function clinic.peek() returns setof uuid language sql security definer set search_path = '' as 'select id from clinic.patient'",
    ),
    change(
      "a function in another language's hands",
      "new",
      "create function clinic.version_of() returns text language internal as 'pgsql_version'",
    ),
    ...sequences.flatMap((sequence) =>
      ["select", "update"].map((privilege) =>
        change(
          nameOf(sequence),
          `sequence ${privilege}`,
          `grant ${privilege} on sequence ${sequence.schema}."${sequence.name}" to chevet_staff`,
        ),
      ),
    ),
    ...types.map((type) =>
      change(nameOf(type), "type open", `grant usage on type ${type.schema}."${type.name}" to chevet_staff`),
    ),
  ];
}

const change = (what: string, how: string, sql: string): Mutation => ({
  name: `${what}: ${how}`,
  kind: `function ${how}`,
  sql: [sql],
  part: how.startsWith("sequence") ? "sequences" : how.startsWith("type") ? "types" : "routines",
});

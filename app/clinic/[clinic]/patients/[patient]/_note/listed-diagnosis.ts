import type { Diagnosis } from "#server/note/schema.ts";
import { foldText } from "#server/patient/fold-name.ts";

type Coding = Required<Pick<Diagnosis, "code" | "system" | "codeVersion">>;

/** What was chosen from a list, as the list calls and codes it. */
export interface Listed extends Coding {
  readonly label: string;
}

/** A list's own code, under the list's own name. The plain words that are shipped have no code that anybody else reads. */
export function codingOf(one: { readonly system: string; readonly code: string; readonly version: string }): Coding {
  if (one.system === "chevet") return { code: "", system: "", codeVersion: "" };
  return { code: one.code, system: one.system, codeVersion: one.version };
}

/**
 * A diagnosis with the code of what was chosen. A code that came from a list stays while the words still hold the list's (« Asthme, mal
 * maîtrisé »), and leaves with them; a code that somebody wrote is theirs. Pure.
 */
export function withListed(
  line: Diagnosis,
  { chosen, before }: { chosen: Listed | undefined; before: Listed | undefined },
): Diagnosis {
  if (chosen) return { ...line, ...coded(chosen) };
  const isOfList =
    before !== undefined && before.code !== "" && line.code === before.code && line.system === before.system;
  if (!isOfList || foldText(line.text).includes(foldText(before.label))) return line;
  return { ...line, ...coded({ code: "", system: "", codeVersion: "" }) };
}

const coded = ({ code, system, codeVersion }: Coding): Coding => ({ code, system, codeVersion });

import type { ClinicContext } from "#server/context.ts";
import type { Block, RichText, Run } from "#server/note/rich-text-schema.ts";
import { findVariable, markSource, type PatientFacts } from "./variables.ts";

const item = /^\s*(?:[-•*]|\d+[.)])\s+/;
const variable = /\{([a-zà-ÿ]{1,20})\}/g;

/**
 * The text that a phrase puts in the note: its lines as blocks, « - » as an item of a list, and each `{variable}` as the chart says it, marked
 * with where it came from. What the chart does not know is left as `[name]`, a place to fill.
 */
export function expandPhrase(body: string, facts: PatientFacts, ctx: ClinicContext, now = new Date()): RichText {
  return body.split("\n").flatMap((line) => expandLine(line, facts, ctx, now));
}

function expandLine(line: string, facts: PatientFacts, ctx: ClinicContext, now: Date): RichText {
  const marker = item.exec(line)?.[0];
  const list: Pick<Block, "list"> = marker ? { list: /\d/.test(marker) ? "number" : "bullet" } : {};
  const blocks: { list?: Block["list"]; runs: Run[] }[] = [{ ...list, runs: [] }];
  let at = marker?.length ?? 0;
  const add = (...runs: Run[]) => blocks.at(-1)?.runs.push(...runs.filter((run) => run !== ""));
  for (const match of line.matchAll(variable)) {
    add(line.slice(at, match.index));
    at = match.index + match[0].length;
    const name = match[1] as string;
    const said = findVariable(name)?.say(facts, ctx, now);
    if (!said) {
      add(`[${name}]`);
      continue;
    }
    const [first, ...more] = markSource(name, said);
    // A variable of several lines goes on under the line that calls it.
    add(...(first?.runs ?? []));
    for (const { runs, list: kind } of more) blocks.push({ ...(kind && { list: kind }), runs: [...runs] });
  }
  add(line.slice(at));
  return blocks.map(({ list: kind, runs }) => ({ ...(kind && { list: kind }), runs }));
}

import type { RichText, Run } from "./rich-text-schema.ts";

/**
 * A note as paper shows it: what was carried from another note stands between brackets, which say of which day, one pair for a stretch however
 * many lines it has. `opening` is said with that note's day (`YYYY-MM-DD`). Pure.
 */
export function withCarried(text: RichText, opening: (on: string) => string): RichText {
  const sources = text.flatMap(({ runs }) => runs.map(noteOf));
  let at = -1;
  return text.map((block) => ({
    ...block,
    runs: block.runs.flatMap((run): Run[] => {
      at += 1;
      const from = sources[at];
      if (!from) return [run];
      const opens = sources[at - 1]?.id !== from.id;
      const closes = sources[at + 1]?.id !== from.id;
      return [...(opens ? [opening(from.on)] : []), run, ...(closes ? ["]"] : [])];
    }),
  }));
}

function noteOf(run: Run): { id: string; on: string } | undefined {
  return typeof run !== "string" && run.source?.kind === "note" ? run.source : undefined;
}

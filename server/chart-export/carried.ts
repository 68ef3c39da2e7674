import type { RichText, Run } from "#server/note/rich-text-schema.ts";

/** Where a stretch that was carried from another note begins (the day of that note, `YYYY-MM-DD`) and ends. */
export interface Edge {
  readonly opens?: string;
  readonly closes?: true;
}

/** The edges of what was carried from other notes, by run: one stretch however many lines it has. Pure. */
export function carriedEdges(text: RichText): ReadonlyMap<Run, Edge>[] {
  const pieces = text.flatMap(({ runs }, block) => runs.map((run) => ({ run, block, from: noteOf(run) })));
  const edges = text.map(() => new Map<Run, Edge>());
  for (const [at, { run, block, from }] of pieces.entries()) {
    if (!from) continue;
    const opens = pieces[at - 1]?.from?.id !== from.id;
    const closes = pieces[at + 1]?.from?.id !== from.id;
    edges[block]?.set(run, { ...(opens && { opens: from.on }), ...(closes && { closes }) });
  }
  return edges;
}

function noteOf(run: Run): { id: string; on: string } | undefined {
  return typeof run !== "string" && run.source?.kind === "note" ? run.source : undefined;
}

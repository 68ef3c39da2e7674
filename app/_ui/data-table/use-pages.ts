"use client";

import { useState } from "react";
import type { Paging } from "./pager.tsx";

/** The pages of a list that the server turns by the last id of the page before: the way back is the ids that were turned. */
export function usePages(most: number) {
  const [turned, setTurned] = useState<string[]>([]);
  return {
    /** What to ask this page with; undefined on the first. */
    last: turned.at(-1),
    /** Something else is looked for: back to the first page. */
    restart: () => setTurned([]),
    /** @param next what the answer says to ask the next page with, null or undefined on the last one */
    paging: (shown: readonly unknown[] | undefined, next: string | null | undefined, total?: number): Paging => ({
      from: turned.length * most + 1,
      to: turned.length * most + (shown?.length ?? 0),
      total,
      onPrevious: turned.length > 0 ? () => setTurned(turned.slice(0, -1)) : undefined,
      onNext: next ? () => setTurned([...turned, next]) : undefined,
    }),
  };
}

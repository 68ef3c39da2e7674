"use client";

import { useEffect, useState } from "react";

/** An entry that another part of the screen asks to see; a new object each time, so that it may be asked for again. */
export interface Asked {
  readonly id: string;
}

/** Which row of a card is open: by its own gestures, or because the entry was asked for. */
export function useShown(asked: Asked | undefined) {
  const [shown, setShown] = useState<string>();
  useEffect(() => {
    if (asked) setShown(asked.id);
  }, [asked]);
  return [shown, setShown] as const;
}

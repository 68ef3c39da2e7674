"use client";

import { useSyncExternalStore } from "react";

/** Six or seven days of “10:15 a.m.” beside what is chosen: a tablet held upright has no room for them. */
const query = "(width >= 64em)";

/** Whether a week fits side by side. */
export function useWide(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia(query);
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}

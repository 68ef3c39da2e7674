import { useCallback, useEffect, useRef, useState } from "react";

type Find = () => HTMLElement | null | undefined;

/**
 * Brings the focus to what the next drawing shows: asked for in the same breath as the change that draws it, it is looked for once that is on the
 * screen. A frame of the browser may come before React has drawn, on a slow telephone most of all, and what is not there yet takes no focus.
 */
export function useFocusNext(): (find: Find) => void {
  const [turn, setTurn] = useState(0);
  const wanted = useRef<Find>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn is one request.
  useEffect(() => {
    wanted.current?.()?.focus();
    wanted.current = undefined;
  }, [turn]);
  return useCallback((find: Find) => {
    wanted.current = find;
    setTurn((before) => before + 1);
  }, []);
}

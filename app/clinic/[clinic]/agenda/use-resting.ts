"use client";

import { type PointerEvent, useCallback, useEffect, useRef, useState } from "react";

/** A pointer that only passes asks nothing: reading somebody's essentials leaves a line in the journal. */
const restMs = 500;
/** Time to go from the visit to what is shown of it. */
const leaveMs = 200;

/**
 * The visit on which a mouse rests, and the handlers for what holds the visits. A press, a scroll and Escape end it; a finger
 * has nothing to rest with.
 */
export function useResting(disabled: boolean) {
  const [resting, setResting] = useState<{ readonly id: string; readonly element: Element }>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const end = useCallback(() => {
    clearTimeout(timer.current);
    setResting(undefined);
  }, []);

  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!resting) return;
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && end();
    window.addEventListener("keydown", onKey);
    document.addEventListener("scroll", end, true);
    return () => {
      window.removeEventListener("keydown", onKey);
      document.removeEventListener("scroll", end, true);
    };
  }, [resting, end]);

  function onPointerOver(event: PointerEvent<HTMLElement>) {
    if (event.pointerType !== "mouse" || event.buttons !== 0 || !(event.target instanceof Element)) return;
    clearTimeout(timer.current);
    if (event.target.closest("[data-essentials]")) return;
    const element = event.target.closest<HTMLElement>("[data-event]");
    const id = element?.dataset.event;
    if (element && id === resting?.id) return;
    timer.current = element && id ? setTimeout(() => setResting({ id, element }), restMs) : setTimeout(end, leaveMs);
  }

  function onPointerLeave() {
    clearTimeout(timer.current);
    timer.current = setTimeout(end, leaveMs);
  }

  return { resting: disabled ? undefined : resting, onPointerOver, onPointerLeave, end };
}

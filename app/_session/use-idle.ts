"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { onKeptAwake } from "./session-gate.ts";

/** The server lets a session sleep when nothing came for `idleMinutes`; it notes what comes at most every 20 seconds. */
const slack = 25_000;
/** Somebody at work without any call (writing a long note) is told to the server this often. */
const touchEvery = 45_000;
const warnBefore = 60_000;

const channelName = "chevet-session";

/** Tells every tab of this browser that its session changed: woken, closed, or somebody else's. Each asks the server. */
export function tellOtherTabs(): void {
  const others = new BroadcastChannel(channelName);
  others.postMessage("changed");
  others.close();
}

interface Idle {
  idleMinutes: number;
  /** Asks the server whether the session sleeps, without keeping it awake. */
  look: () => Promise<void>;
  /** Keeps it awake. */
  touch: () => Promise<void>;
}

/**
 * Follows the sleep of a session from the page: keys and pointer keep it awake, all tabs of the browser together.
 * @returns seconds left when it is about to sleep, else null.
 */
export function useIdle({ idleMinutes, look, touch }: Idle): { warning: number | null; tellOthers: () => void } {
  const keptAt = useRef(Date.now());
  const channel = useRef<BroadcastChannel | null>(null);
  const [warning, setWarning] = useState<number | null>(null);

  useEffect(() => {
    const others = new BroadcastChannel(channelName);
    channel.current = others;
    others.onmessage = ({ data }) => {
      if (data === "changed") void look();
      if (typeof data === "number" && data > keptAt.current) keptAt.current = data;
    };
    const stop = onKeptAwake((at) => {
      if (at - keptAt.current > 5_000) others.postMessage(at);
      keptAt.current = at;
    });
    return () => {
      stop();
      others.close();
    };
  }, [look]);

  useEffect(() => {
    let touching = false;
    const active = () => {
      if (touching || document.hidden || Date.now() - keptAt.current < touchEvery) return;
      // Too late: the server decides, not this clock.
      if (Date.now() - keptAt.current > idleMinutes * 60_000 - slack) return;
      touching = true;
      void touch().finally(() => {
        touching = false;
      });
    };
    const events = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"] as const;
    for (const event of events) window.addEventListener(event, active, { passive: true });
    return () => {
      for (const event of events) window.removeEventListener(event, active);
    };
  }, [idleMinutes, touch]);

  useEffect(() => {
    let asked = 0;
    const check = () => {
      const left = keptAt.current + idleMinutes * 60_000 - slack - Date.now();
      setWarning(left > 0 && left <= warnBefore ? Math.ceil(left / 1000) : null);
      // Once when it should sleep, then every half minute, for a tab that another one may have woken.
      if (left > -slack || Date.now() - asked < 30_000) return;
      asked = Date.now();
      void look();
    };
    const timer = window.setInterval(check, 1_000);
    document.addEventListener("visibilitychange", check);
    return () => {
      window.clearInterval(timer);
      document.removeEventListener("visibilitychange", check);
    };
  }, [idleMinutes, look]);

  const tellOthers = useCallback(() => channel.current?.postMessage("changed"), []);
  return { warning, tellOthers };
}

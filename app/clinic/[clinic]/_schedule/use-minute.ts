"use client";

import { useNow } from "next-intl";
import { useEffect, useState } from "react";

/** The present instant, renewed as each minute turns: now-lines and timers move with it. */
export function useMinute(): Date {
  // The page's own instant first, so that the browser renders what the server sent.
  const [now, setNow] = useState(useNow());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    function tick() {
      setNow(new Date());
      timer = setTimeout(tick, 60_000 - (Date.now() % 60_000) + 20);
    }
    tick();
    return () => clearTimeout(timer);
  }, []);
  return now;
}

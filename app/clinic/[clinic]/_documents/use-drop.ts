"use client";

import { useEffect, useRef, useState } from "react";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** Files dropped anywhere on the page; none are taken without `onDrop`. @returns whether some are being held over it */
export function useDrop(onDrop: ((files: File[]) => void) | undefined): boolean {
  const [over, setOver] = useState(false);
  const live = useRef(onDrop);
  useEffect(() => {
    live.current = onDrop;
  });
  const isHeard = onDrop !== undefined;
  useEffect(() => {
    if (!isHeard) return;
    // Each element under the pointer says that it is entered and left.
    let depth = 0;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      depth -= 1;
      if (depth <= 0) setOver(false);
    };
    const hold = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      live.current?.([...(event.dataTransfer?.files ?? [])]);
    };
    const heard = { dragenter: enter, dragleave: leave, dragover: hold, drop } as const;
    for (const [name, listen] of Object.entries(heard)) document.addEventListener(name, listen as EventListener);
    return () => {
      for (const [name, listen] of Object.entries(heard)) document.removeEventListener(name, listen as EventListener);
    };
  }, [isHeard]);
  return over;
}

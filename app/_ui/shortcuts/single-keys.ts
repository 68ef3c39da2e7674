import { useCallback, useSyncExternalStore } from "react";

const storageKey = "chevet-single-keys";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("storage", onChange);
  return () => window.removeEventListener("storage", onChange);
}

/** Whether single letters act as shortcuts on this device: on until switched off. Speech input and unsteady hands need the switch. */
export function useSingleKeys(): [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    subscribe,
    () => localStorage.getItem(storageKey) !== "off",
    () => true,
  );
  const set = useCallback((next: boolean) => {
    localStorage.setItem(storageKey, next ? "on" : "off");
    // The event reaches other tabs by itself, but not this one.
    window.dispatchEvent(new StorageEvent("storage", { key: storageKey }));
  }, []);
  return [on, set];
}

"use client";

import { useSearchParams } from "next/navigation";
import {
  createContext,
  type ReactNode,
  type RefObject,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
} from "react";

/** The place beside the note where a document of this chart is read. */
export interface Beside {
  /** What is shown there, as the address says it: a reload and the browser's way back keep to it. */
  readonly documentId: string | undefined;
  readonly show: (id: string) => void;
  /** Another in the same place: the way back still closes. */
  readonly turn: (id: string) => void;
  /** @param then instead of giving the hand back to where it was */
  readonly close: (then?: () => void) => void;
  readonly place: RefObject<HTMLElement | null>;
}

const Context = createContext<Beside | undefined>(undefined);

/** Undefined on a page that is not the chart's own screen. */
export const useBeside = () => useContext(Context);

/** Does something where it can be seen: what a document covers comes back first. */
export function useUncover(): (element: Element | null, then: () => void) => void {
  const beside = useBeside();
  return (element, then) =>
    beside?.documentId !== undefined && element?.checkVisibility() === false ? beside.close(then) : then();
}

/** The line of a document, wherever in the chart it stands. */
export const lineOf = (id: string | undefined) =>
  id === undefined ? null : document.querySelector<HTMLElement>(`[data-opens-document="${id}"]`);

export function BesideProvider({ children }: { children: ReactNode }) {
  const documentId = useSearchParams().get("doc") ?? undefined;
  const place = useRef<HTMLElement>(null);
  /** Where the hand was last, out of the document. */
  const hand = useRef<HTMLElement>(undefined);
  const pushed = useRef(false);
  const then = useRef<() => void>(undefined);

  const turn = useCallback((id: string | undefined) => go(id, "replaceState"), []);
  const show = useCallback(
    (id: string) => {
      if (new URLSearchParams(window.location.search).has("doc")) return turn(id);
      hand.current = document.activeElement instanceof HTMLElement ? document.activeElement : undefined;
      pushed.current = true;
      go(id, "pushState");
    },
    [turn],
  );
  const close = useCallback(
    (next?: () => void) => {
      then.current = next;
      if (pushed.current) window.history.back();
      else turn(undefined);
    },
    [turn],
  );

  useEffect(() => {
    if (documentId === undefined) return;
    const onFocus = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !target.closest("[data-document-place], [role=dialog]"))
        hand.current = target;
    };
    document.addEventListener("focusin", onFocus);
    return () => document.removeEventListener("focusin", onFocus);
  }, [documentId]);

  const before = useRef(documentId);
  useEffect(() => {
    const last = before.current;
    before.current = documentId;
    if (documentId !== undefined || last === undefined) return;
    pushed.current = false;
    const next = then.current;
    then.current = undefined;
    if (next) return next();
    // Whoever writes goes on writing: only a hand that was in the document, or nowhere any more, is led back.
    if (document.activeElement && document.activeElement !== document.body) return;
    const line = hand.current?.dataset.opensDocument === undefined ? undefined : lineOf(last);
    for (const one of [line, hand.current, lineOf(last)]) {
      one?.focus();
      if (one && document.activeElement === one) return;
    }
  }, [documentId]);

  const value = useMemo(() => ({ documentId, show, turn, close, place }), [documentId, show, turn, close]);
  return <Context value={value}>{children}</Context>;
}

/** The router hears it and asks the server for nothing. */
function go(id: string | undefined, how: "pushState" | "replaceState") {
  const address = new URL(window.location.href);
  if (id === undefined) address.searchParams.delete("doc");
  else address.searchParams.set("doc", id);
  window.history[how](null, "", address);
}

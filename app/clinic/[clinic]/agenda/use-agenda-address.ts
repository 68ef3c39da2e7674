"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useEffect, useMemo } from "react";
import { z } from "zod";
import { type KeptFilters, keep, noFilters, readKept } from "./kept-filters.ts";

export interface AgendaAddress extends KeptFilters {
  /** undefined is today, whichever day that is when the address is opened. */
  readonly date: string | undefined;
  /** The sitting that is open beside the grid. */
  readonly open: string | undefined;
}

const day = z.iso.date().refine((text) => text >= "2000-01-01" && text <= "2199-12-31");
const oneOf = <T extends string>(values: readonly T[], said: string | null, otherwise: T): T =>
  values.find((value) => value === said) ?? otherwise;
const anId = (text: string | null) => z.uuid().safeParse(text).data;
const filterNames = ["view", "by", "who", "location", "colour"] as const;

function readAddress(search: URLSearchParams): AgendaAddress {
  return {
    view: oneOf(["day", "week", "month", "list"], search.get("view"), "day"),
    by: oneOf(["practitioner", "room"], search.get("by"), "practitioner"),
    who: (search.get("who") ?? "").split(".").flatMap((text) => anId(text) ?? []),
    location: anId(search.get("location")) ?? null,
    colour: oneOf(["state", "service"], search.get("colour"), "state"),
    date: day.safeParse(search.get("date")).data,
    open: anId(search.get("open")),
  };
}

function writeAddress(address: AgendaAddress): string {
  const said = new URLSearchParams();
  if (address.view !== noFilters.view) said.set("view", address.view);
  if (address.date) said.set("date", address.date);
  if (address.by !== noFilters.by) said.set("by", address.by);
  if (address.who.length > 0) said.set("who", address.who.join("."));
  if (address.location) said.set("location", address.location);
  if (address.colour !== noFilters.colour) said.set("colour", address.colour);
  if (address.open) said.set("open", address.open);
  return said.size > 0 ? `?${said}` : window.location.pathname;
}

/**
 * The agenda's state is its address: it can be sent, kept, and gone back from. An address that says nothing of the filters
 * takes those that this person used last, on this device and in this clinic.
 */
export function useAgendaAddress(clinicId: string, userId: string) {
  const search = useSearchParams();
  const address = useMemo(() => readAddress(search), [search]);

  useEffect(() => {
    const current = new URLSearchParams(window.location.search);
    if (filterNames.some((name) => current.has(name))) return;
    const next = writeAddress({ ...readAddress(current), ...readKept(clinicId, userId) });
    if (next !== window.location.pathname) window.history.replaceState(null, "", next);
  }, [clinicId, userId]);

  /** A step that the back button takes back: another day, another view, another visit. */
  const go = useCallback(
    (change: Partial<AgendaAddress>) => {
      const next = { ...readAddress(new URLSearchParams(window.location.search)), ...change };
      const { view, by, who, location, colour } = next;
      keep(clinicId, userId, { view, by, who, location, colour });
      const written = writeAddress(next);
      if (written === `${window.location.search}` || written === `${window.location.pathname}${window.location.search}`)
        return;
      window.history.pushState(null, "", written);
    },
    [clinicId, userId],
  );

  return { address, go };
}

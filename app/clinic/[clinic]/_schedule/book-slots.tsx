"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SlotView } from "#server/appointment/record.ts";
import { useTRPC } from "../../../_trpc/client.tsx";
import classes from "./book.module.css";
import type { useAgendaWords } from "./use-agenda-words.ts";

const fewest = 12;

interface BookSlotsProps {
  wish: { readonly serviceId: string; readonly date: string; readonly resourceId: string | null };
  /** One of each time; undefined while they are on their way. */
  times: readonly SlotView[] | undefined;
  group: boolean;
  /** What is chosen. */
  minute: number | null;
  onTake: (slot: SlotView) => void;
  words: ReturnType<typeof useAgendaWords>;
}

/** The free times of a day as buttons, the first of them at once; where there is none, the next day that has one. */
export function BookSlots({ wish, times, group, minute, onTake, words }: BookSlotsProps) {
  const t = useTranslations("agenda.book");
  const [whole, setWhole] = useState(false);
  const known = times ?? [];
  return (
    <fieldset className={classes.slots}>
      <legend>{t(group ? "sittings" : "freeTimes")}</legend>
      {known.slice(0, whole ? undefined : fewest).map((slot) => (
        <button
          key={`${slot.startsAt} ${slot.sittingId ?? ""}`}
          type="button"
          className={classes.slot}
          aria-pressed={slot.minute === minute}
          onClick={() => onTake(slot)}
        >
          {words.minute(slot.minute)}
        </button>
      ))}
      {known.length > fewest && !whole && (
        <button type="button" className={classes.more} onClick={() => setWhole(true)}>
          {t("moreTimes", { count: known.length - fewest })}
        </button>
      )}
      {times?.length === 0 && (
        <p className={classes.none}>
          {t(group ? "noSitting" : "noTime")} {!group && <NextTime {...wish} onTake={onTake} words={words} />}
        </p>
      )}
    </fieldset>
  );
}

type NextTimeProps = BookSlotsProps["wish"] & Pick<BookSlotsProps, "onTake" | "words">;

/** Nothing that day: the first time that is free after it. */
function NextTime({ serviceId, date, resourceId, onTake, words }: NextTimeProps) {
  const t = useTranslations("agenda.book");
  const trpc = useTRPC();
  const next = useQuery(
    trpc.appointment.next.queryOptions({ serviceId, from: date, ...(resourceId && { resourceIds: [resourceId] }) }),
  );
  if (next.isPending) return null;
  if (!next.data) return <span>{t("noneInAYear")}</span>;
  const slot = next.data;
  return (
    <Button variant="default" size="compact-sm" onClick={() => onTake(slot)}>
      {words.slot(slot)}
    </Button>
  );
}

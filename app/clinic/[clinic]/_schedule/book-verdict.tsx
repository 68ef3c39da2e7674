"use client";

import { Button, Checkbox, TextInput } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { Explanation, SlotView } from "#server/appointment/record.ts";
import classes from "./book.module.css";
import { Reasons } from "./reasons.tsx";
import type { useAgendaWords } from "./use-agenda-words.ts";

interface BookVerdictProps {
  /** Of what is asked for now; undefined while nobody knows. */
  answer: Explanation | undefined;
  locationId: string | null;
  onTake: (slot: SlotView) => void;
  words: ReturnType<typeof useAgendaWords>;
  /** Booked all the same, with a reason that stays: for whoever may. */
  force?:
    | {
        readonly forcing: boolean;
        readonly onForcing: (forcing: boolean) => void;
        readonly why: string;
        readonly onWhy: (why: string) => void;
        readonly error: string | undefined;
      }
    | undefined;
}

/** Whether the time that is wished for is free, said as it changes: who is then there, or every reason against it and what is free instead. */
export function BookVerdict({ answer, locationId, onTake, words, force }: BookVerdictProps) {
  const t = useTranslations("agenda.book");
  return (
    <div role="status">
      {answer?.free && (
        <p className={classes.free}>
          <IconCheck size={18} aria-hidden />
          {t("free", { names: (answer.resourceIds ?? []).map(words.resource).filter(Boolean).join(", ") })}
        </p>
      )}
      {answer && !answer.free && (
        <div className={classes.refused}>
          <p>{t("refused")}</p>
          <Reasons reasons={answer.reasons} words={words} locationId={locationId ?? undefined} />
          {answer.next.length > 0 && (
            <div className={classes.next}>
              {answer.next.map((slot) => (
                <Button
                  key={`${slot.startsAt} ${slot.resourceId}`}
                  variant="default"
                  size="compact-sm"
                  onClick={() => onTake(slot)}
                >
                  {words.slot(slot)}
                </Button>
              ))}
            </div>
          )}
          {force && (
            <Checkbox
              mt="xs"
              label={t("forceIt")}
              checked={force.forcing}
              onChange={(event) => force.onForcing(event.currentTarget.checked)}
            />
          )}
          {force?.forcing && (
            <TextInput
              id="why"
              mt="xs"
              label={t("why")}
              description={t("whyHelp")}
              value={force.why}
              onChange={(event) => force.onWhy(event.currentTarget.value)}
              error={force.error}
              maxLength={300}
              autoComplete="off"
            />
          )}
        </div>
      )}
      {answer?.free && answer.notices.length > 0 && (
        <p className={classes.notice}>{answer.notices.map((notice) => words.reason(notice)).join(" ")}</p>
      )}
    </div>
  );
}

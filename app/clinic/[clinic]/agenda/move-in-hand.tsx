"use client";

import { useTranslations } from "next-intl";
import type { AgendaWords } from "../_schedule/use-agenda-words.ts";
import classes from "./agenda.module.css";
import { MoveDialogs } from "./move-dialogs.tsx";
import { RefusalPanel } from "./refusal-panel.tsx";
import type { MoverState } from "./use-mover.ts";

interface MoveInHandProps {
  mover: MoverState;
  words: AgendaWords;
  mayForce: boolean;
}

/** All that is said of a visit in hand: why it may not stand there, what is asked before it goes, and where it is, to who hears it. */
export function MoveInHand({ mover, words, mayForce }: MoveInHandProps) {
  const t = useTranslations("agenda");
  const { proposal, refusal } = mover;
  return (
    <>
      {proposal && refusal && (proposal.stage === "aim" || proposal.stage === "refused") && (
        <RefusalPanel
          refusal={refusal}
          words={words}
          locationId={proposal.target.locationId}
          durationMinutes={proposal.target.durationMinutes}
          pinned={proposal.stage === "refused"}
          mayForce={mayForce}
          byKeys={proposal.byKeys}
          onTake={mover.take}
          onForce={mover.force}
          onClose={mover.cancel}
        />
      )}
      <MoveDialogs mover={mover} words={words} />
      <p className="cv-visually-hidden" role="status">
        {proposal &&
          [
            t(mover.moved ? "holdingAt" : "holding", {
              name: words.sitting(proposal.sitting).title,
              day: words.shortDay(proposal.target.date),
              time: words.span(proposal.target.minute, proposal.target.minute + proposal.target.durationMinutes),
              who: words.resource(proposal.target.resourceId),
            }),
            ...(refusal
              ? [
                  t("impossible", { count: refusal.reasons.length }),
                  ...refusal.reasons.map((reason) => words.reason(reason)),
                ]
              : []),
          ].join(". ")}
      </p>
      {proposal?.byKeys && proposal.stage === "aim" && (
        <p className={classes.hint} data-print="hide">
          {t("moveHint")}
        </p>
      )}
    </>
  );
}

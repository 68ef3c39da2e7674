"use client";

import { Button, CloseButton } from "@mantine/core";
import { IconBan } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useLayoutEffect, useRef, useState } from "react";
import type { SlotView } from "#server/appointment/record.ts";
import { KeyCap } from "../../../_ui/key-cap/key-cap.tsx";
import { Reasons } from "../_schedule/reasons.tsx";
import type { AgendaWords } from "../_schedule/use-agenda-words.ts";
import { type Corner, placeBeside } from "./place-beside.ts";
import classes from "./refusal.module.css";
import type { Refusal } from "./use-mover.ts";

interface RefusalPanelProps {
  refusal: Refusal;
  words: AgendaWords;
  locationId: string;
  durationMinutes: number;
  /** Let go: the buttons can be reached, and the panel can be left. */
  pinned: boolean;
  mayForce: boolean;
  byKeys: boolean;
  onTake: (slot: SlotView) => void;
  onForce: () => void;
  onClose: () => void;
}

const width = 372;

/** « Impossible ici, pour 3 raisons »: beside the ghost, never over it. */
export function RefusalPanel(props: RefusalPanelProps) {
  const t = useTranslations("agenda");
  const common = useTranslations("common");
  const { refusal, words, pinned } = props;
  const panel = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Corner>();

  useLayoutEffect(() => {
    function stand() {
      const ghost = document.querySelector("[data-ghost]")?.getBoundingClientRect();
      // A phone has no room beside it: the panel stands at the foot of the page.
      if (!ghost || window.innerWidth < 768) return setPlace(undefined);
      const next = placeBeside(ghost, width, panel.current?.offsetHeight ?? 0);
      // Measured after every render: the same place must not ask for another one.
      setPlace((known) => (known?.left === next.left && known.top === next.top ? known : next));
    }
    stand();
    // The grid scrolls under the panel.
    document.addEventListener("scroll", stand, true);
    window.addEventListener("resize", stand);
    return () => {
      document.removeEventListener("scroll", stand, true);
      window.removeEventListener("resize", stand);
    };
  });

  useLayoutEffect(() => {
    if (pinned) panel.current?.focus();
  }, [pinned]);

  return (
    <div
      ref={panel}
      className={classes.panel}
      style={place}
      role="dialog"
      aria-labelledby="refusal-title"
      tabIndex={-1}
      data-print="hide"
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        props.onClose();
      }}
    >
      <p className={classes.title} id="refusal-title">
        <IconBan size={20} aria-hidden />
        {t("impossible", { count: refusal.reasons.length })}
        {pinned && <CloseButton ml="auto" aria-label={common("close")} onClick={props.onClose} />}
      </p>
      <div className={classes.reasons}>
        <Reasons reasons={refusal.reasons} words={words} locationId={props.locationId} />
      </div>
      {refusal.next.length > 0 && (
        <div className={classes.next}>
          <span>{t("freeFor", { count: props.durationMinutes })}</span>
          {refusal.next.slice(0, 3).map((slot) => (
            <Button
              key={`${slot.startsAt} ${slot.resourceId}`}
              variant="default"
              size="compact-sm"
              disabled={!pinned}
              onClick={() => props.onTake(slot)}
            >
              {words.slot(slot)}
            </Button>
          ))}
        </div>
      )}
      <div className={classes.foot}>
        <span>{pinned ? t("nothingMoved") : t(props.byKeys ? "escapeLeaves" : "releaseLeaves")}</span>
        {props.mayForce &&
          (pinned ? (
            <button type="button" className={classes.force} onClick={props.onForce}>
              {t("force")}
            </button>
          ) : (
            <span className={classes.keys}>
              <KeyCap>{t("shiftKey")}</KeyCap> {props.byKeys && <KeyCap>↵</KeyCap>} {t("forceShort")}
            </span>
          ))}
      </div>
    </div>
  );
}

"use client";

import { FocusTrap } from "@mantine/core";
import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { Activity, useEffect, useId, useRef, useState } from "react";
import { ShortcutLayer } from "../../../../_ui/shortcuts/shortcuts.tsx";
import { isSomethingAbove } from "../../../../_ui/shortcuts/typed-key.ts";
import { SkeletonRows } from "../../../../_ui/skeleton/skeleton.tsx";
import type { DeskAsked } from "./desk-place.ts";
import classes from "./desk-sheet.module.css";
import type { MedicationsProps } from "./medicaments/medications.tsx";

// Only whoever prescribes loads it.
const Medications = dynamic(() => import("./medicaments/medications.tsx").then((module) => module.Medications), {
  loading: () => <SkeletonRows rows={12} />,
});

interface DeskSheetProps extends Omit<MedicationsProps, "onBack"> {
  open: boolean;
  asked: DeskAsked | undefined;
  onClose: () => void;
}

/** The prescription over the chart, under its head: the note stays beneath as it was. Closed, it keeps what it holds and hears no key. */
export function DeskSheet({ open, onClose, ...desk }: DeskSheetProps) {
  const [wasAsked, setWasAsked] = useState(open);
  if (open && !wasAsked) setWasAsked(true);
  if (!wasAsked) return null;
  return (
    <Activity mode={open ? "visible" : "hidden"}>
      <Sheet open={open} onClose={onClose} {...desk} />
    </Activity>
  );
}

function Sheet({ open, onClose, ...desk }: DeskSheetProps) {
  const t = useTranslations("medications");
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  useEscape(box, onClose);
  return (
    <FocusTrap innerRef={box}>
      <div
        className={classes.sheet}
        role="dialog"
        // Closed it stays in the page, and what is said on the screen makes no room for it.
        aria-modal={open || undefined}
        data-under-identity
        aria-label={`${t("page")} – ${desk.chart.patient.displayName}`}
        data-keys={id}
        tabIndex={-1}
      >
        {/* On no field: its letters are its keys. */}
        <FocusTrap.InitialFocus />
        <ShortcutLayer value={id}>
          <Medications {...desk} onBack={onClose} />
        </ShortcutLayer>
      </div>
    </FocusTrap>
  );
}

/** Escape closes it, once nothing lies over it and no list or line within takes it first. */
function useEscape(box: React.RefObject<HTMLDivElement | null>, onClose: () => void): void {
  useEffect(() => {
    let taken = false;
    // Before all others: a list that closes by it is open no more when it arrives here.
    function onFirst({ target }: KeyboardEvent) {
      const isListOpen = target instanceof Element && target.getAttribute("data-mantine-stop-propagation") === "true";
      const isInside = target === document.body || (target instanceof Node && box.current?.contains(target));
      taken = isListOpen || !isInside || isSomethingAbove();
    }
    function onKeyDown(event: KeyboardEvent) {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || taken) return;
      event.preventDefault();
      onClose();
    }
    window.addEventListener("keydown", onFirst, { capture: true });
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onFirst, { capture: true });
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [box, onClose]);
}

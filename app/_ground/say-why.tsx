"use client";

import { Button } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { groundGate } from "./ground-gate.ts";
import classes from "./say-why.module.css";

interface SayWhyProps {
  patientId: string;
  /** Whose chart it is; null where even that is not the reader's to see. */
  name: string | null;
}

/** Beside what a list withholds: asks why, in place. The lists are read again once it is said, and this goes away by itself. */
export function SayWhy({ patientId, name }: SayWhyProps) {
  const t = useTranslations("ground");
  const button = useRef<HTMLButtonElement>(null);
  // It had the focus: whoever pressed it goes on from its row.
  useLayoutEffect(() => {
    const here = button.current;
    return () => {
      if (here && document.activeElement === here)
        here.closest("tr, li, section")?.querySelector<HTMLElement>("[data-row-opener], button, h2")?.focus();
    };
  }, []);
  return (
    <Button
      ref={button}
      className={classes.why}
      variant="default"
      size="compact-sm"
      aria-label={name ? t("whyOf", { name }) : undefined}
      onClick={() => void groundGate.ask(patientId)}
    >
      {t("why")}
    </Button>
  );
}

/** In place of words that are withheld: what it is, and that there is more. */
export function Withheld({ children }: { children: ReactNode }) {
  const t = useTranslations("ground");
  return (
    <span className={classes.withheld}>
      <IconLock size={15} role="img" aria-label={t("withheld")} />
      {children}
    </span>
  );
}

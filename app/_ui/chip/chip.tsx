import type { ReactNode } from "react";
import classes from "./chip.module.css";

export type Tone = "neutral" | "info" | "good" | "attention" | "danger" | "solid";

/** A state in a word, with an icon (14 px): never colour alone. */
export function Chip({ tone = "neutral", icon, children }: { tone?: Tone; icon?: ReactNode; children: ReactNode }) {
  return (
    <span className={classes.chip} data-tone={tone}>
      {icon && (
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
      )}
      {children}
    </span>
  );
}

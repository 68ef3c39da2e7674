import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import classes from "./state-chip.module.css";
import { stateIcons, type VisitState } from "./states.tsx";

/** A visit's state: the same icon, word and colour on every screen. */
export function StateChip({ state, more }: { state: VisitState; more?: ReactNode }) {
  const t = useTranslations("agenda.states");
  return (
    <span className={classes.chip} data-visit={state}>
      <span aria-hidden>{stateIcons[state]}</span>
      <span>
        {t(state)}
        {more && <> · {more}</>}
      </span>
    </span>
  );
}

import { useTranslations } from "next-intl";
import type { Deviation } from "#server/observation/judge-value.ts";
import classes from "./summary.module.css";

interface MeasuredProps {
  /** Already written as it is read. */
  number: string;
  unit: string;
  deviation: Deviation | undefined;
}

/** A value with its unit; out of the ordinary, in colour and with a sign that has a name. Neither is ever cut. */
export function Measured({ number, unit, deviation }: MeasuredProps) {
  const t = useTranslations("record.vitals");
  return (
    <span className={classes.measured} data-deviation={deviation}>
      <strong>{number}</strong> {unit && <span className={classes.unit}>{unit}</span>}
      {deviation && <Sign side={deviation} label={t(deviation === "high" ? "above" : "below")} />}
    </span>
  );
}

/** ▲ or ▼, drawn: the typeface has neither. */
function Sign({ side, label }: { side: Deviation; label: string }) {
  return (
    <svg className={classes.sign} width="10" height="10" viewBox="0 0 10 10" role="img" aria-label={label}>
      <path d={side === "high" ? "M5 1 9.5 9h-9z" : "M5 9 .5 1h9z"} fill="currentColor" />
    </svg>
  );
}

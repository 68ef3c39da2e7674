import classes from "./logo.module.css";
import { lampArc, lampWidth, letterOutline, wordOutline } from "./outlines.ts";

type LogoProps = {
  /** Height of the letters' box in pixels; the width follows. */
  height?: number;
  /** Said by a screen reader; leave it out where the word stands beside text that already says it. */
  label?: string;
  /** One colour, for stamps, faxes and forced colours. */
  plain?: boolean;
};

/** The word *chevet* with its lamp over the second e. */
export function Logo({ height = 23, label, plain = false }: LogoProps) {
  return (
    <svg
      className={classes.logo}
      data-plain={plain || undefined}
      height={height}
      width={Math.round((height * 2780) / 800)}
      viewBox="25 -770 2780 800"
      role="img"
      aria-label={label}
      aria-hidden={!label}
    >
      <path className={classes.word} d={wordOutline} />
      <path className={classes.lamp} d={lampArc} strokeWidth={lampWidth} />
    </svg>
  );
}

/** The lit e alone: the head of the workspace's rail, an app icon, a small place. */
export function LogoMark({ size = 28, label, plain = false }: { size?: number; label?: string; plain?: boolean }) {
  return (
    <svg
      className={classes.logo}
      data-plain={plain || undefined}
      height={size}
      width={size}
      viewBox="1801 -780 820 820"
      role="img"
      aria-label={label}
      aria-hidden={!label}
    >
      <path className={classes.word} d={letterOutline} />
      <path className={classes.lamp} d={lampArc} strokeWidth={lampWidth + 10} />
    </svg>
  );
}

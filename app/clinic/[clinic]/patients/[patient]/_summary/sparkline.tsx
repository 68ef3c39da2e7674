import type { Deviation } from "#server/observation/judge-value.ts";
import classes from "./summary.module.css";

interface SparklineProps {
  points: readonly { at: Date; value: string }[];
  deviation: Deviation | undefined;
  label: string;
}

const [width, height, edge] = [84, 16, 3];

/** The last values as a line, spaced as they were in time. What it shows is said in words too. */
export function Sparkline({ points, deviation, label }: SparklineProps) {
  if (points.length < 2) return <span className={classes.noLine} />;
  const values = points.map(({ value }) => Number(value));
  const times = points.map(({ at }) => at.getTime());
  const x = scale(Math.min(...times), Math.max(...times), edge, width - edge);
  const y = scale(Math.min(...values), Math.max(...values), height - edge, edge);
  const drawn = points.map((_, at) => `${x(times[at] ?? 0).toFixed(1)},${y(values[at] ?? 0).toFixed(1)}`);
  const [lastX = "", lastY = ""] = drawn.at(-1)?.split(",") ?? [];
  return (
    <svg
      className={classes.spark}
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
    >
      <polyline points={drawn.join(" ")} fill="none" stroke="currentColor" strokeWidth="1.25" strokeLinejoin="round" />
      <circle cx={lastX} cy={lastY} r="2.5" data-deviation={deviation} className={classes.dot} />
    </svg>
  );
}

/** From one span to another; a span of nothing goes to the middle. */
function scale(from: number, until: number, start: number, end: number): (value: number) => number {
  if (from === until) return () => (start + end) / 2;
  return (value) => start + ((value - from) / (until - from)) * (end - start);
}

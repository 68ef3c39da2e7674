import type { ServiceColor } from "#server/schedule/service/schema.ts";
import classes from "./service-dot.module.css";

/** A service's colour beside its name: never the only thing that tells it. */
export function ServiceDot({ color }: { color: ServiceColor }) {
  return <span className={classes.dot} data-color={color} aria-hidden />;
}

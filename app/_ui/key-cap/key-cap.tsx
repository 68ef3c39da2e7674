import classes from "./key-cap.module.css";

/** A key, as drawn on it. */
export function KeyCap({ children }: { children: string }) {
  return <kbd className={classes.key}>{children}</kbd>;
}

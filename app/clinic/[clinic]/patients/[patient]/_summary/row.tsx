import { type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import classes from "./summary.module.css";
import type { Asked } from "./use-shown.ts";

interface RowProps {
  open: boolean;
  onToggle: () => void;
  /** This row was asked for: it takes the focus and comes into view. */
  asked?: Asked | undefined;
  /** Over and done with, or set aside: shown quietly. */
  quiet?: boolean;
  /** The right keeps its place: what is long at the left goes on under itself. */
  nowrap?: boolean;
  /** What is said at the right, and gives way last. */
  right?: ReactNode;
  children: ReactNode;
  /** What the row opens, in place. */
  detail: ReactNode;
}

/** One line of a card. Enter opens it where it stands. */
export function Row({ open, onToggle, asked, quiet = false, nowrap = false, right, children, detail }: RowProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!asked) return;
    button.current?.focus({ preventScroll: true });
    button.current?.scrollIntoView({ block: "center" });
  }, [asked]);
  function onEscape(event: KeyboardEvent<HTMLElement>) {
    if (event.key !== "Escape" || event.defaultPrevented || !open) return;
    const target = event.target as HTMLElement;
    // A dialog that it opened stands elsewhere, and a list that is open closes first.
    if (!event.currentTarget.contains(target) || target.dataset.mantineStopPropagation) return;
    event.preventDefault();
    onToggle();
    button.current?.focus({ preventScroll: true });
  }
  return (
    <li className={classes.item} data-open={open || undefined} onKeyDown={onEscape}>
      <button
        ref={button}
        type="button"
        className={classes.row}
        data-row
        data-quiet={quiet || undefined}
        data-nowrap={nowrap || undefined}
        aria-expanded={open}
        onClick={onToggle}
      >
        <span className={classes.left}>{children}</span>
        {right && <span className={classes.right}>{right}</span>}
      </button>
      {open && <div className={classes.detail}>{detail}</div>}
    </li>
  );
}

import Link from "next/link";
import type { ReactNode } from "react";
import classes from "./data-table.module.css";

type RowOpenerProps = { href?: string; onOpen?: () => void; current: boolean; children: ReactNode };

/** The link or button in a row's first cell. It is stretched over the row, so the whole row answers while one real control is named. */
export function RowOpener({ href, onOpen, current, children }: RowOpenerProps) {
  if (href) {
    return (
      <Link href={href} prefetch={false} className={classes.opener} data-row-opener aria-current={current || undefined}>
        {children}
      </Link>
    );
  }
  return (
    <button
      type="button"
      onClick={onOpen}
      className={classes.opener}
      data-row-opener
      aria-current={current || undefined}
    >
      {children}
    </button>
  );
}

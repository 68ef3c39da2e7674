import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

type EmptyStateProps = {
  /** 24 px. */
  icon?: ReactNode;
  /** What is not there, in one short sentence. */
  title: ReactNode;
  /** What to do next, and what will then appear here. */
  children?: ReactNode;
  action?: ReactNode;
};

/** A place with nothing in it yet: says so, and what to do next. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className={classes.empty}>
      {icon && (
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
      )}
      <p className={classes.title}>{title}</p>
      {children && <p className={classes.text}>{children}</p>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}

import type { ReactNode } from "react";
import classes from "./page-head.module.css";

type PageHeadProps = {
  title: ReactNode;
  /** The page in numbers, or its state: chips, counts. */
  context?: ReactNode;
  /** Secondary acts, then the primary one last: always the same corner. */
  children?: ReactNode;
};

/** Head of a page of the workspace: title, context, and at the far right the one primary act. */
export function PageHead({ title, context, children }: PageHeadProps) {
  return (
    <div className={classes.head}>
      <h1 className={classes.title}>{title}</h1>
      {context && <div className={classes.context}>{context}</div>}
      {children && <div className={classes.acts}>{children}</div>}
    </div>
  );
}

type PageBodyProps = {
  /** `wide` fills the window (lists); `text` keeps lines readable (forms, settings). */
  width?: "wide" | "text";
  children: ReactNode;
};

/** What stands under the head, with the same margins everywhere. */
export function PageBody({ width = "wide", children }: PageBodyProps) {
  return (
    <div className={classes.body} data-width={width}>
      {children}
    </div>
  );
}

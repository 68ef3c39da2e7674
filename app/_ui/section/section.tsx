import { type ReactNode, useId } from "react";
import classes from "./section.module.css";

type SectionProps = {
  title: ReactNode;
  count?: number;
  /** One sentence under the title. */
  lead?: ReactNode;
  /** A link or a quiet button at the far right of the title. */
  action?: ReactNode;
  children: ReactNode;
};

/** A part of a page, parted from the next by one line rather than a box. */
export function Section({ title, count, lead, action, children }: SectionProps) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 className={classes.title} id={id}>
          {title} {count !== undefined && <span className={classes.count}>{count}</span>}
        </h2>
        {action && <div className={classes.action}>{action}</div>}
      </div>
      {lead && <p className={classes.lead}>{lead}</p>}
      {children}
    </section>
  );
}

import type { ReactNode } from "react";
import { Logo } from "../logo/logo.tsx";
import { Street } from "../street/street.tsx";
import classes from "./message-page.module.css";

/** A whole page that only has something to say: not found, failed. The street at its foot keeps it from looking broken. */
export function MessagePage({ title, lead, children }: { title: ReactNode; lead: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.page} data-density="public">
      <main className={classes.main} id="content">
        <Logo height={23} label="Chevet" />
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.lead}>{lead}</p>
        <div className={classes.acts}>{children}</div>
      </main>
      <Street className={classes.street} />
    </div>
  );
}

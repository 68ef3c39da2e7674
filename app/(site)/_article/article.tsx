import type { ReactNode } from "react";
import classes from "./article.module.css";

/** A page to be read: title, one sentence, then sections. */
export function Article({
  title,
  lead,
  about,
  children,
}: {
  title: string;
  lead: string;
  about?: ReactNode;
  children: ReactNode;
}) {
  return (
    <article className={classes.article}>
      <h1 className={classes.title}>{title}</h1>
      <p className={classes.lead}>{lead}</p>
      {about && <p className={classes.about}>{about}</p>}
      {children}
    </article>
  );
}

export function ArticleSection({ title, level = 2, children }: { title: string; level?: 2 | 3; children: ReactNode }) {
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section className={classes.section}>
      <Heading className={classes.heading}>{title}</Heading>
      {children}
    </section>
  );
}

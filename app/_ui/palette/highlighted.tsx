import { Fragment } from "react";
import { plain } from "./match.ts";
import classes from "./palette.module.css";

/** A label with the letters that matched underlined, wherever a word begins with one of the query's words. */
export function Highlighted({ text, query }: { text: string; query: string }) {
  const words = plain(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return text;
  return text.split(/(?<=[^\p{L}\p{N}])/u).map((part, index) => {
    const length = words.find((word) => plain(part).startsWith(word))?.length ?? 0;
    // Accents fold to one letter each in both our languages, so lengths agree; a ligature would only underline one letter more.
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text, in order.
      <Fragment key={index}>
        {length > 0 && <mark className={classes.match}>{part.slice(0, length)}</mark>}
        {part.slice(length)}
      </Fragment>
    );
  });
}

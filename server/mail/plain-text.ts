import { toPlainText } from "@react-email/render";

/** A mail's HTML as text that is whole by itself: a button is its words, with its address in full below. */
export function plainText(html: string): string {
  return toPlainText(html, {
    wordwrap: 78,
    selectors: [
      { selector: "[data-skip-in-text=true]", format: "skip" },
      { selector: "h1", options: { uppercase: false } },
      // A button is its words; its address stands in full below it.
      { selector: "a[data-action=true]", format: "anchor", options: { ignoreHref: true } },
      // The address in full is the link's own text: once is enough.
      { selector: "a", options: { hideLinkHrefIfSameAsText: true, linkBrackets: false } },
    ],
  });
}

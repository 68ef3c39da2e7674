import { SaxesParser } from "saxes";
import { escapeHtml } from "./html.ts";

/** What a letter is made of. Links are none of them: they would lead out of the clinic. */
const kept = new Set(
  "p h1 h2 h3 h4 h5 h6 ul ol li table thead tbody tr td th strong em u s sup sub br img dl dt dd".split(" "),
);
const empty = new Set(["br", "img"]);
/** Deeper than this, a browser would give up before a reader does. */
const deepest = 200;
/** Characters written, without the bytes of pictures, which are counted where they are drawn. */
const mostWritten = 4_000_000;
const picture = /^data:image\/(?:png|jpeg);base64,[A-Za-z0-9+/=]+$/;
const span = /^[1-9]\d{0,2}$/;

/**
 * Writes anew what another program wrote as HTML: of its elements those that are named here, of their attributes none but the bytes and the words of
 * a picture and how many cells a cell takes, and text as text. What is not well formed is refused, so that nothing is ever guessed: no browser can
 * read in the outcome what was not written here. Counted as it is written: past four million characters it stops, with what is open closed.
 * A box of a form is the sign for it, ticked or not.
 * @param cutSaid the words that say so
 * @throws on anything that is not well-formed
 */
export function onlyThese(html: string, cutSaid = "", most = mostWritten): string {
  const parser = new SaxesParser({ fragment: true });
  const out: string[] = [];
  let depth = 0;
  let left = most;
  /** Of what is open, which was written. */
  const open: boolean[] = [];
  const tick = ({ type, checked }: Readonly<Record<string, unknown>>) => {
    if (type !== "checkbox") return;
    left -= 1;
    out.push(checked === undefined ? "☐" : "☒");
  };
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    depth += 1;
    if (depth > deepest) throw new RangeError("too deep");
    const isWritten = kept.has(name) && left > 0;
    open.push(isWritten);
    if (name === "input" && left > 0) tick(attributes);
    if (!isWritten) return;
    const given = attributesOf(name, attributes);
    left -= name.length * 2 + 5 + (name === "img" ? String(attributes.alt ?? "").length : given.length);
    out.push(`<${name}${given}>`);
  });
  parser.on("text", (text) => {
    if (left <= 0) return;
    const whole = escapeHtml(text.slice(0, left));
    const shown = whole.length > left ? whole.slice(0, left).replace(/&[^;]*$/, "") : whole;
    left -= whole.length;
    out.push(shown);
  });
  parser.on("closetag", ({ name }) => {
    depth -= 1;
    if (open.pop() && !empty.has(name)) out.push(`</${name}>`);
  });
  // Characters that no XML may hold, and no reader sees.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  parser.write(html.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")).close();
  if (left <= 0 && cutSaid) out.push(`<p class="cut">${cutSaid}</p>`);
  return out.join("");
}

function attributesOf(name: string, attributes: Readonly<Record<string, unknown>>): string {
  const said = (key: string) => String(attributes[key] ?? "");
  if (name === "img") {
    const src = picture.test(said("src")) ? ` src="${said("src")}"` : "";
    return `${src} alt="${escapeHtml(said("alt"))}"`;
  }
  if (name !== "td" && name !== "th") return "";
  return ["colspan", "rowspan"].map((key) => (span.test(said(key)) ? ` ${key}="${said(key)}"` : "")).join("");
}

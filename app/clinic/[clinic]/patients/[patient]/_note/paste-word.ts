/**
 * What Word, Excel, LibreOffice and web pages put on the clipboard, less what is not text. The editor's own schema drops what it does not know; this
 * does first what only the source can tell: comments that hold other markup, the numbers and bullets that Word writes as text, its empty
 * paragraphs; and it puts in words what the schema has no mark for and which would change what is said: cells that would run together, a dose that was
 * struck out, a power of ten, a ticked box. Strings alone, so that it runs anywhere.
 * @param language of what is written: that a text was struck out is said in it
 */
export function cleanPasted(html: string, language = "fr"): string {
  const cleaned = html
    .replaceAll(/<!--\[if !supportLists\]-->[\s\S]*?<!--\[endif\]-->/gi, "")
    .replaceAll(/<!--[\s\S]*?-->/g, "")
    .replaceAll(/<!\[[^\]]*\]>/g, "")
    .replaceAll(/<(style|script|xml|title)\b[^>]*>[\s\S]*?<\/\1>/gi, "")
    .replaceAll(/<\/?(head|meta|link|xml)\b[^>]*>/gi, "")
    .replaceAll(/<\/?(o|w|m|v|st1):[^>]*>/gi, "")
    .replaceAll(/<span[^>]*mso-list:\s*Ignore[^>]*>[\s\S]*?<\/span>(\s*<\/span>)?/gi, "")
    .replaceAll(/<br[^>]*page-break[^>]*>/gi, "");
  return wrapLists(sayMarks(cleaned, language).replaceAll(row, sayRow));
}

const hidden = /<(span|p|div|td|li)\b[^>]*style="[^"]*(?:display:\s*none|mso-hide:\s*all)[^"]*"[^>]*>[\s\S]*?<\/\1>/gi;
const strike = /<(s|strike|del)\b[^>]*>([\s\S]*?)<\/\1>/gi;
const strikeSpan = /<(span)\b[^>]*style="[^"]*line-through[^"]*"[^>]*>([\s\S]*?)<\/\1>/gi;
const raised = new Map([..."0123456789+-"].map((sign, at) => [sign, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"[at] ?? sign]));
const words = (inner: string) =>
  inner
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();

function sayMarks(html: string, language: string): string {
  const [before, after] = language.startsWith("en") ? ["(struck out: ", ")"] : ["(biffé\u00a0: ", ")"];
  const sayStruck = (_: string, _tag: string, inner: string) =>
    words(inner) ? `${before}${words(inner)}${after}` : "";
  return html
    .replaceAll(hidden, "")
    .replaceAll(strike, sayStruck)
    .replaceAll(strikeSpan, sayStruck)
    .replaceAll(/<sup\b[^>]*>([\s\S]*?)<\/sup>/gi, (_, inner: string) =>
      /^[\d+-]+$/.test(words(inner)) ? [...words(inner)].map((sign) => raised.get(sign)).join("") : inner,
    )
    .replaceAll(/<input\b[^>]*type="?checkbox"?[^>]*>/gi, (box) => (/\schecked\b/i.test(box) ? "☒ " : "☐ "));
}

const row = /<tr\b[^>]*>([\s\S]*?)<\/tr>/gi;
/** A line of a table, its cells apart; those of Word are paragraphs already. */
function sayRow(line: string, inside: string): string {
  if (/<p\b/i.test(inside)) return line;
  const cells = [...inside.matchAll(/<t[dh]\b[^>]*>([\s\S]*?)<\/t[dh]>/gi)];
  return `<p>${cells.map(([, inner = ""]) => words(inner)).join(" | ")}</p>`;
}

const item = /<p\b([^>]*(?:MsoListParagraph|mso-list:)[^>]*)>([\s\S]*?)<\/p>/gi;

/** Word writes a list as paragraphs that bear a class; which kind it is, only the text before them said. */
function wrapLists(html: string): string {
  return html
    .replaceAll(item, (_, attributes: string, inner: string) => {
      const kind =
        /lfo\d+/i.test(attributes) && /level\d+/i.test(attributes) && /decimal/i.test(attributes) ? "ol" : "ul";
      return `<${kind}><li><p>${inner.replace(/^[\s·•o§]+(?:&nbsp;|\s)+/, "")}</p></li></${kind}>`;
    })
    .replaceAll(/<\/ul>\s*<ul>/g, "")
    .replaceAll(/<\/ol>\s*<ol>/g, "");
}

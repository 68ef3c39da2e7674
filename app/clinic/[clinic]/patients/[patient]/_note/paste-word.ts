/**
 * What Word, LibreOffice and web pages put on the clipboard, less what is not text. The editor's own schema drops what it does not know; this
 * does first what only the source can tell: comments that hold other markup, the numbers and bullets that Word writes as text, its empty
 * paragraphs. Strings alone, so that it runs anywhere.
 */
export function cleanPasted(html: string): string {
  const cleaned = html
    .replaceAll(/<!--\[if !supportLists\]-->[\s\S]*?<!--\[endif\]-->/gi, "")
    .replaceAll(/<!--[\s\S]*?-->/g, "")
    .replaceAll(/<!\[[^\]]*\]>/g, "")
    .replaceAll(/<(style|script|xml|title)\b[^>]*>[\s\S]*?<\/\1>/gi, "")
    .replaceAll(/<\/?(head|meta|link|xml)\b[^>]*>/gi, "")
    .replaceAll(/<\/?(o|w|m|v|st1):[^>]*>/gi, "")
    .replaceAll(/<span[^>]*mso-list:\s*Ignore[^>]*>[\s\S]*?<\/span>(\s*<\/span>)?/gi, "")
    .replaceAll(/<br[^>]*page-break[^>]*>/gi, "");
  return wrapLists(cleaned);
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

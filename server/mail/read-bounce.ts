import { simpleParser } from "mailparser";

/** What a mail server reports of a send that it gave up: its enhanced status (RFC 3463), `5.1.1`. */
export interface Bounce {
  readonly status: string;
}

const enhanced = /^([245]\.\d{1,3}\.\d{1,3})\b/;
/** How qmail says it, which knows no RFC 3464: https://cr.yp.to/proto/qsbmf.txt */
const qmail = /^Hi\. This is the\b/m;
const inText = /#([45]\.\d{1,3}\.\d{1,3})\b/;

/**
 * Reads a report of non-delivery (RFC 3464, its internationalized form RFC 6533, or qmail's). What only tells of a delay, of a relay or of a
 * delivery is none, nor is a holiday answer: null. Nothing of its text is kept.
 */
export async function readBounce(raw: Buffer): Promise<Bounce | null> {
  const mail = await simpleParser(raw, {
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipImageLinks: true,
    skipTextLinks: true,
  });
  const report = mail.attachments.find(({ contentType }) => /^message\/(global-)?delivery-status$/.test(contentType));
  if (report) return readReport(report.content.toString("latin1"));
  // Somebody's holiday is no refusal (RFC 3834); of anything else only what says that it is a report.
  if (
    /^auto-(replied|generated)/i.test(String(mail.headers.get("auto-submitted") ?? "")) &&
    !qmail.test(mail.text ?? "")
  )
    return null;
  return qmail.test(mail.text ?? "") ? { status: inText.exec(mail.text ?? "")?.[1] ?? "5.0.0" } : null;
}

/** Groups of fields, the first about the report, the others about one recipient each. */
function readReport(text: string): Bounce | null {
  const groups = text
    .replaceAll("\r\n", "\n")
    .replaceAll(/\n[ \t]+/g, " ")
    .split(/\n[ \t]*\n/);
  for (const group of groups) {
    const field = (name: string) => new RegExp(`^${name}[ \\t]*:[ \\t]*(.*)$`, "im").exec(group)?.[1]?.trim() ?? "";
    if (!/^failed\b/i.test(field("Action"))) continue;
    const status = enhanced.exec(field("Status"))?.[1];
    // Some write « 5.0.0 » for want of better and say it in what the other server answered.
    const said = /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(field("Diagnostic-Code").replace(/^[^;]*;/, ""))?.[1];
    return { status: status && !/^[45]\.0\.0$/.test(status) ? status : (said ?? status ?? "5.0.0") };
  }
  return null;
}

import { runApart } from "../reading/run-apart.ts";
import type { ShownLanguage } from "./show-office.ts";

const program = { source: new URL("./show-apart.ts", import.meta.url), name: "showing/show-apart" };
const longestMs = 20_000;
const mostHeapMb = 512;
/** Bytes. A browser that is given more stops answering before its reader does. */
const mostSaid = 30_000_000;

const unread = {
  fr: "Ce document ne peut pas être affiché ici. Téléchargez l’original pour l’ouvrir.",
  en: "This document cannot be shown here. Download the original to open it.",
};

const busy = {
  fr: "Trop de documents s’ouvrent en ce moment. Réessayez dans un instant.",
  en: "Too many documents are being opened right now. Try again in a moment.",
};

/** Paper is white in both themes. Fonts of the reader's own system: none is fetched. */
const look = `
:root { color-scheme: light; }
body { margin: 0; padding: 32px; background: #fff; color: #1b2a33; font: 15px/1.55 system-ui, "Segoe UI", sans-serif; overflow-wrap: anywhere; }
main { max-width: 76ch; margin: 0 auto; }
main.sheets { max-width: none; }
h1, h2, h3, h4, h5, h6 { margin: 1.2em 0 .4em; line-height: 1.25; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; } h3 { font-size: 1.1rem; } h4, h5, h6 { font-size: 1rem; }
main > :first-child, section:first-child > h2 { margin-top: 0; }
p { margin: 0 0 .7em; } li > p { margin: 0; } ul, ol { margin: 0 0 .7em; padding-left: 1.6em; }
img { max-width: 100%; height: auto; } img:not([src]) { display: none; }
table { border-collapse: collapse; margin: 0 0 1em; } td, th { padding: 4px 8px; border: 1px solid #c9d3d8; text-align: left; vertical-align: top; overflow-wrap: normal; } td > p:last-child { margin: 0; }
header, footer { color: #51636d; font-size: .9rem; } header { margin-bottom: 1.5em; border-bottom: 1px solid #c9d3d8; } footer { margin-top: 1.5em; padding-top: .7em; border-top: 1px solid #c9d3d8; }
:not(.wide) > table { display: block; overflow-x: auto; } .wide { overflow-x: auto; } .sheets td { max-width: 40ch; white-space: pre-wrap; overflow-wrap: break-word; } .sheets .whole { white-space: nowrap; } .sheets .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.cut, small { color: #51636d; }
@media (width < 480px) { body { padding: 16px; } }
`;

/**
 * A page that shows an Office file, made at each look and kept nowhere. Made in a process with its own time and memory; a file that cannot be shown is
 * a page that says so, never an error: its original can be fetched all the same.
 * @param more.signal nobody waits for it any more
 */
export async function renderOffice(
  content: Buffer,
  language: ShownLanguage,
  { limitMs = longestMs, signal }: { limitMs?: number; signal?: AbortSignal } = {},
): Promise<string> {
  const said = await runApart(program, content, language, { limitMs, mostHeapMb, mostSaid, signal });
  const body = said?.toString();
  return pageOf(
    language,
    body
      ? `<main${body.startsWith("<section>") ? ' class="sheets"' : ""}>${body}</main>`
      : `<main><p>${unread[language]}</p></main>`,
  );
}

/** The page that stands in its place while too many wait. */
export const busyPage = (language: ShownLanguage) => pageOf(language, `<main><p>${busy[language]}</p></main>`);

const pageOf = (language: ShownLanguage, main: string) =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>·</title><style>${look}</style></head><body>${main}</body></html>`;

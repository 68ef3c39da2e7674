import type { CaughtMessage } from "./read-message.ts";

/** The catcher's pages as plain HTML: no script at all, one style sheet of its own, and everything that was caught is escaped. */

type Language = "fr" | "en";

const words = {
  fr: {
    title: "Courriels et textos attrapés",
    intro: "En mode local, rien ne quitte cette machine : ce qui serait parti est ici.",
    none: "Rien n’a encore été envoyé.",
    refresh: "Actualiser",
    templates: "Tous les modèles de courriel",
    back: "Tous les messages",
    to: "À",
    subject: "Objet",
    at: "Reçu",
    sms: "Texto",
    shown: "Mis en page",
    text: "Texte",
    headers: "En-têtes",
    source: "Source",
    modelsIntro: "Chaque modèle, en français et en anglais, avec des valeurs d’exemple.",
    html: "HTML",
  },
  en: {
    title: "Caught mail and text messages",
    intro: "In local mode nothing leaves this machine: what would have left is here.",
    none: "Nothing has been sent yet.",
    refresh: "Refresh",
    templates: "All mail templates",
    back: "All messages",
    to: "To",
    subject: "Subject",
    at: "Received",
    sms: "Text message",
    shown: "Laid out",
    text: "Text",
    headers: "Headers",
    source: "Source",
    modelsIntro: "Every template, in French and English, with sample values.",
    html: "HTML",
  },
} as const;

export const base = "/local/mail";

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

export function listPage(messages: CaughtMessage[], language: Language): string {
  const say = words[language];
  const rows = messages.map(
    ({ id, kind, to, subject, text, at }) =>
      `<tr><td>${escapeHtml(to)}</td><td><a href="${base}/${id}">${escapeHtml(kind === "sms" ? `${say.sms} : ${text.slice(0, 60)}` : subject)}</a></td><td><time datetime="${at}">${localTime(at)}</time></td></tr>`,
  );
  const table = `<table><thead><tr><th>${say.to}</th><th>${say.subject}</th><th>${say.at}</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
  return page(
    say.title,
    language,
    `<h1>${say.title}</h1><p>${say.intro}</p>
     <p><a href="${base}">${say.refresh}</a> · <a href="${base}/templates">${say.templates}</a></p>
     ${messages.length === 0 ? `<p>${say.none}</p>` : table}`,
  );
}

export function messagePage(message: CaughtMessage, language: Language): string {
  const say = words[language];
  const { id, html, text, headers, to, at, kind } = message;
  const title = kind === "sms" ? say.sms : message.subject;
  const laidOut = html
    ? `<h2>${say.shown}</h2><iframe title="${say.shown}" sandbox="allow-popups allow-popups-to-escape-sandbox" src="${base}/${id}/html"></iframe>`
    : "";
  const lines = headers.map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td>${escapeHtml(value)}</td></tr>`,
  );
  const head = lines.length > 0 ? `<h2>${say.headers}</h2><table>${lines.join("")}</table>` : "";
  return page(
    title,
    language,
    `<p><a href="${base}">${say.back}</a> · <a href="${base}/${id}/source">${say.source}</a></p>
     <h1>${escapeHtml(title)}</h1><p>${say.to} ${escapeHtml(to)} · <time datetime="${at}">${localTime(at)}</time></p>
     ${laidOut}<h2>${say.text}</h2><pre>${withLinks(text)}</pre>${head}`,
  );
}

export function templatesPage(templates: { kind: string; samples: number }[], language: Language): string {
  const say = words[language];
  const links = ({ kind, samples }: { kind: string; samples: number }) =>
    Array.from({ length: samples }, (_, sample) =>
      (["fr", "en"] as const)
        .map((locale) => {
          const at = `${base}/templates/${kind}/${sample}/${locale}`;
          return `<a href="${at}/html">${locale} ${say.html}</a> · <a href="${at}/text">${locale} ${say.text}</a>`;
        })
        .join(" · "),
    ).join("<br>");
  const rows = templates.map((one) => `<tr><th scope="row">${escapeHtml(one.kind)}</th><td>${links(one)}</td></tr>`);
  return page(
    say.templates,
    language,
    `<p><a href="${base}">${say.back}</a></p><h1>${say.templates}</h1><p>${say.modelsIntro}</p><table>${rows.join("")}</table>`,
  );
}

function page(title: string, language: Language, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><link rel="stylesheet" href="${base}/style.css"></head><body><main>${body}</main></body></html>`;
}

function withLinks(text: string): string {
  return escapeHtml(text).replace(/https?:\/\/[^\s<>"&]+(?:&#38;[^\s<>"&]+)*/g, (url) => `<a href="${url}">${url}</a>`);
}

function localTime(at: string): string {
  return new Date(at).toLocaleString("fr-CA", { timeZone: "America/Toronto", dateStyle: "short", timeStyle: "medium" });
}

export const style = `
:root { color-scheme: light dark; --text: #1e3a4c; --page: #fbfaf7; --line: #e3e6e4; --link: #1b6453; --quiet: #56666e; }
@media (prefers-color-scheme: dark) { :root { --text: #e7eef0; --page: #10191e; --line: #26363f; --link: #5cc2a4; --quiet: #a9c0c9; } }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; }
td:first-child { min-width: 8rem; }
@media (width < 40rem) { tr { display: grid; padding: .5rem 0; border-bottom: 1px solid var(--line); } th, td { padding: 0; border: 0; } thead { display: none; } }
h1 { font-size: 1.4rem; line-height: 1.3; } h2 { font-size: 1.05rem; margin-top: 2rem; }
a { color: var(--link); } time { color: var(--quiet); white-space: nowrap; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; } pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.5 ui-monospace, monospace; }
iframe { width: 100%; height: 34rem; border: 1px solid var(--line); border-radius: 8px; background: #fff; }
`;

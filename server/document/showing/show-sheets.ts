import type { OfficeFile } from "../reading/open-office.ts";
import { escapeHtml } from "./html.ts";
import { type Cell, readWorkbook, type Sheet } from "./read-workbook.ts";
import type { ShownLanguage } from "./show-office.ts";

const words = {
  fr: {
    rows: (shown: number) =>
      `${shown === 1 ? "Seule la première ligne est montrée" : `Seules les ${shown} premières lignes sont montrées`}. Téléchargez l’original pour voir la suite.`,
    columns: (shown: number) =>
      `Seules les ${shown} premières colonnes sont montrées. Téléchargez l’original pour voir les autres.`,
    sheets: (shown: number) =>
      `${shown === 1 ? "Seule la première feuille est montrée" : `Seules les ${shown} premières feuilles sont montrées`}. Téléchargez l’original pour voir les autres.`,
    bare: "Certains nombres sont montrés sans leur mise en forme, qui n’est pas comprise ici. Téléchargez l’original pour la voir.",
    hidden: "feuille masquée",
    empty: "Cette feuille est vide.",
  },
  en: {
    rows: (shown: number) =>
      `Only the first ${shown === 1 ? "row is" : `${shown} rows are`} shown. Download the original to see the rest.`,
    columns: (shown: number) => `Only the first ${shown} columns are shown. Download the original to see the others.`,
    sheets: (shown: number) =>
      `Only the first ${shown === 1 ? "sheet is" : `${shown} sheets are`} shown. Download the original to see the others.`,
    bare: "Some numbers are shown without their formatting, which is not understood here. Download the original to see it.",
    hidden: "hidden sheet",
    empty: "This sheet is empty.",
  },
};

export const mostRows = 500;
const mostColumns = 60;
const mostSheets = 20;
/** Characters of the page, counted as they are written: a few bytes of a file may ask for a thousand times as many. */
const mostWritten = 4_000_000;

/** A workbook: one table for each sheet, in their order, as far as a person would read. */
export async function showSheets(file: OfficeFile, language: ShownLanguage): Promise<string> {
  const { sheets, more } = await readWorkbook(file, language, { mostSheets, mostRows, mostColumns });
  const say = words[language];
  const parts: string[] = [];
  let left = mostWritten;
  let isCut = more;
  for await (const sheet of sheets) {
    isCut ||= left <= 0;
    if (left <= 0) break;
    const part = showSheet(sheet, language, left);
    left -= part.length;
    parts.push(part);
  }
  if (isCut) parts.push(`<p class="cut">${say.sheets(parts.length)}</p>`);
  return parts.join("");
}

function showSheet({ name, isHidden, rows, more, hasBare }: Sheet, language: ShownLanguage, most: number): string {
  const say = words[language];
  const title = `<h2>${escapeHtml(name)}${isHidden ? ` <small>(${say.hidden})</small>` : ""}</h2>`;
  if (rows.length === 0) return `<section>${title}<p>${say.empty}</p></section>`;
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const lines: string[] = [];
  let written = 0;
  for (const row of rows) {
    if (written >= most) break;
    const line = `<tr>${Array.from({ length: width }, (_, column) => showCell(row[column])).join("")}</tr>`;
    written += line.length;
    lines.push(line);
  }
  const cut = [
    (more.rows || lines.length < rows.length) && say.rows(lines.length),
    more.columns && say.columns(mostColumns),
    hasBare && say.bare,
  ].filter((one) => one !== false);
  return `<section>${title}<div class="wide"><table>${lines.join("")}</table></div>${cut
    .map((sentence) => `<p class="cut">${sentence}</p>`)
    .join("")}</section>`;
}

function showCell(cell: Cell | undefined): string {
  if (!cell) return "<td></td>";
  const text = escapeHtml(cell.text);
  // A day or a figure that was written as text is not cut either.
  const kind = cell.isNumber ? "number" : /^[\d\s.,:/%+-]+$/.test(cell.text) ? "whole" : undefined;
  return `<td${kind ? ` class="${kind}"` : ""}>${cell.isStruck ? `<s>${text}</s>` : text}</td>`;
}

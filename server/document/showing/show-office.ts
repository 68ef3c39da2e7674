import { docx, openOffice, xlsx } from "../reading/open-office.ts";
import { showSheets } from "./show-sheets.ts";
import { showText } from "./show-text.ts";

export type ShownLanguage = "fr" | "en";

/** Office files that are shown as they look; the others by their words. */
export const isShown = (mediaType: string) => mediaType === docx || mediaType === xlsx;

/**
 * The body of a page that shows an Office file: text with its headings, lists, tables and pictures, or its sheets as tables. All of it is made of a
 * few names that this folder writes itself; nothing of it acts, leads or fetches. Runs in a process of its own (`render-office.ts`).
 * @throws for a file that cannot be read, whatever the reason
 */
export async function showOffice(content: Uint8Array, language: ShownLanguage): Promise<string> {
  const file = await openOffice(Buffer.from(content));
  try {
    return file.type === docx ? await showText(file, language) : await showSheets(file, language);
  } finally {
    file.close();
  }
}

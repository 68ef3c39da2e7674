import type { PageView } from "#server/public-page/compose-page.ts";
import type { Language } from "../../_i18n/locale.ts";
import type { PageLinks } from "./links.ts";

/** What every part of the clinic's page is drawn from. */
export interface PartProps {
  page: PageView;
  links: PageLinks;
  language: Language;
}

/** A text of the clinic's in the language that is read; French where it wrote no English. */
export const written = (language: Language, french: string, english: string) =>
  (language === "en" && english) || french;

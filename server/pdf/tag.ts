/** What a piece of a page is, for whom reads by ear: the standard structure types of ISO 32000-1, 14.8.4. */
export type Tag =
  | "H1"
  | "H2"
  | "H3"
  | "P"
  | "Table"
  | "TR"
  | "TH"
  | "TD"
  | "L"
  | "LI"
  | "Lbl"
  | "LBody"
  | "TOC"
  | "TOCI"
  | "Figure"
  | "Artifact";

export interface Tagged {
  /** From the outside in: `["LI", "LBody"]` is an item whose body this is. */
  readonly tags: readonly Tag[];
  /** What a picture shows; the scope of a heading cell. */
  readonly alt?: string;
  readonly scope?: "Row" | "Column";
  /** Of its words, where they are not in the language of the whole. */
  readonly lang?: "fr-CA" | "en-CA";
}

/** To be spread on a piece of a page: `<Text {...tag("H1")}>`. A text without one is a paragraph; what is repeated on each page is read by nobody. */
export const tag = (...tags: readonly Tag[]): Tagged => ({ tags });
export const columnHead: Tagged = { tags: ["TH"], scope: "Column" };
export const rowHead: Tagged = { tags: ["TH"], scope: "Row" };
export const inEnglish: Tagged = { tags: ["P"], lang: "en-CA" };
export const figure = (alt: string): Tagged => ({ tags: ["Figure"], alt });

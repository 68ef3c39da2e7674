import { Text, View } from "@react-pdf/renderer";
import { tag } from "#server/pdf/tag.ts";
import type { DocumentRow } from "../read-chart.ts";
import { chartWords } from "../words.ts";
import { type Sheet, Sheets, styles } from "./sheet.tsx";

export interface ListedDocument extends Pick<DocumentRow, "id" | "title" | "datedOn" | "sourceAuthor" | "replaced"> {
  /** Where it begins; null when it is not appended, and then why. `cut`: it is there up to where its file can be read. */
  readonly page: number | null;
  readonly why: "form" | "weight" | "choice" | "cut";
}

/** The list of documents, with the page where each begins; every line is as high whatever it says. */
export function DocumentSheets({
  documents,
  language,
}: Pick<Sheet, "language"> & { documents: readonly ListedDocument[] }) {
  const w = chartWords[language];
  return (
    <Sheets language={language}>
      <Text {...tag("H1")} style={styles.h1}>
        {w.parts.documents}
      </Text>
      {documents.length === 0 && <Text style={styles.quiet}>{w.none}</Text>}
      {documents.map(({ id, title, datedOn, sourceAuthor, replaced, page, why }) => (
        <View key={id} {...tag("TOCI")} style={styles.entry} wrap={false}>
          <View style={styles.entryLabel}>
            <Text>
              {`${datedOn}  `}
              <Text style={styles.strong}>{title.slice(0, 85)}</Text>
            </Text>
            <Text style={styles.quiet}>
              {[
                replaced && w.replaced,
                sourceAuthor,
                page === null && why === "form" && w.notAppended,
                page === null && why === "weight" && w.tooHeavy,
                why === "cut" && w.cut,
                // A line stays a line: the list was measured before its pages were known.
                "\u00a0",
              ]
                .filter(Boolean)
                .join(" · ")
                .slice(0, 110)}
            </Text>
          </View>
          <Text>{page === null ? "–" : `${w.page} ${page}`}</Text>
        </View>
      ))}
    </Sheets>
  );
}

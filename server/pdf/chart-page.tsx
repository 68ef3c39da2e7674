import { Document, Page, StyleSheet, Text, View } from "@react-pdf/renderer";
import type { ReactNode } from "react";
import { fontFamily } from "./fonts.ts";
import { tag } from "./tag.ts";

/** The one frame of every page about a patient: whose clinic above, whose page in the box, and both again with the page's number below. */

export interface ChartDocument {
  /** What it is, alone: a title names nobody, since viewers show it in their list of recent files. */
  readonly title: string;
  readonly language: "fr" | "en";
  /** ISO instant: the file's dates, so that the same record makes the same bytes. */
  readonly madeAt: string;
  readonly clinic: { readonly name: string; readonly lines: readonly string[]; readonly phone: string };
  /** Beside the title: a number, a day, what it replaces. */
  readonly facts: readonly string[];
  readonly patient: { readonly name: string; readonly lines: readonly string[]; readonly aside?: readonly string[] };
  /** Small, at the foot of every page beside clinic and patient. */
  readonly foot?: string;
}

interface Props extends ChartDocument {
  readonly children: ReactNode;
  /** Stands after everything, and is not cut: a signature. */
  readonly end?: ReactNode;
  /** Pages that will stand behind these in the same file. */
  readonly behind?: number;
  /** Left out where the page's number is written once the whole file is there. */
  readonly numbered?: boolean;
}

export function ChartPages({
  title,
  language,
  madeAt,
  clinic,
  facts,
  patient,
  foot,
  children,
  end,
  behind = 0,
  numbered = true,
}: Props) {
  const of = language === "fr" ? "de" : "of";
  const at = new Date(madeAt);
  return (
    <Document
      title={title}
      author={clinic.name}
      creator="Chevet"
      producer="Chevet"
      language={language === "fr" ? "fr-CA" : "en-CA"}
      creationDate={at}
      modificationDate={at}
    >
      <Page size="LETTER" style={styles.page} wrap>
        <View style={styles.head}>
          <View>
            <Text style={styles.clinic}>{clinic.name}</Text>
            {[...clinic.lines, clinic.phone && `${language === "fr" ? "Tél." : "Tel."} ${clinic.phone}`]
              .filter(Boolean)
              .map((line) => (
                <Text key={line}>{line}</Text>
              ))}
          </View>
          <View style={styles.facts}>
            <Text {...tag("H1")} style={styles.title}>
              {title}
            </Text>
            {facts.map((fact) => (
              <Text key={fact} style={styles.strong}>
                {fact}
              </Text>
            ))}
          </View>
        </View>
        <View style={styles.patient}>
          <View style={styles.who}>
            <Text style={styles.name}>{patient.name}</Text>
            {patient.lines.map((line) => (
              <Text key={line}>{line}</Text>
            ))}
          </View>
          <View>
            {(patient.aside ?? []).map((line) => (
              <Text key={line}>{line}</Text>
            ))}
          </View>
        </View>
        {children}
        {end && (
          <View wrap={false} style={styles.end}>
            {end}
          </View>
        )}
        <View style={styles.foot} fixed>
          <Text>{[clinic.name, patient.name, foot].filter(Boolean).join(" · ")}</Text>
          {numbered && (
            <Text render={({ pageNumber, totalPages }) => `Page ${pageNumber} ${of} ${totalPages + behind}`} />
          )}
        </View>
      </Page>
    </Document>
  );
}

const ink = "#16212e";
const line = "#9aa3ad";

export const styles = StyleSheet.create({
  page: { padding: "40 44 64", fontFamily, fontSize: 10, lineHeight: 1.4, color: ink },
  head: { flexDirection: "row", justifyContent: "space-between", marginBottom: 14 },
  clinic: { fontSize: 12, fontWeight: 700 },
  facts: { alignItems: "flex-end", maxWidth: "50%" },
  title: { fontSize: 15, fontWeight: 700, lineHeight: 1.3 },
  strong: { fontWeight: 600 },
  patient: {
    flexDirection: "row",
    justifyContent: "space-between",
    padding: "8 10",
    marginBottom: 14,
    border: `0.75 solid ${line}`,
    borderRadius: 3,
  },
  who: { maxWidth: "62%" },
  name: { fontSize: 12, fontWeight: 700 },
  end: { marginTop: 28 },
  row: { flexDirection: "row", padding: "7 0", borderTop: `0.5 solid ${line}` },
  nth: { width: 20, fontWeight: 700 },
  body: { flex: 1 },
  quiet: { color: "#3f4b57" },
  foot: {
    position: "absolute",
    // From the top of a letter page (792 points): counted from the bottom, the library puts it above the page.
    top: 740,
    left: 44,
    right: 44,
    flexDirection: "row",
    justifyContent: "space-between",
    paddingTop: 6,
    borderTop: `0.5 solid ${line}`,
    fontSize: 8.5,
    color: "#3f4b57",
  },
});

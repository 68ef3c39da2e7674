import { Document, Page, StyleSheet } from "@react-pdf/renderer";
import type { ReactNode } from "react";
import { fontFamily } from "#server/pdf/fonts.ts";

/** What the pages of a whole chart share. Their feet are written when all are there (server/pdf/join-pdf.ts). */

export interface Sheet {
  readonly language: "fr" | "en";
  readonly timeZone: string;
}

export const Sheets = ({ language, children }: { language: "fr" | "en"; children: ReactNode }) => (
  <Document language={`${language}-CA`}>
    <Page size="LETTER" style={styles.page} wrap>
      {children}
    </Page>
  </Document>
);

/** An hour of the clinic, as a page of the chart writes it: « 2026-11-30 14 h 30 ». */
export function moment(at: Date, timeZone: string, language: "fr" | "en"): string {
  const text = formatOf(timeZone).format(at);
  const [day = "", time = ""] = text.split(" ");
  return language === "fr" ? `${day} ${time.replace(":", "\u00a0h\u00a0")}` : `${day} ${time}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const fresh = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  formats.set(timeZone, fresh);
  return fresh;
}

export const decimal = (value: string, language: "fr" | "en") => (language === "fr" ? value.replace(".", ",") : value);

const line = "#9aa3ad";
export const styles = StyleSheet.create({
  page: { padding: "40 44 52", fontFamily, fontSize: 9.5, lineHeight: 1.4, color: "#16212e" },
  clinic: { fontSize: 12, fontWeight: 700 },
  front: { fontSize: 24, fontWeight: 700, lineHeight: 1.3, marginTop: 22 },
  who: { fontSize: 15, fontWeight: 600, lineHeight: 1.4 },
  notices: { marginTop: 10, marginBottom: 8, color: "#3f4b57" },
  h1: { fontSize: 15, fontWeight: 700, lineHeight: 1.3, marginTop: 6, marginBottom: 8 },
  h2: { fontSize: 11, fontWeight: 700, marginTop: 10, marginBottom: 4 },
  part: { marginBottom: 14 },
  quiet: { color: "#3f4b57" },
  strong: { fontWeight: 600 },
  entry: { flexDirection: "row", padding: "4 0", borderTop: `0.5 solid ${line}` },
  entryUnder: { flexDirection: "row", padding: "2 0 2 16" },
  entryLabel: { flex: 1, paddingRight: 12 },
  fact: { flexDirection: "row", padding: "3 0", borderTop: `0.5 solid ${line}` },
  term: { width: 150, color: "#3f4b57" },
  body: { flex: 1 },
  line: { padding: "4 0", borderTop: `0.5 solid ${line}` },
  tableHead: { flexDirection: "row", fontWeight: 700, paddingBottom: 3, borderBottom: `0.75 solid ${line}` },
  tableRow: { flexDirection: "row", padding: "1.5 0" },
  at: { width: 100 },
  what: { flex: 1, paddingRight: 8 },
  value: { width: 150 },
  range: { width: 90, color: "#3f4b57" },
  note: { paddingTop: 8, marginTop: 8, borderTop: `0.75 solid ${line}` },
  amendment: { paddingTop: 6, marginTop: 6, marginLeft: 16, borderTop: `0.5 dashed ${line}` },
  noteHead: { fontSize: 10.5, fontWeight: 700 },
  mark: { fontWeight: 600 },
  section: { marginTop: 4 },
  label: { fontWeight: 600 },
  signature: { marginTop: 4, color: "#3f4b57" },
});

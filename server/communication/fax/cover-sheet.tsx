import { Document, Page, StyleSheet, Text, View } from "@react-pdf/renderer";
import { fontFamily } from "#server/pdf/fonts.ts";
import { tag } from "#server/pdf/tag.ts";

/** What a cover sheet says. It names no patient: it lies on a machine that others pass by. */
export interface CoverSheetProps {
  readonly language: "fr" | "en";
  readonly clinic: {
    readonly name: string;
    readonly lines: readonly string[];
    readonly phone: string;
    readonly fax: string;
  };
  readonly to: { readonly name: string; readonly fax: string };
  readonly from: string;
  /** `YYYY-MM-DD 14 h 30` */
  readonly at: string;
  /** With this one. */
  readonly pages: number;
  /** Documents that could not be put on a page. */
  readonly without: number;
  /** Documents of which a part could not be read: their first pages go. */
  readonly cut: number;
}

const words = {
  fr: {
    title: "Télécopie",
    to: "Destinataire",
    fax: "Télécopieur",
    from: "Expéditeur",
    phone: "Téléphone",
    at: "Date",
    pages: "Pages, celle-ci comprise",
    missing: (count: number) =>
      count === 1
        ? "Un document n’a pas de forme imprimable et n’est pas joint."
        : `${count} documents n’ont pas de forme imprimable et ne sont pas joints.`,
    cut: (count: number) =>
      count === 1
        ? "Un document est incomplet : la suite de son fichier est illisible."
        : `${count} documents sont incomplets : la suite de leur fichier est illisible.`,
    secret: "CONFIDENTIEL",
    notice:
      "Cette télécopie contient des renseignements de santé confidentiels, protégés par la loi et destinés exclusivement à la personne ou à l’organisme nommé ci-dessus. Si vous l’avez reçue par erreur, il vous est interdit de la lire, de la copier ou de la transmettre : veuillez nous en aviser immédiatement par téléphone, puis la détruire.",
  },
  en: {
    title: "Fax",
    to: "To",
    fax: "Fax number",
    from: "From",
    phone: "Telephone",
    at: "Date",
    pages: "Pages, including this one",
    missing: (count: number) =>
      count === 1
        ? "One document has no printable form and is not attached."
        : `${count} documents have no printable form and are not attached.`,
    cut: (count: number) =>
      count === 1
        ? "One document is incomplete: the rest of its file cannot be read."
        : `${count} documents are incomplete: the rest of their files cannot be read.`,
    secret: "CONFIDENTIAL",
    notice:
      "This fax contains confidential health information, protected by law and intended only for the person or organization named above. If you received it in error, you may not read, copy or forward it: please tell us at once by telephone, then destroy it.",
  },
} as const;

/** The page that goes before a fax, in French or English, with the sentence of confidentiality that is usual in Québec. */
export function CoverSheet({ language, clinic, to, from, at, pages, without, cut }: CoverSheetProps) {
  const w = words[language];
  const facts: readonly (readonly [key: string, term: string, value: string])[] = [
    ["to", w.to, to.name],
    ["number", w.fax, to.fax],
    ["from", w.from, [from, clinic.name].filter(Boolean).join(", ")],
    ["phone", w.phone, clinic.phone],
    ["own", w.fax, clinic.fax],
    ["at", w.at, at],
    ["pages", w.pages, String(pages)],
  ];
  return (
    <Document title={w.title} author={clinic.name} creator="Chevet" producer="Chevet" language={`${language}-CA`}>
      <Page size="LETTER" style={styles.page}>
        <Text style={styles.clinic}>{clinic.name}</Text>
        {clinic.lines.map((line) => (
          <Text key={line}>{line}</Text>
        ))}
        <Text {...tag("H1")} style={styles.title}>
          {w.title}
        </Text>
        {facts
          .filter(([, , value]) => value !== "")
          .map(([key, term, value]) => (
            <View key={key} {...tag("LI")} style={styles.row}>
              <Text {...tag("Lbl")} style={styles.term}>
                {term}
              </Text>
              <Text {...tag("LBody")} style={styles.value}>
                {value}
              </Text>
            </View>
          ))}
        {without > 0 && <Text style={styles.note}>{w.missing(without)}</Text>}
        {cut > 0 && <Text style={styles.note}>{w.cut(cut)}</Text>}
        <View style={styles.notice}>
          <Text {...tag("H2")} style={styles.secret}>
            {w.secret}
          </Text>
          <Text>{w.notice}</Text>
        </View>
      </Page>
    </Document>
  );
}

const styles = StyleSheet.create({
  page: { padding: "56 60", fontFamily, fontSize: 12, lineHeight: 1.45, color: "#000000" },
  clinic: { fontSize: 15, fontWeight: 700 },
  title: { fontSize: 30, fontWeight: 700, lineHeight: 1.3, marginTop: 36, marginBottom: 18 },
  row: { flexDirection: "row", padding: "9 0", borderTop: "1 solid #000000" },
  term: { width: 170, fontWeight: 600 },
  value: { flex: 1, fontSize: 13 },
  note: { marginTop: 14, fontWeight: 600 },
  notice: { marginTop: 44, padding: 16, border: "1.5 solid #000000" },
  secret: { fontSize: 14, fontWeight: 700, marginBottom: 6 },
});

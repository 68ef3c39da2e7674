import { Image, Text, View } from "@react-pdf/renderer";
import { titleOf } from "#server/clinic/profession-titles.ts";
import { numberInWords } from "#server/medication/number-words.ts";
import { sayPosology, sayQuantity } from "#server/medication/posology.ts";
import { ChartPages, styles } from "#server/pdf/chart-page.tsx";
import { figure, inEnglish, tag } from "#server/pdf/tag.ts";
import type { SignedContent } from "./record.ts";
import type { PrescriptionItem } from "./schema.ts";

interface Props {
  readonly content: SignedContent;
  /** Whole, `AAAA 9999 9999`; null when there is none. */
  readonly nam: string | null;
  /** Why it no longer holds, across the page. */
  readonly voided: { readonly kind: "cancelled"; readonly reason: string } | { readonly kind: "replaced" } | null;
}

/** A prescription on paper (M-9, r. 25.1; AC-50). French first; a patient who reads English finds under each line how to take it. */
export function PrescriptionPages({ content, nam, voided }: Props) {
  const { number, signedOn, replaces, clinic, prescriber, patient, items, language } = content;
  const facts = [`Nº ${number}`, `Date : ${signedOn}`, replaces && `Remplace l’ordonnance nº ${replaces}`].filter(
    Boolean,
  );
  return (
    <ChartPages
      title="Ordonnance"
      language="fr"
      madeAt={content.signedAt}
      clinic={clinic}
      facts={facts as string[]}
      patient={{
        name: patient.name,
        lines: [patient.birthDate && `Date de naissance : ${patient.birthDate}`].filter(Boolean) as string[],
        aside: [`NAM : ${nam ?? "aucun au dossier"}`, `Dossier : ${patient.fileNumber}`],
      }}
      foot={`Ordonnance nº ${number}`}
      end={<Signature prescriber={prescriber} />}
    >
      {voided && (
        <Text {...tag("H2")} style={{ ...styles.title, marginBottom: 10 }}>
          {voided.kind === "cancelled" ? `ANNULÉE : ${voided.reason}` : "REMPLACÉE par une ordonnance corrigée"}
        </Text>
      )}
      {items.map((item, at) => (
        <Item key={item.medicationId} item={item} nth={at + 1} language={language} />
      ))}
    </ChartPages>
  );
}

function Item({ item, nth, language }: { item: PrescriptionItem; nth: number; language: "fr" | "en" }) {
  const { label, strength, form, route, replaces, quantity, repeats, noSubstitution, note, din } = item;
  return (
    <View {...tag("LI")} style={styles.row} wrap={false}>
      <Text {...tag("Lbl")} style={styles.nth}>
        {nth}
      </Text>
      <View {...tag("LBody")} style={styles.body}>
        <Text>
          <Text style={styles.strong}>
            {[[label, strength].filter(Boolean).join(" "), form].filter(Boolean).join(", ")}
          </Text>
          {replaces && ` (remplace ${replaces}, à cesser)`}
        </Text>
        <Text>{[sayPosology(item, "fr"), route && `voie ${route.toLowerCase()}`].filter(Boolean).join(" · ")}</Text>
        {language === "en" && (
          <Text {...inEnglish} style={styles.quiet}>
            {sayPosology(item, "en")}
          </Text>
        )}
        <Text>
          {`Quantité : ${sayQuantity(item, "fr")} (${numberInWords(quantity, "fr")}) · Renouvellements : ${repeats ?? 0} (${numberInWords(String(repeats ?? 0), "fr")})`}
        </Text>
        {noSubstitution && <Text style={styles.strong}>{`Ne pas substituer : ${noSubstitution}`}</Text>}
        {note && <Text>{`Note au pharmacien : ${note}`}</Text>}
        {din && <Text style={styles.quiet}>{`DIN ${din}`}</Text>}
      </View>
    </View>
  );
}

function Signature({ prescriber }: { prescriber: SignedContent["prescriber"] }) {
  const { name, profession, permitNumber, phone, signatureLine, signature } = prescriber;
  return (
    <View style={{ flexDirection: "row", justifyContent: "space-between", alignItems: "flex-end" }}>
      <View>
        <Text style={styles.name}>{name}</Text>
        <Text>{titleOf(profession, "fr")}</Text>
        {signatureLine !== "" && <Text>{signatureLine}</Text>}
        <Text>{[`Permis nº ${permitNumber}`, phone && `tél. ${phone}`].filter(Boolean).join(" · ")}</Text>
      </View>
      <View style={{ width: 200, borderBottom: "0.75 solid #16212e", paddingBottom: 3 }}>
        {signature && <Image {...figure("Signature")} src={signature} style={{ height: 44, objectFit: "contain" }} />}
        {!signature && <Text style={styles.quiet}>Signature</Text>}
      </View>
    </View>
  );
}

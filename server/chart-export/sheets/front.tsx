import { Text, View } from "@react-pdf/renderer";
import { tag } from "#server/pdf/tag.ts";
import { showPhone } from "#server/phone.ts";
import type { ChartHead } from "../read-chart.ts";
import { chartWords } from "../words.ts";
import { moment, type Sheet, Sheets, styles } from "./sheet.tsx";

export interface ContentsEntry {
  readonly label: string;
  readonly page: number;
  /** Under another. */
  readonly under: boolean;
}

interface FrontProps extends Sheet {
  readonly head: ChartHead;
  readonly madeAt: Date;
  readonly notices: readonly string[];
  readonly entries: readonly ContentsEntry[];
}

/** Whose chart it is, what it holds and what it leaves out, and where everything is. */
export function FrontSheets({ head, madeAt, notices, entries, language, timeZone }: FrontProps) {
  const w = chartWords[language];
  return (
    <Sheets language={language}>
      <Text style={styles.clinic}>{head.clinicName}</Text>
      {head.clinicPhone !== "" && <Text>{showPhone(head.clinicPhone, language)}</Text>}
      <Text {...tag("H1")} style={styles.front}>
        {w.title}
      </Text>
      <Text style={styles.who}>{head.patient.name}</Text>
      <Text>
        {[
          head.patient.birthDate && `${w.born} : ${head.patient.birthDate}`,
          `${w.file} : ${head.patient.fileNumber}`,
          head.patient.nam && `${w.nam} : ${head.patient.nam}`,
        ]
          .filter(Boolean)
          .join("  ·  ")}
      </Text>
      <Text style={styles.quiet}>{w.made(moment(madeAt, timeZone, language), head.by)}</Text>
      <View style={styles.notices}>
        {notices.map((notice) => (
          <Text key={notice}>{notice}</Text>
        ))}
      </View>
      <Text {...tag("H2")} style={styles.h1}>
        {w.contents}
      </Text>
      {entries.map(({ label, page, under }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: written once, never drawn anew.
        <View key={at} {...tag("TOCI")} style={under ? styles.entryUnder : styles.entry} wrap={false}>
          <Text style={styles.entryLabel}>{label}</Text>
          <Text>{page}</Text>
        </View>
      ))}
    </Sheets>
  );
}

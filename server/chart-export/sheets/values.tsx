import { Text, View } from "@react-pdf/renderer";
import { measureOf } from "#server/observation/measures.ts";
import { columnHead, rowHead, tag } from "#server/pdf/tag.ts";
import type { ValueRow } from "../read-chart.ts";
import { chartWords } from "../words.ts";
import { decimal, moment, type Sheet, Sheets, styles } from "./sheet.tsx";

/** A table of values; some hundred rows at a time. */
export function ValueSheets({ rows, first, ...sheet }: Sheet & { rows: readonly ValueRow[]; first: boolean }) {
  return (
    <Sheets language={sheet.language}>
      {first && (
        <Text {...tag("H2")} style={styles.h2}>
          {chartWords[sheet.language].allValues}
        </Text>
      )}
      <ValueTable rows={rows} {...sheet} fixed />
    </Sheets>
  );
}

type TableRow = Pick<
  ValueRow,
  "id" | "at" | "code" | "label" | "value" | "comparator" | "unit" | "text" | "low" | "high" | "position"
>;

export function ValueTable({ rows, language, timeZone, fixed }: Sheet & { rows: readonly TableRow[]; fixed: boolean }) {
  const w = chartWords[language];
  if (rows.length === 0) return <Text style={styles.quiet}>{w.none}</Text>;
  return (
    <>
      <View {...tag("TR")} style={styles.tableHead} fixed={fixed}>
        <Text {...columnHead} style={styles.at}>
          {w.columns.at}
        </Text>
        <Text {...columnHead} style={styles.what}>
          {w.columns.what}
        </Text>
        <Text {...columnHead} style={styles.value}>
          {w.columns.value}
        </Text>
        <Text {...columnHead} style={styles.range}>
          {w.columns.range}
        </Text>
      </View>
      {rows.map((row) => (
        <View key={row.id} {...tag("TR")} style={styles.tableRow} wrap={false}>
          <Text {...tag("TD")} style={styles.at}>
            {moment(row.at, timeZone, language)}
          </Text>
          <Text {...rowHead} style={styles.what}>
            {row.label || measureOf(row.code)?.[language] || row.code}
          </Text>
          <Text {...tag("TD")} style={styles.value}>
            {row.value === null
              ? row.text
              : `${row.comparator}${decimal(row.value, language)}${row.unit ? ` ${row.unit}` : ""}`}
            {row.position ? ` (${w.positions[row.position]})` : ""}
          </Text>
          <Text {...tag("TD")} style={styles.range}>
            {[row.low, row.high]
              .filter((one) => one !== null)
              .map((one) => decimal(one ?? "", language))
              .join(" – ")}
          </Text>
        </View>
      ))}
    </>
  );
}

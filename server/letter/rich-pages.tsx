import { Text, View } from "@react-pdf/renderer";
import type { Block, RichText, Run } from "#server/note/rich-text-schema.ts";
import { tag } from "#server/pdf/tag.ts";

/** A rich text on paper: paragraphs, lists, bold, italic. Where a piece came from is the screen's matter, but for an attached note, whose text says it. */
export function RichPages({ text }: { text: RichText }) {
  const numbers = numbersOf(text);
  return (
    <View>
      {text.map((block, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a page is drawn once.
        <Paragraph key={at} block={block} number={numbers[at] ?? 0} />
      ))}
    </View>
  );
}

function Paragraph({ block, number }: { block: Block; number: number }) {
  const { list, depth = 1, runs } = block;
  if (!list) return <Text style={{ marginBottom: 6, minHeight: 8 }}>{runs.map(piece)}</Text>;
  return (
    <View {...tag("LI")} style={{ flexDirection: "row", marginLeft: 14 * (depth - 1), marginBottom: 2 }}>
      <Text {...tag("Lbl")} style={{ width: 16 }}>
        {list === "number" ? `${number}.` : "•"}
      </Text>
      <Text {...tag("LBody")} style={{ flex: 1 }}>
        {runs.map(piece)}
      </Text>
    </View>
  );
}

function piece(run: Run, at: number) {
  if (typeof run === "string") return run;
  const style = {
    ...(run.bold && { fontWeight: 700 as const }),
    ...(run.italic && { fontStyle: "italic" as const }),
  };
  return (
    <Text key={at} style={style}>
      {run.text}
    </Text>
  );
}

/** The number of each item: counted by depth, begun again after a paragraph or a list of the other kind. */
export function numbersOf(text: RichText): number[] {
  const counts: number[] = [];
  return text.map(({ list, depth = 1 }) => {
    counts.length = list ? depth : 0;
    if (list === "bullet") counts[depth - 1] = 0;
    if (list !== "number") return 0;
    counts[depth - 1] = (counts[depth - 1] ?? 0) + 1;
    return counts[depth - 1] ?? 0;
  });
}

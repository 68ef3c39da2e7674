import { Text, View } from "@react-pdf/renderer";
import { carriedId, plainText, type RichText } from "#server/note/rich-text-schema.ts";
import { withCarried } from "#server/note/with-carried.ts";
import { ChartPages, styles } from "#server/pdf/chart-page.tsx";
import { columnHead, rowHead, tag } from "#server/pdf/tag.ts";
import type { PreparedLetter } from "../prepare-letter.ts";
import { RichPages } from "../rich-pages.tsx";
import { findingsFirst, nameOf, sayRange, sayValue, type ValueRow, withPressure } from "../say-value.ts";
import { letterWords } from "../words.ts";
import type { AttachedNote } from "./read-attached.ts";

interface Props {
  readonly letter: PreparedLetter;
  readonly title: string;
  /** ISO instant. */
  readonly madeAt: string;
}

/** A signed note, behind a letter. */
export function NotePages({ letter, title, madeAt, note }: Props & { readonly note: AttachedNote }) {
  const { language } = letter.content;
  const words = letterWords[language];
  const asked = note.items.map(({ linkId }) => linkId);
  // Nothing that was signed is left out, whatever the template says.
  const others = Object.keys(note.answers)
    .filter((linkId) => !asked.includes(linkId))
    .map((linkId) => ({ linkId, label: linkId === carriedId ? words.carriedOver : "", unit: "" }));
  const answered = [...note.items, ...others].filter(({ linkId }) => plainText(note.answers[linkId]).trim() !== "");
  return (
    <Frame letter={letter} title={title} madeAt={madeAt} facts={[note.on, `${words.signedBy} ${note.signedBy}`]}>
      {answered.map(({ linkId, label, unit }) => {
        const answer = note.answers[linkId];
        return (
          <View key={linkId} style={{ marginBottom: 8 }}>
            {label !== "" && (
              <Text {...tag("H2")} style={styles.strong}>
                {label}
              </Text>
            )}
            {Array.isArray(answer) ? (
              <RichPages text={withCarried(answer as RichText, words.carried)} />
            ) : (
              <Text>{[plainText(answer), unit].filter(Boolean).join(" ")}</Text>
            )}
          </View>
        );
      })}
      {note.diagnoses.map(({ text, code }) => (
        <Text key={text} {...tag("LI", "LBody")}>{`• ${[text, code].filter(Boolean).join(" · ")}`}</Text>
      ))}
    </Frame>
  );
}

/** Chosen values, behind a letter. */
export function ResultPages({ letter, title, madeAt, values }: Props & { readonly values: readonly ValueRow[] }) {
  const { language } = letter.content;
  const words = letterWords[language];
  const row = { flexDirection: "row", padding: "4 0", borderTop: "0.5 solid #9aa3ad" } as const;
  return (
    <Frame letter={letter} title={title} madeAt={madeAt} facts={[]}>
      <View {...tag("TR")} style={{ ...row, borderTop: 0 }}>
        {[words.date, words.test, words.value, words.range].map((head, at) => (
          <Text key={head} {...columnHead} style={{ ...styles.strong, width: widths[at] }}>
            {head}
          </Text>
        ))}
      </View>
      {withPressure(findingsFirst(values), language).map((one) => (
        <View key={one.id} {...tag("TR")} style={row} wrap={false}>
          {[one.on, nameOf(one, language), sayValue(one, language), sayRange(one, language)].map((text, at) => (
            <Text key={widths[at]} {...(at === 1 ? rowHead : tag("TD"))} style={{ width: widths[at] }}>
              {text}
            </Text>
          ))}
        </View>
      ))}
    </Frame>
  );
}

const widths = ["16%", "38%", "24%", "22%"];

function Frame({
  letter,
  title,
  madeAt,
  facts,
  children,
}: Props & { readonly facts: readonly string[]; readonly children: React.ReactNode }) {
  const { clinic, patient, content } = letter;
  const words = letterWords[content.language];
  return (
    <ChartPages
      title={title}
      language={content.language}
      madeAt={madeAt}
      clinic={clinic}
      // Its place in the whole file is stamped when all its pages are known (assemble.ts).
      numbered={false}
      facts={facts}
      patient={{
        name: patient.name,
        lines: patient.birthDate ? [`${words.born} ${patient.birthDate}`] : [],
        aside: [`${words.nam} ${patient.nam ?? words.noNam}`, `${words.file} ${patient.fileNumber}`],
      }}
    >
      {children}
    </ChartPages>
  );
}

import { Text, View } from "@react-pdf/renderer";
import { type Answer, type Block, carriedId } from "#server/note/rich-text-schema.ts";
import { withCarried } from "#server/note/with-carried.ts";
import { tag } from "#server/pdf/tag.ts";
import type { NoteRow } from "../read-chart.ts";
import { chartWords } from "../words.ts";
import { moment, type Sheet, Sheets, styles } from "./sheet.tsx";

type ChartWords = (typeof chartWords)["fr" | "en"];

/** Notes of one year, some tens at a time. @param year at the head of its first page; null on those that follow */
export function NoteSheets({ notes, year, ...sheet }: Sheet & { notes: readonly NoteRow[]; year: string | null }) {
  return (
    <Sheets language={sheet.language}>
      {year && (
        <Text {...tag("H1")} style={styles.h1}>
          {chartWords[sheet.language].notesOf(year)}
        </Text>
      )}
      {notes.map((note) => (
        <OneNote key={note.id} note={note} {...sheet} />
      ))}
    </Sheets>
  );
}

function OneNote({ note, language, timeZone }: Sheet & { note: NoteRow }) {
  const w = chartWords[language];
  const say = (at: Date | null) => (at ? moment(at, timeZone, language) : "");
  const marks = [
    note.relation && w[note.relation],
    note.late && w.late,
    note.isPrivate && w.private,
    note.signedAt === null && w.draft,
  ];
  return (
    <View style={note.amendsId ? styles.amendment : styles.note}>
      <View wrap={false} minPresenceAhead={40}>
        <Text {...tag("H2")} style={styles.noteHead}>
          {[say(note.occurredAt), note.title, note.author].filter(Boolean).join("  ·  ")}
        </Text>
        {marks.some(Boolean) && <Text style={styles.mark}>{marks.filter(Boolean).join(" · ")}</Text>}
        {note.reason !== "" && !note.amendsId && <Text style={styles.quiet}>{`${w.reason} : ${note.reason}`}</Text>}
        {note.correctionReason !== null && (
          <Text style={styles.quiet}>{`${w.because} : ${note.correctionReason}`}</Text>
        )}
        {note.errorReason !== null && (
          <Text style={styles.mark}>{w.inError(note.errorBy, say(note.errorAt), note.errorReason)}</Text>
        )}
      </View>
      {note.items.map(({ linkId, label, unit }) => {
        const answer = note.answers[linkId];
        if (answer === undefined || isEmpty(answer)) return null;
        return (
          <View key={linkId} style={styles.section}>
            <Text {...tag("H3")} style={styles.label}>
              {label}
            </Text>
            <AnswerText answer={answer} unit={unit} w={w} />
          </View>
        );
      })}
      {Object.entries(note.answers)
        .filter(([key, answer]) => !isEmpty(answer) && !note.items.some(({ linkId }) => linkId === key))
        .map(([key, answer]) => (
          <View key={key} style={styles.section}>
            {key === carriedId && (
              <Text {...tag("H3")} style={styles.label}>
                {w.carriedOver}
              </Text>
            )}
            <AnswerText answer={answer} unit="" w={w} />
          </View>
        ))}
      {note.diagnoses.length > 0 && (
        <Text style={styles.section}>
          <Text style={styles.label}>{`${w.diagnoses} : `}</Text>
          {note.diagnoses.map(({ text, code }) => (code ? `${text} (${code})` : text)).join(" ; ")}
        </Text>
      )}
      {note.signedAt && <Text style={styles.signature}>{w.signed(note.signedBy, say(note.signedAt))}</Text>}
      {note.cosignedAt && <Text style={styles.signature}>{w.cosigned(note.cosigner, say(note.cosignedAt))}</Text>}
      {!note.cosignedAt && note.cosigner !== "" && <Text style={styles.signature}>{w.waitsCosign(note.cosigner)}</Text>}
    </View>
  );
}

const isEmpty = (answer: Answer) => (Array.isArray(answer) ? answer.length === 0 : answer === "");

function AnswerText({ answer, unit, w }: { answer: Answer; unit: string; w: ChartWords }) {
  if (!Array.isArray(answer)) return <Text>{`${answer}${unit ? ` ${unit}` : ""}`}</Text>;
  let nth = 0;
  return withCarried(answer, w.carried).map((block, at) => {
    nth = block.list === "number" ? nth + 1 : 0;
    // biome-ignore lint/suspicious/noArrayIndexKey: written once.
    return <BlockText key={at} block={block} nth={nth} />;
  });
}

function BlockText({ block, nth }: { block: Block; nth: number }) {
  const mark = block.list === "number" ? `${nth}. ` : block.list === "bullet" ? "•  " : "";
  const indent = block.list ? 10 * (block.depth ?? 1) : 0;
  return (
    <Text {...(block.list ? tag("LI", "LBody") : tag("P"))} style={{ marginLeft: indent }}>
      {mark}
      {block.runs.map((run, at) =>
        typeof run === "string" ? (
          run
        ) : (
          <Text
            // biome-ignore lint/suspicious/noArrayIndexKey: written once.
            key={at}
            // The letters have no slope of their own here: what was slanted is underlined, as by hand.
            style={{ fontWeight: run.bold ? 700 : 400, textDecoration: run.italic ? "underline" : "none" }}
          >
            {run.text}
          </Text>
        ),
      )}
    </Text>
  );
}

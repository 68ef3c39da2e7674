import { Document, Page, StyleSheet, Text, View } from "@react-pdf/renderer";
import { Fragment, type ReactNode } from "react";
import { sayPosology } from "#server/medication/posology.ts";
import { type Answer, type Block, carriedId } from "#server/note/rich-text-schema.ts";
import { withCarried } from "#server/note/with-carried.ts";
import { measureOf } from "#server/observation/measures.ts";
import { fontFamily } from "#server/pdf/fonts.ts";
import { showPhone } from "#server/phone.ts";
import type { Found } from "#server/summary/query-summary.ts";
import type { ChartHead, DocumentRow, Medicine, NoteRow, ValueRow } from "./read-chart.ts";
import { chartWords } from "./words.ts";

type ChartWords = (typeof chartWords)["fr" | "en"];

/** The pages of a whole chart, in parts that are made one after the other. Their feet are written when all are there (server/pdf/join-pdf.ts). */

export interface Sheet {
  readonly language: "fr" | "en";
  readonly timeZone: string;
}

const Sheets = ({ language, children }: { language: "fr" | "en"; children: ReactNode }) => (
  <Document language={`${language}-CA`}>
    <Page size="LETTER" style={styles.page} wrap>
      {children}
    </Page>
  </Document>
);

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
      <Text style={styles.front}>{w.title}</Text>
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
      <Text style={styles.h1}>{w.contents}</Text>
      {entries.map(({ label, page, under }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: written once, never drawn anew.
        <View key={at} style={under ? styles.entryUnder : styles.entry} wrap={false}>
          <Text style={styles.entryLabel}>{label}</Text>
          <Text>{page}</Text>
        </View>
      ))}
    </Sheets>
  );
}

/** The short lists, one behind the other. */
export const listParts = [
  "identity",
  "problems",
  "allergies",
  "medications",
  "history",
  "immunizations",
  "observations",
] as const;
export type ListPart = (typeof listParts)[number];

interface ListsProps extends Sheet {
  readonly head: ChartHead;
  readonly summary: Found;
  readonly medications: readonly Medicine[];
  readonly parts: readonly ListPart[];
  /** Told, as the pages are laid out, on which of them a part begins, from 1. */
  readonly onPage: (part: ListPart, page: number) => void;
}

const lists: Readonly<Record<ListPart, (props: Part) => ReactNode>> = {
  identity: Identity,
  problems: Problems,
  allergies: Allergies,
  medications: Medications,
  history: History,
  immunizations: Immunizations,
  observations: Latest,
};

/** The short lists of a chart; where each begins is known only once they are laid out. */
export function ListSheets({ parts, onPage, ...props }: ListsProps) {
  return (
    <Sheets language={props.language}>
      {parts.map((part) => {
        const List = lists[part];
        return (
          <View key={part} style={styles.part} break={part === "observations"}>
            <View wrap={false} minPresenceAhead={60}>
              <View
                render={({ pageNumber }) => {
                  onPage(part, pageNumber);
                  return null;
                }}
              />
              <Text style={styles.h1}>{titleOf(part, props.language)}</Text>
            </View>
            <List {...props} />
          </View>
        );
      })}
    </Sheets>
  );
}

export const titleOf = (part: ListPart, language: "fr" | "en"): string =>
  part === "identity" ? chartWords[language].identity : chartWords[language].parts[part];

type Part = Omit<ListsProps, "parts" | "onPage">;

function Identity({ head: { patient }, language }: Part) {
  const w = chartWords[language];
  const facts: readonly (readonly [string, string | null | false])[] = [
    [w.birthName, patient.birthName],
    [w.preferred, patient.preferredName],
    [w.born, patient.birthDate],
    [w.sex, patient.sex && w.sexes[patient.sex]],
    [w.deceased, patient.deceasedOn],
    [w.file, patient.fileNumber],
    [w.nam, patient.nam],
    [w.language, w.languages[patient.language]],
    [w.doctor, patient.doctor],
    [w.pharmacy, patient.pharmacy],
    ...patient.contacts.map(
      ({ system, value }) => [w.contacts[system], system === "phone" ? showPhone(value, language) : value] as const,
    ),
    [w.related, patient.related.join(", ")],
    [w.alerts, patient.alerts.join(" · ")],
  ];
  return facts
    .filter(([, value]) => value)
    .map(([term, value], at) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: written once.
      <View key={at} style={styles.fact} wrap={false}>
        <Text style={styles.term}>{term}</Text>
        <Text style={styles.body}>{value}</Text>
      </View>
    ));
}

function Problems({ summary: { conditions }, language }: Part) {
  const w = chartWords[language];
  return (
    <Lines
      language={language}
      lines={conditions.map((one) => ({
        id: one.id,
        main: one.label,
        code: one.code,
        rest: [
          one.status === "active" ? w.active : w.resolved,
          one.onset && `${w.since} ${one.onset}`,
          one.abatement && `${w.until} ${one.abatement}`,
          one.note,
        ],
      }))}
    />
  );
}

function Allergies({ summary: { allergies }, language }: Part) {
  const w = chartWords[language];
  return (
    <Lines
      language={language}
      lines={allergies.map((one) => ({
        id: one.id,
        main: one.kind === "none-known" ? w.kinds["none-known"] : one.substance,
        rest: [
          one.kind !== "none-known" && w.kinds[one.kind],
          one.reaction,
          w.severities[one.severity],
          one.kind !== "none-known" && w.certainties[one.certainty],
          one.onset && `${w.since} ${one.onset}`,
          one.status === "resolved" && w.resolved,
          one.note,
        ],
      }))}
    />
  );
}

function Medications({ medications, language }: Part) {
  const w = chartWords[language];
  const lines = (status: Medicine["status"]) =>
    medications
      .filter((one) => one.status === status)
      .map((one) => ({
        id: one.id,
        main: [[one.label, one.strength].filter(Boolean).join(" "), one.form].filter(Boolean).join(", "),
        rest: [
          sayPosology({ ...one, durationDays: null }, language),
          one.reason,
          one.started && `${w.since} ${one.started}`,
          one.stopped && `${w.stoppedOn} ${one.stopped}`,
          one.stopReason,
          one.origin === "elsewhere" && w.elsewhere,
        ],
      }));
  return (
    <>
      <Text style={styles.h2}>{w.current}</Text>
      <Lines language={language} lines={lines("active")} />
      <Text style={styles.h2}>{w.stopped}</Text>
      <Lines language={language} lines={lines("stopped")} />
    </>
  );
}

function History({ summary: { history }, language }: Part) {
  const w = chartWords[language];
  return (["personal", "family", "social"] as const).map((kind) => (
    <Fragment key={kind}>
      <Text style={styles.h2}>{w.historyKinds[kind]}</Text>
      <Lines
        language={language}
        lines={history
          .filter((one) => one.kind === kind)
          .map((one) => ({
            id: one.id,
            main: one.label,
            rest: [w.relations[one.relation], one.occurred, one.status === "ended" && w.ended, one.note],
          }))}
      />
    </Fragment>
  ));
}

function Immunizations({ summary: { immunizations }, language }: Part) {
  const w = chartWords[language];
  return (
    <Lines
      language={language}
      lines={immunizations.map((one) => ({
        id: one.id,
        main: [one.vaccine, one.product].filter(Boolean).join(", "),
        rest: [
          one.occurred,
          one.status === "not-done" && w.notDone,
          one.lot && `${w.lot} ${one.lot}`,
          one.dose,
          one.notDoneReason,
          one.note,
        ],
      }))}
    />
  );
}

function Latest({ summary: { values }, language, timeZone }: Part) {
  const w = chartWords[language];
  return (
    <>
      <Text style={styles.h2}>{w.latest}</Text>
      <ValueTable rows={values} language={language} timeZone={timeZone} fixed={false} />
    </>
  );
}

interface Line {
  readonly id: string;
  readonly main: string;
  readonly code?: string;
  readonly rest: readonly (string | false | null)[];
}

function Lines({ lines, language }: { lines: readonly Line[]; language: "fr" | "en" }) {
  if (lines.length === 0) return <Text style={styles.quiet}>{chartWords[language].none}</Text>;
  return lines.map(({ id, main, code, rest }) => (
    <View key={id} style={styles.line} wrap={false}>
      <Text>
        <Text style={styles.strong}>{main}</Text>
        {code ? `  ${code}` : ""}
      </Text>
      <Text style={styles.quiet}>{rest.filter(Boolean).join(" · ")}</Text>
    </View>
  ));
}

/** A table of values; some hundred rows at a time. */
export function ValueSheets({ rows, first, ...sheet }: Sheet & { rows: readonly ValueRow[]; first: boolean }) {
  return (
    <Sheets language={sheet.language}>
      {first && <Text style={styles.h2}>{chartWords[sheet.language].allValues}</Text>}
      <ValueTable rows={rows} {...sheet} fixed />
    </Sheets>
  );
}

type TableRow = Pick<
  ValueRow,
  "id" | "at" | "code" | "label" | "value" | "comparator" | "unit" | "text" | "low" | "high" | "position"
>;

function ValueTable({ rows, language, timeZone, fixed }: Sheet & { rows: readonly TableRow[]; fixed: boolean }) {
  const w = chartWords[language];
  if (rows.length === 0) return <Text style={styles.quiet}>{w.none}</Text>;
  return (
    <>
      <View style={styles.tableHead} fixed={fixed}>
        <Text style={styles.at}>{w.columns.at}</Text>
        <Text style={styles.what}>{w.columns.what}</Text>
        <Text style={styles.value}>{w.columns.value}</Text>
        <Text style={styles.range}>{w.columns.range}</Text>
      </View>
      {rows.map((row) => (
        <View key={row.id} style={styles.tableRow} wrap={false}>
          <Text style={styles.at}>{moment(row.at, timeZone, language)}</Text>
          <Text style={styles.what}>{row.label || measureOf(row.code)?.[language] || row.code}</Text>
          <Text style={styles.value}>
            {row.value === null
              ? row.text
              : `${row.comparator}${decimal(row.value, language)}${row.unit ? ` ${row.unit}` : ""}`}
            {row.position ? ` (${w.positions[row.position]})` : ""}
          </Text>
          <Text style={styles.range}>
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

/** Notes of one year, some tens at a time. @param year at the head of its first page; null on those that follow */
export function NoteSheets({ notes, year, ...sheet }: Sheet & { notes: readonly NoteRow[]; year: string | null }) {
  return (
    <Sheets language={sheet.language}>
      {year && <Text style={styles.h1}>{chartWords[sheet.language].notesOf(year)}</Text>}
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
        <Text style={styles.noteHead}>
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
            <Text style={styles.label}>{label}</Text>
            <AnswerText answer={answer} unit={unit} w={w} />
          </View>
        );
      })}
      {Object.entries(note.answers)
        .filter(([key, answer]) => !isEmpty(answer) && !note.items.some(({ linkId }) => linkId === key))
        .map(([key, answer]) => (
          <View key={key} style={styles.section}>
            {key === carriedId && <Text style={styles.label}>{w.carriedOver}</Text>}
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
    <Text style={{ marginLeft: indent }}>
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

export interface ListedDocument extends Pick<DocumentRow, "id" | "title" | "datedOn" | "sourceAuthor" | "replaced"> {
  /** Where it begins; null when it is not appended, and then why. */
  readonly page: number | null;
  readonly why: "form" | "weight" | "choice";
}

/** The list of documents, with the page where each begins; every line is as high whatever it says. */
export function DocumentSheets({
  documents,
  language,
}: Pick<Sheet, "language"> & { documents: readonly ListedDocument[] }) {
  const w = chartWords[language];
  return (
    <Sheets language={language}>
      <Text style={styles.h1}>{w.parts.documents}</Text>
      {documents.length === 0 && <Text style={styles.quiet}>{w.none}</Text>}
      {documents.map(({ id, title, datedOn, sourceAuthor, replaced, page, why }) => (
        <View key={id} style={styles.entry} wrap={false}>
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

function moment(at: Date, timeZone: string, language: "fr" | "en"): string {
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

const decimal = (value: string, language: "fr" | "en") => (language === "fr" ? value.replace(".", ",") : value);

const line = "#9aa3ad";
const styles = StyleSheet.create({
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

import { Text, View } from "@react-pdf/renderer";
import { Fragment, type ReactNode } from "react";
import { sayPosology } from "#server/medication/posology.ts";
import { tag } from "#server/pdf/tag.ts";
import { showPhone } from "#server/phone.ts";
import type { Found } from "#server/summary/query-summary.ts";
import type { ChartHead, Medicine } from "../read-chart.ts";
import { chartWords } from "../words.ts";
import { type Sheet, Sheets, styles } from "./sheet.tsx";
import { ValueTable } from "./values.tsx";

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
              <Text {...tag("H1")} style={styles.h1}>
                {titleOf(part, props.language)}
              </Text>
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
      <View key={at} {...tag("LI")} style={styles.fact} wrap={false}>
        <Text {...tag("Lbl")} style={styles.term}>
          {term}
        </Text>
        <Text {...tag("LBody")} style={styles.body}>
          {value}
        </Text>
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
      <Text {...tag("H2")} style={styles.h2}>
        {w.current}
      </Text>
      <Lines language={language} lines={lines("active")} />
      <Text {...tag("H2")} style={styles.h2}>
        {w.stopped}
      </Text>
      <Lines language={language} lines={lines("stopped")} />
    </>
  );
}

function History({ summary: { history }, language }: Part) {
  const w = chartWords[language];
  return (["personal", "family", "social"] as const).map((kind) => (
    <Fragment key={kind}>
      <Text {...tag("H2")} style={styles.h2}>
        {w.historyKinds[kind]}
      </Text>
      <Lines
        language={language}
        lines={history
          .filter((one) => one.kind === kind)
          .map((one) => ({
            id: one.id,
            main: one.label,
            rest: [
              w.relations[one.relation],
              one.occurred,
              one.atAge !== null && w.atAge(one.atAge),
              one.status === "ended" && w.ended,
              one.note,
            ],
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
      <Text {...tag("H2")} style={styles.h2}>
        {w.latest}
      </Text>
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
    <View key={id} {...tag("LI", "LBody")} style={styles.line} wrap={false}>
      <Text>
        <Text style={styles.strong}>{main}</Text>
        {code ? `  ${code}` : ""}
      </Text>
      <Text style={styles.quiet}>{rest.filter(Boolean).join(" · ")}</Text>
    </View>
  ));
}

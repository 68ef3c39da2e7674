"use client";

import { IconLink } from "@tabler/icons-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Answer, Answers, Block, RichText, Run, Source } from "#server/note/rich-text-schema.ts";
import { carriedId, plainText } from "#server/note/rich-text-schema.ts";
import type { Diagnosis } from "#server/note/schema.ts";
import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";
import classes from "./note.module.css";
import { useProblemNotes } from "./problem-notes.tsx";

interface NoteTextProps {
  items: readonly QuestionnaireItem[];
  answers: Answers;
  diagnoses: readonly Diagnosis[];
}

/** A note to read: its sections in the order in which they were asked, those that say something. */
export function NoteText({ items, answers, diagnoses }: NoteTextProps) {
  const t = useTranslations("notes");
  const askNotes = useProblemNotes();
  const known = new Set(items.map(({ linkId }) => linkId));
  const said = items.filter(({ linkId }) => plainText(answers[linkId]).trim() !== "");
  // Nothing that was written is ever left out, whatever the template says.
  const others = Object.keys(answers).filter((one) => !known.has(one) && plainText(answers[one]).trim() !== "");
  return (
    <div className={classes.text}>
      {said.map((item) => (
        <section
          key={item.linkId}
          className={classes.section}
          data-named={!item.letter || undefined}
          aria-label={item.label}
        >
          <Margin item={item} />
          <div>{<AnswerText answer={answers[item.linkId] as Answer} unit={item.unit} />}</div>
        </section>
      ))}
      {others.map((linkId) => (
        <section
          key={linkId}
          className={classes.section}
          data-named
          aria-label={linkId === carriedId ? t("carriedOver") : undefined}
        >
          {linkId === carriedId && <span className={classes.label}>{t("carriedOver")}</span>}
          <div>
            <AnswerText answer={answers[linkId] as Answer} unit="" />
          </div>
        </section>
      ))}
      {diagnoses.length > 0 && (
        <section className={classes.section} data-named aria-label={t("diagnoses")}>
          <span className={classes.label}>{t("diagnoses")}</span>
          <ol className={classes.diagnoses}>
            {diagnoses.map(({ text, code, conditionId }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: their order is all that tells them apart
              <li key={index}>
                {conditionId ? (
                  <button
                    type="button"
                    className={classes.problemLink}
                    title={t("problemNotes")}
                    onClick={() => askNotes({ id: conditionId, label: text })}
                  >
                    {text}
                    <IconLink size={14} aria-hidden />
                  </button>
                ) : (
                  text
                )}{" "}
                {code && <span className={classes.code}>{code}</span>}
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  );
}

/** The letter in the margin, or the name over the text. While it is asked, a star says that it must be answered. */
export function Margin({ item, asked = false }: { item: QuestionnaireItem; asked?: boolean }) {
  const star = asked && item.required && (
    <span className={classes.star} aria-hidden>
      *
    </span>
  );
  return item.letter ? (
    <abbr className={classes.letter} title={item.label}>
      {item.letter}
      {star}
    </abbr>
  ) : (
    <span className={classes.label}>
      {item.label}
      {star}
    </span>
  );
}

function AnswerText({ answer, unit }: { answer: Answer; unit: string }) {
  const format = useFormatter();
  if (typeof answer === "number")
    return (
      <p className={classes.block}>
        {format.number(answer)} {unit}
      </p>
    );
  if (typeof answer === "string") return <p className={classes.block}>{answer}</p>;
  return <Blocks text={answer} />;
}

function Blocks({ text }: { text: RichText }) {
  const groups: Block[][] = [];
  for (const block of text) {
    const before = groups.at(-1);
    if (block.list && before?.[0]?.list === block.list) before.push(block);
    else groups.push([block]);
  }
  return groups.map((group, index) => {
    const [first] = group;
    if (!first?.list)
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text that is only read
        <p key={index} className={classes.block}>
          <Runs runs={first?.runs ?? []} />
        </p>
      );
    const List = first.list === "number" ? "ol" : "ul";
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text that is only read
      <List key={index} className={classes.list}>
        {group.map((item, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text that is only read
          <li key={place} style={{ marginLeft: ((item.depth ?? 1) - 1) * 20 }}>
            <Runs runs={item.runs} />
          </li>
        ))}
      </List>
    );
  });
}

function Runs({ runs }: { runs: readonly Run[] }): ReactNode {
  const t = useTranslations("notes");
  return runs.map((run, index) => {
    if (typeof run === "string") return run;
    const { text, bold, italic, source } = run;
    let piece: ReactNode = text;
    if (italic) piece = <em>{piece}</em>;
    if (bold) piece = <strong>{piece}</strong>;
    // biome-ignore lint/suspicious/noArrayIndexKey: a text that is only read
    if (!source) return <span key={index}>{piece}</span>;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a text that is only read
      <span key={index} data-source={source.kind} title={say(source)}>
        {piece}
      </span>
    );
  });

  function say(source: Source): string {
    if (source.kind === "note") return t("fromNote", { on: source.on });
    return source.on ? t("fromChartOn", { name: source.name, on: source.on }) : t("fromChart", { name: source.name });
  }
}

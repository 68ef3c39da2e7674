import { foldText } from "#server/patient/fold-name.ts";
import type { QuestionnaireItem } from "#server/questionnaire/schema.ts";
import { type Answer, type Answers, type Block, carriedId, plainText, type RichText } from "./rich-text-schema.ts";

/** What stands under one name among what was carried over; '' for what has none. */
interface Part {
  readonly linkId: string;
  readonly label: string;
  readonly answer: Answer;
  readonly unit: string;
}

const said = (answer: Answer | undefined): answer is Answer => answer !== undefined && plainText(answer).trim() !== "";

/**
 * The answers of a note whose template changes: a section of the same name takes its words along, and what has none is kept, under its name, in
 * the section `carriedId`. Changed back, each goes home from there. Nothing that was written is ever left out. Pure.
 * @param point the decimal mark of the language that the note is read in
 */
export function carryAnswers(
  answers: Answers,
  from: readonly QuestionnaireItem[],
  to: readonly QuestionnaireItem[],
  point: "," | "." = ",",
): Answers {
  const known = new Set([...from.map(({ linkId }) => linkId), carriedId]);
  const own = from.flatMap(({ linkId, label, unit }): Part[] => {
    const answer = answers[linkId];
    return said(answer) ? [{ linkId, label, answer, unit }] : [];
  });
  const lost = Object.entries(answers).flatMap(([linkId, answer]): Part[] =>
    !known.has(linkId) && said(answer) ? [{ linkId, label: "", answer, unit: "" }] : [],
  );
  const placed: Answers = {};
  const left: Part[] = [];
  for (const part of [...own, ...lost, ...readCarried(answers[carriedId])]) {
    const item = homeOf(part, to, placed);
    if (!item) left.push(part);
    else put(placed, item, part);
  }
  // What has no name stands first: it would be taken for what follows the name above it.
  const rest = [...left.filter(({ label }) => label === ""), ...left.filter(({ label }) => label !== "")];
  const kept = rest.flatMap((part) => writeCarried(part, point));
  return kept.length > 0 ? { ...placed, [carriedId]: kept } : placed;
}

/** What a window still holds by another template, on the one that the note is written on now. Pure. */
export function withCarriedOver(answers: Answers, items: readonly QuestionnaireItem[]): Answers {
  const known = new Set([...items.map(({ linkId }) => linkId), carriedId]);
  const strangers = Object.entries(answers).filter(([linkId, answer]) => !known.has(linkId) && said(answer));
  if (strangers.length === 0) return answers;
  const own = Object.fromEntries(Object.entries(answers).filter(([linkId]) => known.has(linkId)));
  const here = own[carriedId];
  const more = strangers.flatMap(([linkId, answer]) => writeCarried({ linkId, label: "", answer, unit: "" }, ","));
  return { ...own, [carriedId]: [...more, ...(Array.isArray(here) ? here : [])] };
}

function homeOf(part: Part, items: readonly QuestionnaireItem[], placed: Answers): QuestionnaireItem | undefined {
  const free = (item: QuestionnaireItem) => item.type === "text" || placed[item.linkId] === undefined;
  const fits = (item: QuestionnaireItem) => free(item) && fitted(part, item) !== undefined;
  const name = foldText(part.label).trim();
  return (
    items.find((item) => part.linkId !== "" && item.linkId === part.linkId && fits(item)) ??
    items.find((item) => name !== "" && foldText(item.label).trim() === name && fits(item))
  );
}

/** The answer as this section takes it; undefined when it does not. */
function fitted({ answer, unit }: Part, item: QuestionnaireItem): Answer | undefined {
  if (item.type === "text") return Array.isArray(answer) ? answer : undefined;
  const line = plainText(answer).trim();
  if (item.type === "choice") return item.options.includes(line) ? line : undefined;
  if (typeof answer === "number") return unit === item.unit ? answer : undefined;
  const value = item.unit && line.endsWith(item.unit) ? line.slice(0, -item.unit.length).trim() : line;
  return Array.isArray(answer) && /^-?\d+([.,]\d+)?$/.test(value) ? Number(value.replace(",", ".")) : undefined;
}

function put(placed: Answers, item: QuestionnaireItem, part: Part): void {
  const answer = fitted(part, item);
  if (answer === undefined) return;
  const here = placed[item.linkId];
  placed[item.linkId] = Array.isArray(here) && Array.isArray(answer) ? [...here, ...answer] : answer;
}

function writeCarried({ label, answer, unit }: Part, point: "," | "."): RichText {
  const name: Block[] = label === "" ? [] : [{ runs: [{ text: label, bold: true }] }];
  if (Array.isArray(answer)) return [...name, ...answer];
  const value = typeof answer === "number" ? String(answer).replace(".", point) : answer;
  return [...name, { runs: [unit ? `${value} ${unit}` : value] }];
}

/** A paragraph that is one bold stretch is a name; what follows it is what stood under that name. */
function readCarried(answer: Answer | undefined): Part[] {
  if (!Array.isArray(answer)) return [];
  const parts: { label: string; answer: Block[] }[] = [];
  for (const block of answer) {
    const label = nameIn(block);
    if (label !== undefined) parts.push({ label, answer: [] });
    else if (parts.length === 0) parts.push({ label: "", answer: [block] });
    else parts.at(-1)?.answer.push(block);
  }
  return parts.flatMap(({ label, answer: blocks }): Part[] => {
    // A name over nothing is a word that somebody wrote.
    if (!said(blocks)) return label === "" ? [] : [{ linkId: "", label: "", answer: [bold(label)], unit: "" }];
    return [{ linkId: "", label, answer: blocks, unit: "" }];
  });
}

const bold = (text: string): Block => ({ runs: [{ text, bold: true }] });

function nameIn({ list, runs }: Block): string | undefined {
  const [run, ...others] = runs;
  if (list || others.length > 0 || typeof run !== "object" || !run.bold || run.source) return undefined;
  return run.text.trim() === "" ? undefined : run.text;
}

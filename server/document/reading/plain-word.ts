import { codePoint } from "dingbat-to-unicode";
import { SaxesParser, type SaxesTagPlain } from "saxes";
import { escapeHtml } from "../showing/html.ts";

/** Taken off, with what is in them left in its place. */
const unwrapped = /^(?:w:fldSimple|m:(?!r$|t$).*)$/;
/** What a formula says in two lines is said in one: without its bar, « 45 over 2 » would be 452. */
const around: Readonly<Record<string, readonly [string, string]>> = {
  "m:num": ["(", ")/"],
  "m:den": ["(", ")"],
  "m:sup": ["^(", ")"],
  "m:sub": ["_(", ")"],
  "m:rad": ["√(", ")"],
  "m:d": ["(", ")"],
};
const renamed: Readonly<Record<string, string>> = { "m:r": "w:r", "m:t": "w:t", "w:dstrike": "w:strike" };
/** Left out: how a formula looks, and words where they stood before they were moved. */
const isLeftOut = (name: string) => /^m:.*Pr$|^w:moveFrom$/.test(name);
/** Ticks and crosses that few typefaces have, by their kin that all have. */
const plainer: Readonly<Record<string, string>> = { "🗹": "☑", "🗷": "☒", "🗸": "✓", "🗴": "✗" };
const unknownSign = "▯";

/**
 * A part of a Word file with what our readers would leave out said in what they know: the words of simple fields, formulas, signs of other typefaces, the
 * choice in a list and the tick in a box of an old form, what is struck out twice. Everything else stays as it is.
 */
export function plainWord(xml: Buffer): Buffer {
  const parser = new SaxesParser();
  const out: string[] = [];
  let hiddenAt = 0;
  let depth = 0;
  let form: FormField | undefined;
  /** Said behind the run in which the list stands. */
  let choice = "";
  const say = (text: string) => out.push(`<w:t xml:space="preserve">${escapeHtml(text)}</w:t>`);
  const sayRun = (text: string) => out.push(`<w:r><w:t xml:space="preserve">${escapeHtml(text)}</w:t></w:r>`);

  function open({ name, attributes }: SaxesTagPlain): void {
    depth += 1;
    if (!hiddenAt && isLeftOut(name)) hiddenAt = depth;
    if (hiddenAt) return;
    if (name === "w:ddList" || name === "w:checkBox") form = { entries: [] };
    else if (form) fill(form, name, attributes["w:val"]);
    const [before] = around[name] ?? [];
    if (before) sayRun(before);
    if (name === "w:sym") return void say(signOf(attributes));
    if (unwrapped.test(name)) return;
    const given = Object.entries(attributes).map(([key, one]) => ` ${key}="${escapeHtml(one)}"`);
    out.push(`<${renamed[name] ?? name}${given.join("")}>`);
  }

  function close({ name }: SaxesTagPlain): void {
    const isHidden = hiddenAt > 0;
    if (hiddenAt === depth) hiddenAt = 0;
    depth -= 1;
    if (isHidden) return;
    if (name === "w:ddList") choice = form?.entries[Number(form.result ?? form.default ?? 0)] ?? "";
    // mammoth reads this one where it stands, and our words here.
    if (name === "w:checkBox") say(isOn(form?.checked ?? form?.default ?? "0") ? "☒" : "☐");
    if (name === "w:ddList" || name === "w:checkBox") form = undefined;
    if (name !== "w:sym" && !unwrapped.test(name)) out.push(`</${renamed[name] ?? name}>`);
    const [, after] = around[name] ?? [];
    if (after) sayRun(after);
    if (name !== "w:r" || !choice) return;
    sayRun(choice);
    choice = "";
  }

  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", open);
  parser.on("closetag", close);
  const text = (piece: string) => {
    if (depth > 0 && !hiddenAt) out.push(escapeHtml(piece));
  };
  parser.on("text", text);
  parser.on("cdata", text);
  parser.write(xml.toString("utf8")).close();
  return Buffer.from(out.join(""));
}

/** A field of a form as Word made them before 2007: what is chosen of it, what it begins with, and what there is to choose from. */
interface FormField {
  readonly entries: string[];
  result?: string;
  default?: string;
  checked?: string;
}

/** Without a value, what is said is so. */
function fill(form: FormField, name: string, value = "1"): void {
  if (name === "w:listEntry") form.entries.push(value);
  if (name === "w:result") form.result = value;
  if (name === "w:default") form.default = value;
  if (name === "w:checked") form.checked = value;
}
const isOn = (value: string) => !["0", "false", "off"].includes(value);

/** A sign by its place in a typeface of signs; Word writes the places of some from F000 on. */
function signOf({ "w:font": font = "", "w:char": char = "" }: Readonly<Record<string, string>>): string {
  const at = Number.parseInt(char, 16);
  const known = codePoint(font, at) ?? codePoint(font, at - 0xf000);
  if (known) return plainer[known.string] ?? known.string;
  const isOfAll = at >= 0x20 && at < 0xd800;
  return isOfAll ? String.fromCodePoint(at) : unknownSign;
}

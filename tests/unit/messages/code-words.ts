import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { fromRoot } from "#infra/local/paths.ts";

/** The words that code could name a message with. */
export interface CodeWords {
  /** What is given to useTranslations and getTranslations. */
  namespaces: Set<string>;
  literals: Set<string>;
  /** Template literals, their holes standing for any text without a dot. */
  templates: RegExp[];
  /** First argument of the makers of errors, and the fields' keys beside it. */
  errorKeys: Set<string>;
}

const errorMakers = new Set(["conflict", "precondition", "invalid"]);

/** Reads every source file of the folders once. */
export function readCodeWords(folders: string[]): CodeWords {
  const words: CodeWords = { namespaces: new Set(), literals: new Set(), templates: [], errorKeys: new Set() };
  for (const file of folders.flatMap((folder) => sourcesUnder(folder))) {
    const text = readFileSync(fromRoot(file), "utf8");
    const kind = file.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    collect(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, kind), words);
  }
  return words;
}

function collect(node: ts.Node, words: CodeWords): void {
  if (ts.isStringLiteralLike(node)) words.literals.add(node.text);
  if (ts.isTemplateExpression(node)) words.templates.push(templatePattern(node));
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) collectCall(node, node.expression.text, words);
  ts.forEachChild(node, (child) => collect(child, words));
}

function collectCall(call: ts.CallExpression, name: string, words: CodeWords): void {
  const [first, second] = call.arguments;
  if (!first) return;
  if (name === "useTranslations" || name === "getTranslations") {
    if (ts.isStringLiteralLike(first)) words.namespaces.add(first.text);
    if (ts.isObjectLiteralExpression(first)) for (const text of textsOf(first)) words.namespaces.add(text);
  }
  if (!errorMakers.has(name)) return;
  if (ts.isStringLiteralLike(first)) words.errorKeys.add(first.text);
  if (name === "invalid" && second && ts.isObjectLiteralExpression(second))
    for (const text of textsOf(second)) words.errorKeys.add(text);
}

function textsOf(object: ts.ObjectLiteralExpression): string[] {
  return object.properties.flatMap((property) =>
    ts.isPropertyAssignment(property) && ts.isStringLiteralLike(property.initializer)
      ? [property.initializer.text]
      : [],
  );
}

function templatePattern(node: ts.TemplateExpression): RegExp {
  const exactly = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(
    `^${exactly(node.head.text)}${node.templateSpans.map((span) => `[^.]+${exactly(span.literal.text)}`).join("")}$`,
  );
}

function sourcesUnder(name: string): string[] {
  const info = statSync(fromRoot(name), { throwIfNoEntry: false });
  if (!info) return [];
  if (info.isFile()) return /\.tsx?$/.test(name) && !name.endsWith(".d.ts") ? [name] : [];
  return readdirSync(fromRoot(name))
    .filter((entry) => entry !== "generated" && entry !== "node_modules")
    .flatMap((entry) => sourcesUnder(join(name, entry)));
}

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fromRoot } from "#infra/local/paths.ts";
import { readCodeWords } from "./code-words.ts";
import { icuArguments } from "./icu-arguments.ts";

/** French is the source: English must say the same things with the same holes, and nothing may be said nowhere. */

const folder = fromRoot("app/_i18n");
const namespaces = readdirSync(`${folder}/fr`).filter((file) => file.endsWith(".json"));
const words = readCodeWords(["app", "server", "emails"]);
const french = readAll("fr");
const english = readAll("en");

test("both languages have the same files, all listed", () => {
  for (const language of ["fr", "en"]) {
    const files = readdirSync(`${folder}/${language}`).filter((file) => file.endsWith(".json"));
    expect(files).toEqual(namespaces);
    const list = readFileSync(`${folder}/${language}/index.ts`, "utf8");
    for (const file of files) expect(list).toContain(`"./${file}"`);
  }
});

describe.each(namespaces.map((file) => file.replace(".json", "")))("%s", (namespace) => {
  const inNamespace = (keys: Map<string, string>) => [...keys].filter(([key]) => key.startsWith(`${namespace}.`));

  test("has the same keys in French and English, none of them empty", () => {
    expect(inNamespace(english).map(([key]) => key)).toEqual(inNamespace(french).map(([key]) => key));
    expect([...inNamespace(french), ...inNamespace(english)].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  test("asks for the same arguments in French and English", () => {
    const differences = inNamespace(french).filter(
      ([key, text]) => String(icuArguments(text)) !== String(icuArguments(english.get(key) ?? text)),
    );
    expect(differences.map(([key]) => key)).toEqual([]);
  });

  test("has no key that no code names", () => {
    expect(
      inNamespace(french)
        .map(([key]) => key)
        .filter((key) => !isNamed(key)),
    ).toEqual([]);
  });
});

test("every error that the server throws has its sentence", () => {
  const missing = [...words.errorKeys].filter((key) => !french.has(`errors.${key}`));
  expect(missing).toEqual([]);
});

/** A key is named when some namespace that code opens, followed by a literal or template of the code, spells it. */
function isNamed(key: string): boolean {
  const parts = key.split(".");
  return parts.some((_, at) => {
    const prefix = parts.slice(0, at).join(".");
    const rest = parts.slice(at).join(".");
    if (prefix !== "errors" && prefix !== "" && !words.namespaces.has(prefix)) return false;
    return words.literals.has(rest) || words.templates.some((template) => template.test(rest));
  });
}

function readAll(language: string): Map<string, string> {
  const keys = new Map<string, string>();
  for (const file of namespaces) {
    flatten(JSON.parse(readFileSync(`${folder}/${language}/${file}`, "utf8")), file.replace(".json", ""), keys);
  }
  return keys;
}

function flatten(node: Record<string, unknown>, prefix: string, keys: Map<string, string>): void {
  for (const [name, value] of Object.entries(node)) {
    if (typeof value === "string") keys.set(`${prefix}.${name}`, value);
    else flatten(value as Record<string, unknown>, `${prefix}.${name}`, keys);
  }
}

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromRoot } from "#infra/local/paths.ts";

const server = fromRoot("server");
/** Identity and the host keep journals of their own, which no clinic reads. */
const elsewhere = /^(?:auth\/(?!clinic\/)|db\/generated\/|membership\/tell-member|host\/change-settings)/;

/** Every event that some verb writes in a clinic's journal. */
function writtenEvents(): string[] {
  const files = readdirSync(server, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const found = files
    .filter((name) => !elsewhere.test(name))
    .map((name) => readFileSync(`${server}/${name}`, "utf8"))
    .flatMap((source) => source.match(/\bevent: .*/g) ?? [])
    .flatMap((line) => [...line.matchAll(/"([a-z-]+\.[a-z-]+)"/g)].map((match) => match[1] as string));
  return [...new Set(found)].sort();
}

function wordsOf(language: string): { nouns: Record<string, string>; events: Record<string, Record<string, string>> } {
  return JSON.parse(readFileSync(fromRoot(`app/_i18n/${language}/journal.json`), "utf8"));
}

test.each(["fr", "en"])("every gesture that the journal keeps can be read in words (%s)", (language) => {
  const { nouns, events } = wordsOf(language);
  const unnamed = writtenEvents().filter((event) => {
    const [noun = "", verb = ""] = event.split(".");
    return !nouns[noun] || !events[noun]?.[verb];
  });
  expect(unnamed, "name them in app/_i18n/*/journal.json, under events").toEqual([]);
});

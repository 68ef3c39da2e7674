import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fromRoot } from "#infra/local/paths.ts";

type Tree = { [key: string]: string | Tree };

const folder = fromRoot("app/_i18n/fr");
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));

function flatten(tree: Tree, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

describe.each(files)("French of %s", (file) => {
  const messages = flatten(JSON.parse(readFileSync(`${folder}/${file}`, "utf8")));

  it("keeps Québec's typography", () => {
    for (const [key, text] of messages) {
      const words = text.replace(/\{[^{}]*\}|<[^>]+>|https?:\S+/g, "x");
      expect(words, `${key}: no-break space before : % $ » and after «`).not.toMatch(/(?<=[\p{L}\p{N})x]) [:%$»]|« /u);
      expect(words, `${key}: no space before ? ; !`).not.toMatch(/[ \u00a0][?;!]/);
      expect(words, `${key}: typographic apostrophe`).not.toMatch(/\p{L}'\p{L}/u);
      expect(words, `${key}: a colon takes a no-break space`).not.toMatch(/\p{L}: /u);
    }
  });
});

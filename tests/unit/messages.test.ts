import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const folder = new URL("../../app/_i18n/", import.meta.url);
const languages = ["fr", "en"] as const;
type Tree = { [key: string]: string | Tree };

const namespaces = readdirSync(new URL("fr/", folder)).filter((name) => name.endsWith(".json"));

function read(language: string, file: string): Tree {
  return JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), "utf8"));
}

function flatten(tree: Tree, prefix = ""): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

/** Names in braces and tags: what the code gives to a message. */
function holes(message: string): string[] {
  const names = message.matchAll(/\{\s*(\w+)\s*[,}]|<(\w+)>/g);
  return [...new Set([...names].map(([, name, tag]) => name ?? tag ?? ""))].sort();
}

describe("messages", () => {
  it("has the same namespaces in both languages, each in its index", () => {
    for (const language of languages) {
      const index = readFileSync(new URL(`${language}/index.ts`, folder), "utf8");
      const listed = [...index.matchAll(/default as (\w+) \} from "\.\/(\w+)\.json"/g)].map(([, name, file]) => [
        name,
        file,
      ]);
      expect(listed.map(([name]) => name).sort()).toEqual(namespaces.map((file) => file.replace(".json", "")).sort());
      for (const [name, file] of listed) expect(name).toBe(file);
      expect(
        readdirSync(new URL(`${language}/`, folder))
          .filter((name) => name.endsWith(".json"))
          .sort(),
      ).toEqual(namespaces.sort());
    }
  });

  describe.each(namespaces)("%s", (file) => {
    const french = flatten(read("fr", file));
    const english = flatten(read("en", file));

    it("has the same keys, none of them empty", () => {
      expect([...english.keys()].sort()).toEqual([...french.keys()].sort());
      for (const [key, text] of [...french, ...english]) expect(text.trim(), key).not.toBe("");
    });

    it("takes the same values in both languages", () => {
      for (const [key, text] of french) expect(holes(english.get(key) ?? ""), key).toEqual(holes(text));
    });

    it("keeps French typography", () => {
      for (const [key, text] of french) {
        const words = text.replace(/\{[^{}]*\}|<[^>]+>|https?:\S+/g, "x");
        expect(words, `${key}: no-break space before : % $ »`).not.toMatch(/(?<=[\p{L}\p{N})x]) [:%$»]|« /u);
        expect(words, `${key}: no space before ? ; !`).not.toMatch(/[ \u00a0][?;!]/);
        expect(words, `${key}: typographic apostrophe`).not.toMatch(/\p{L}'\p{L}/u);
        expect(words, `${key}: a colon takes a no-break space`).not.toMatch(/\p{L}: /u);
      }
    });
  });
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromRoot } from "#infra/local/paths.ts";

const readme = readFileSync(fromRoot("README.md"), "utf8");
const floors = /```\n(noyau [\s\S]+?)```/.exec(readme)?.[1] ?? "";

test("the map names every top-level folder, and no other", () => {
  const named = [...readme.matchAll(/^([a-z]+)\/ {2,}/gm)].map((match) => match[1]);
  expect(named.sort()).toEqual(foldersOf(""));
});

test("the floors name every folder of server/, and no other", () => {
  const listed = floors.split("\n").flatMap(
    (line) =>
      line
        .replace(/, et les entrées.*/, "")
        .split(/ {2,}/)[1]
        ?.split(" ") ?? [],
  );
  expect(listed.sort()).toEqual(foldersOf("server"));
});

test("every file that it points to is there", () => {
  const links = [...readme.matchAll(/\]\((?!http)([^)#]+)\)/g)].map((match) => match[1] ?? "");
  expect(links.filter((link) => !existsSync(fromRoot(link)))).toEqual([]);
});

test("every command that it names is there", () => {
  const { scripts } = JSON.parse(readFileSync(fromRoot("package.json"), "utf8"));
  const commands = [...readme.matchAll(/npm run ([a-z]+)/g)].map((match) => match[1] ?? "");
  expect(commands.filter((name) => !scripts[name])).toEqual([]);
});

/** Folders of the checkout; what tools left behind does not count. */
function foldersOf(parent: string): string[] {
  const made = new Set(["node_modules", "dist", "test-results", "playwright-report"]);
  return readdirSync(fromRoot(parent || "."), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && !made.has(entry.name))
    .map((entry) => entry.name)
    .sort();
}

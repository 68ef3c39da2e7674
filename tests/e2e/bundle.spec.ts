import "./instance-database.ts";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { distDir } from "#infra/local/build.ts";
import { fromRoot } from "#infra/local/paths.ts";
import { variableNames } from "#server/env.ts";

/** What a browser is given holds nothing of the server's. The same search finds all of it in the server's own programs, or its silence would prove nothing. */

const dataDir = process.env.CHEVET_E2E_DATA_DIR ?? "";

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

function holding(folder: string, words: readonly string[]): string[] {
  const texts = filesIn(folder).map((file) => [file, readFileSync(file, "latin1")] as const);
  return words.flatMap((word) => texts.filter(([, text]) => text.includes(word)).map(([file]) => `${word} in ${file}`));
}

/** Words that only code which decides can hold: the variables it reads, the database's entry, its logins and its schemas. */
const serverOnly = [
  ...variableNames.filter((name) => name.includes("_")),
  "reference.enter",
  "queue.outbox",
  "chevet_outbox",
  "aes-256-gcm",
  "argon2",
  "PrismaClient",
];

const pages = fromRoot(".next/static");

test("no word of the server's is in what browsers load", () => {
  expect(filesIn(pages).length).toBeGreaterThan(20);
  expect(holding(pages, serverOnly)).toEqual([]);
  const inServer = holding(distDir, serverOnly);
  expect(serverOnly.filter((word) => !inServer.some((hit) => hit.startsWith(`${word} in`)))).toEqual([]);
});

test("no secret of the instance is in what browsers load", () => {
  const secrets = filesIn(join(dataDir, "secrets")).flatMap(
    (file) => readFileSync(file, "utf8").match(/[\w+/=-]{20,}/g) ?? [],
  );
  expect(secrets.length).toBeGreaterThan(5);
  expect(holding(pages, secrets)).toEqual([]);
});

test("no map leads back to the sources", () => {
  expect(filesIn(pages).filter((file) => file.endsWith(".map"))).toEqual([]);
  expect(holding(pages, ["sourceMappingURL"])).toEqual([]);
});

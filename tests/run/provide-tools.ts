import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { debianBinaries } from "#infra/local/postgres/binaries.ts";
import { aptInstall } from "./apt.ts";
import { installedChromium, provideChromium } from "./provide-chromium.ts";
import { passed, type Step, skipped } from "./tally.ts";

interface Tool {
  title: string;
  isThere(): boolean;
  provide(): Promise<unknown>;
}

const tools: Tool[] = [
  { title: "Chromium", isThere: () => installedChromium() !== undefined, provide: provideChromium },
  { title: "PgBouncer", isThere: () => isOnPath("pgbouncer"), provide: () => aptInstall(["pgbouncer"]) },
  { title: "Redis", isThere: () => isOnPath("redis-server"), provide: () => aptInstall(["redis-server"]) },
  {
    title: "PostgreSQL 15",
    isThere: () => debianBinaries(15) !== undefined,
    provide: () => aptInstall(["postgresql-15"]),
  },
];

/** Gets what the tests run against. What cannot be had is skipped, said and counted. */
export function toolSteps(): Step[] {
  return tools.map(({ title, isThere, provide }) => ({
    title,
    run: async () => {
      if (!isThere()) await provide();
      return isThere() ? passed() : skipped("introuvable ici · not to be had here");
    },
  }));
}

function isOnPath(name: string): boolean {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin"];
  return folders.some((folder) => existsSync(join(folder, name)));
}

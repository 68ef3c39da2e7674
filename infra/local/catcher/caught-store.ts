import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Caught messages as files under the data folder: one process catches, another shows, and both may be restarted. Only the newest are kept.
 */
export type CaughtKind = "mail" | "sms";

export interface CaughtFile {
  id: string;
  kind: CaughtKind;
  at: Date;
}

const most = 200;
const endings: Record<CaughtKind, string> = { mail: ".eml", sms: ".json" };
const fileName = /^([0-9a-z]{9})-[0-9a-f]{8}\.(eml|json)$/;

export function caughtFolder(dataDir: string): string {
  return join(dataDir, "caught");
}

/** Keeps one message; the oldest beyond the two hundredth goes. A reader never sees half a file. */
export async function keepCaught(dataDir: string, kind: CaughtKind, content: Buffer): Promise<string> {
  const folder = caughtFolder(dataDir);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const id = `${Date.now().toString(36).padStart(9, "0")}-${randomBytes(4).toString("hex")}`;
  const partial = join(folder, `.${id}`);
  await writeFile(partial, content, { mode: 0o600 });
  await rename(partial, join(folder, `${id}${endings[kind]}`));
  const old = (await listCaught(dataDir)).slice(most);
  await Promise.all(old.map((file) => rm(pathOf(dataDir, file), { force: true })));
  return id;
}

/** What was caught, newest first. */
export async function listCaught(dataDir: string): Promise<CaughtFile[]> {
  const names = await readdir(caughtFolder(dataDir)).catch(() => []);
  return names.flatMap((name) => asCaught(name) ?? []).sort((a, b) => (a.id < b.id ? 1 : -1));
}

/** One message as it was received, or undefined when there is none under that id. */
export async function readCaught(dataDir: string, id: string): Promise<(CaughtFile & { content: Buffer }) | undefined> {
  const file = (await listCaught(dataDir)).find((caught) => caught.id === id);
  if (!file) return undefined;
  const content = await readFile(pathOf(dataDir, file)).catch(() => undefined);
  return content && { ...file, content };
}

function pathOf(dataDir: string, { id, kind }: CaughtFile): string {
  return join(caughtFolder(dataDir), `${id}${endings[kind]}`);
}

function asCaught(name: string): CaughtFile | undefined {
  const match = fileName.exec(name);
  if (!match?.[1]) return undefined;
  return {
    id: name.slice(0, 18),
    kind: match[2] === "eml" ? "mail" : "sms",
    at: new Date(Number.parseInt(match[1], 36)),
  };
}

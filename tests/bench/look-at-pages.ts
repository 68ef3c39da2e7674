import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import lighthouse, { desktopConfig, type Flags, type Result } from "lighthouse";
import { freePort } from "#infra/local/free-port.ts";
import { fromRoot } from "#infra/local/paths.ts";
import { installedChromium } from "#tests/run/provide-chromium.ts";
import type { Measured, Row } from "./measure.ts";

/** A page to look at, with whose cookie, and what is asked of it on a telephone. */
export interface Page {
  readonly name: string;
  readonly url: string;
  readonly cookie?: string;
  /** The least score in performance on a slow telephone, beside 100 in accessibility. */
  readonly least?: number;
}

/** First load of each page as Lighthouse sees it, on a desk and on a slow telephone: JavaScript in kilobytes, and its scores. */
export async function lookAtPages(pages: readonly Page[]): Promise<Measured> {
  const executablePath = installedChromium();
  if (!executablePath) return { rows: [{ name: "pages", note: "SKIPPED: no Chromium on this machine" }] };
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath,
    args: [
      `--remote-debugging-port=${port}`,
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  try {
    const rows: Row[] = [];
    const notes: string[] = [];
    for (const { name, url, cookie, least } of pages) {
      for (const form of ["desktop", "mobile"] as const) {
        const seen = await look(url, { port, extraHeaders: cookie ? { Cookie: cookie } : {} }, form);
        if (form === "desktop") rows.push(...scripts(name, seen));
        const target = least !== undefined && form === "mobile" ? against(seen, least) : {};
        rows.push({ name: `${name}: Lighthouse, ${form}`, ...target, value: scores(seen), note: moments(seen) });
        if (form === "mobile") notes.push(...faults(name, seen));
      }
    }
    return {
      rows,
      notes: notes.length > 0 ? `What Lighthouse would still change, on a slow telephone:\n\n${notes.join("\n")}` : "",
    };
  } finally {
    await browser.close();
  }
}

function against({ categories }: Result, least: number): Pick<Row, "target" | "met"> {
  const score = (name: string) => Math.round((categories[name]?.score ?? 0) * 100);
  return {
    target: `performance ≥ ${least}, accessibility 100`,
    met: score("performance") >= least && score("accessibility") === 100,
  };
}

/** Not its advice for search engines: both pages ask not to be listed. */
const judged = ["performance", "accessibility", "best-practices"];

async function look(url: string, flags: Flags, form: "desktop" | "mobile"): Promise<Result> {
  const quiet = { ...flags, logLevel: "error" as const, locale: "en-US" as const, onlyCategories: [...judged] };
  const done = await lighthouse(url, quiet, form === "desktop" ? desktopConfig : undefined);
  if (!done) throw new Error(`Lighthouse saw nothing at ${url}`);
  if (done.lhr.runtimeError) throw new Error(`${url}: ${done.lhr.runtimeError.message}`);
  return done.lhr;
}

interface Request {
  readonly url: string;
  readonly resourceType?: string;
  readonly transferSize: number;
  readonly resourceSize: number;
}

/** What React and Next need on every page is told apart from ours and from what we chose (Mantine and others). */
function scripts(name: string, { audits }: Result): Row[] {
  const details = audits["network-requests"]?.details as { items?: Request[] } | undefined;
  const all = (details?.items ?? []).filter(({ resourceType }) => resourceType === "Script");
  const manifest = JSON.parse(readFileSync(fromRoot(join(".next", "build-manifest.json")), "utf8"));
  const files: string[] = [...manifest.rootMainFiles, ...manifest.polyfillFiles];
  const isFramework = ({ url }: Request) => files.some((file) => url.includes(file));
  const row = (part: string, list: readonly Request[]): Row => ({
    name: `${name}: JavaScript${part}`,
    kilobytes: sum(list, (one) => one.transferSize),
    note: `as it travels; ${sum(list, (one) => one.resourceSize).toFixed(0)} KB unpacked, ${list.length} files`,
  });
  return [
    row("", all),
    row(", of it React and Next", all.filter(isFramework)),
    row(
      ", of it ours and our libraries",
      all.filter((one) => !isFramework(one)),
    ),
  ];
}

const sum = (list: readonly Request[], of: (one: Request) => number) =>
  list.reduce((total, one) => total + of(one), 0) / 1024;

function scores({ categories }: Result): string {
  return Object.values(categories)
    .map(({ title, score }) => `${title} ${Math.round((score ?? Number.NaN) * 100)}`)
    .join(", ");
}

function moments({ audits }: Result): string {
  return ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"]
    .map((id) => audits[id])
    .map((audit) => `${audit?.title} ${audit?.displayValue?.replace("\u00a0", " ")}`)
    .join(", ");
}

/** What was measured and found wanting on a slow telephone. */
function faults(where: string, { audits, categories }: Result): string[] {
  return Object.values(categories).flatMap(({ title, auditRefs }) =>
    auditRefs.flatMap(({ id }) => {
      const audit = audits[id];
      if (!audit?.displayValue || audit.score === null || audit.score >= 0.9) return [];
      return [`- ${where}, ${title}: ${audit.title} (${audit.displayValue.replace("\u00a0", " ")})`];
    }),
  );
}

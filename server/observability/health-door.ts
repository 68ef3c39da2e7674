import type { IncomingMessage, ServerResponse } from "node:http";
import { errorCode } from "#server/error-code.ts";

/** One thing that this process cannot work without: resolves when it answers. */
export type Check = () => Promise<unknown>;

interface Verdict {
  ready: boolean;
  /** "ok", or the error's code. */
  checks: Record<string, string>;
}

const patienceMs = 2000;
const freshMs = 1000;

/**
 * Answers /health/live (the process runs) and /health/ready (it can work: every check passed within two seconds). A verdict is kept
 * for a second, so that asking often costs the database nothing.
 * @returns a door: it says whether the request was one of the two.
 */
export function createHealthDoor(checks: Record<string, Check>) {
  let verdict: Promise<Verdict> | undefined;
  let judgedAt = 0;

  function judge(): Promise<Verdict> {
    if (!verdict || Date.now() - judgedAt > freshMs) {
      judgedAt = Date.now();
      verdict = judgeAll(checks);
    }
    return verdict;
  }

  return function healthDoor(request: IncomingMessage, response: ServerResponse): boolean {
    const path = request.url?.split("?")[0];
    if (path !== "/health/live" && path !== "/health/ready") return false;
    if (path === "/health/live") answer(response, 200, { live: true });
    else void judge().then((said) => answer(response, said.ready ? 200 : 503, said));
    return true;
  };
}

async function judgeAll(checks: Record<string, Check>): Promise<Verdict> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await judgeOne(check)] as const),
  );
  return { ready: results.every(([, said]) => said === "ok"), checks: Object.fromEntries(results) };
}

async function judgeOne(check: Check): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, patienceMs, "Timeout");
  });
  try {
    return await Promise.race([check().then(() => "ok"), late]);
  } catch (error) {
    return errorCode(error);
  } finally {
    clearTimeout(timer);
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { "content-type": "application/json", "cache-control": "no-store" })
    .end(JSON.stringify(body));
}

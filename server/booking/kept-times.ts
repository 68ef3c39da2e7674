import type { VisitorContext } from "#server/context.ts";
import { queryAsVisitor } from "#server/db/with-visitor.ts";
import { keepAnswer } from "#server/kept-answer.ts";
import { keptTimesAsked } from "#server/observability/metrics.ts";

interface Kept {
  readonly stamp: string;
  readonly at: number;
  readonly answer: unknown;
}

/** By clinic and question; the oldest leave first. They hold free times only, which anybody may read. */
const kept = new Map<string, Kept>();
const most = 500;
/** Notice and holds that ran out move with the clock and write nothing: an answer is asked again after this. */
const longestMs = 20_000;

/**
 * An answer about what is free, while nothing that was written to the clinic's schedule since can have changed it: the stamp is read
 * each time, as a visitor, so that a page taken down answers nobody.
 */
export async function keptTimes<Answer extends object>(
  ctx: VisitorContext,
  question: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const key = `${ctx.clinic.id} ${question}`;
  // Before the question: a write in between makes the answer older than it is, never newer.
  const [row] = await queryAsVisitor<{ stamp: string }>(ctx, {
    name: "chevet_stamp",
    text: "select stamp::text from clinic.schedule_stamp where clinic_id = $1",
    values: [ctx.clinic.id],
  });
  const stamp = row?.stamp ?? "0";
  const found = kept.get(key);
  const holds = found?.stamp === stamp && Date.now() - found.at < longestMs;
  keptTimesAsked.inc({ kept: String(holds) });
  if (holds) return found.answer as Answer;
  const answer = await ask();
  keepAnswer(answer);
  kept.delete(key);
  kept.set(key, { stamp, at: Date.now(), answer });
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break;
    kept.delete(oldest);
  }
  return answer;
}

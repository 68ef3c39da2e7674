import { withRelay } from "#server/db/with-relay.ts";
import { platformJournal } from "#server/db/with-sealer.ts";
import { needEnv } from "#server/env.ts";
import { logger } from "#server/logger.ts";
import { readAuditKeys } from "./audit-key.ts";
import { sealJournal } from "./seal-journal.ts";
import { type HeadsPlace, signHead } from "./sign-head.ts";

/** A journal where nothing happens is looked at less and less often, down to this. */
const RAREST_MS = 2 * 60_000;
const FIRST_MS = 10_000;
const BATCH = 500;

interface Rest {
  untilMs: number;
  forMs: number;
}

// What this process remembers of quiet journals. Forgetting it costs one look at each.
const resting = new Map<string, Rest>();

/** One round over the journals that may have something new. Any number of workers may run it at once. */
export async function sealAllJournals(place?: HeadsPlace, now: number = Date.now()): Promise<void> {
  const heads = place ?? (await processHeadsPlace());
  for (const journalId of await listJournals()) {
    const rest = resting.get(journalId);
    if (rest && rest.untilMs > now) continue;
    try {
      const busy = await sealAndSign(journalId, heads);
      const forMs = busy ? 0 : Math.min(RAREST_MS, Math.max(FIRST_MS, (rest?.forMs ?? 0) * 2));
      resting.set(journalId, { untilMs: now + forMs, forMs });
    } catch (error) {
      // One journal's trouble never keeps the others unsealed.
      logger.error("audit.seal-failed", { clinicId: journalId }, error);
    }
  }
}

/** CHEVET_AUDIT_HEADS_DIR and CHEVET_AUDIT_KEY_FILE. The key is read each time, so that a new one needs no restart. */
export async function processHeadsPlace(): Promise<HeadsPlace> {
  return { directory: needEnv("CHEVET_AUDIT_HEADS_DIR"), keys: await readAuditKeys(needEnv("CHEVET_AUDIT_KEY_FILE")) };
}

/** Every clinic's journal, and identity's. */
export async function listJournals(): Promise<string[]> {
  const clinics = await withRelay((db) => db.clinicRegistration.findMany({ select: { clinicId: true } }));
  return [platformJournal, ...clinics.map(({ clinicId }) => clinicId)];
}

async function sealAndSign(journalId: string, place: HeadsPlace): Promise<boolean> {
  let sealed = 0;
  for (let batch = BATCH; batch === BATCH; sealed += batch) batch = await sealJournal(journalId, BATCH);
  const signing = await signHead(journalId, place);
  if (signing === "diverged") logger.error("audit.diverged", { clinicId: journalId });
  return sealed > 0 || signing !== "current";
}

import { newId } from "#server/db/new-id.ts";
import { withRelay } from "#server/db/with-relay.ts";
import { carryMerge, carryPart } from "#server/patient/carry-merge.ts";
import { requestMerge } from "#server/patient/request-merge.ts";
import { requestPart } from "#server/patient/request-part.ts";
import type { MergeInput } from "#server/patient/schema.ts";
import type { TestClinic } from "./clinic.ts";

const handlers = { "merge-patients": carryMerge, "part-patients": carryPart };

/** Does what the worker owes this clinic of merges. */
export async function carryOut(clinic: TestClinic): Promise<void> {
  const owed = await withRelay(
    (db) => db.$queryRaw<{ id: string; job: keyof typeof handlers; payload: { mergeId: string } }[]>`
      select id, job, payload from queue.outbox
      where clinic_id = ${clinic.id}::uuid and job in ('merge-patients', 'part-patients') order by created_at, id`,
  );
  for (const { id, job, payload } of owed)
    await handlers[job]({ requestId: newId(), job, jobId: id, clinicId: clinic.id }, payload);
}

/** Asks for a merge as the owner, and carries it out as the worker does. */
export async function mergeNow(clinic: TestClinic, input: MergeInput): Promise<void> {
  await requestMerge(clinic.owner.ctx, input);
  await carryOut(clinic);
}

/** And the way back. */
export async function partNow(clinic: TestClinic, ref: { id: string; version: number }): Promise<void> {
  await requestPart(clinic.owner.ctx, ref);
  await carryOut(clinic);
}

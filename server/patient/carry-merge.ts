import { recordAudit } from "#server/audit/record-audit.ts";
import type { SystemContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withMover } from "#server/db/with-mover.ts";
import { takeJob } from "#server/queue/take-job.ts";

type JobContext = SystemContext & { readonly jobId: string };

/**
 * The handler of `merge-patients`: one transaction in which every row that named the one names the other, whoever may see it. Records
 * that changed since they were compared are left as they are, and the request says so.
 */
export async function carryMerge(ctx: JobContext, { mergeId }: { mergeId: string }): Promise<void> {
  await carry(ctx, mergeId, "requested", async (db, clinicId, merge) => {
    const { patientId: survivor, mergedId: other } = merge;
    const rows = await lock(db, clinicId, survivor, other);
    const still = (id: string, version: number) =>
      rows.some((row) => row.id === id && row.version === version && ["active", "inactive"].includes(row.status));
    if (!still(survivor, merge.patientVersion) || !still(other, merge.mergedVersion)) {
      await settle(db, clinicId, merge, { status: "refused" });
      return "patient.merge-refused";
    }
    const [count] = await db.$queryRaw<{ moved: number; kept: number }[]>`
      select m.moved, m.kept from clinic.merge_rows(${clinicId}::uuid, ${mergeId}::uuid, ${survivor}::uuid, ${other}::uuid) m`;
    await db.patient.updateMany({
      where: { clinicId, id: other },
      data: { status: "merged", mergedInto: survivor, version: { increment: 1 } },
    });
    await settle(db, clinicId, merge, { status: "done", doneAt: new Date(), ...count });
    return "patient.merged";
  });
}

/** The handler of `part-patients`: each gets back what was its own. */
export async function carryPart(ctx: JobContext, { mergeId }: { mergeId: string }): Promise<void> {
  await carry(ctx, mergeId, "undo-requested", async (db, clinicId, merge) => {
    const { patientId: survivor, mergedId: other } = merge;
    const rows = await lock(db, clinicId, survivor, other);
    if (!rows.some(({ id, status }) => id === survivor && status !== "merged")) {
      await settle(db, clinicId, merge, { status: "done" });
      return "patient.part-refused";
    }
    await db.$queryRaw`select clinic.part_rows(${clinicId}::uuid, ${mergeId}::uuid, ${survivor}::uuid, ${other}::uuid)`;
    await db.patient.updateMany({
      where: { clinicId, id: other, mergedInto: survivor },
      data: { status: merge.mergedStatus, mergedInto: null, version: { increment: 1 } },
    });
    await settle(db, clinicId, merge, { status: "undone", undoneAt: new Date() });
    return "patient.parted";
  });
}

interface Merge {
  readonly id: string;
  readonly patientId: string;
  readonly mergedId: string;
  readonly patientVersion: number;
  readonly mergedVersion: number;
  readonly mergedStatus: string;
  readonly authorId: string;
  readonly undoneBy: string | null;
  readonly version: number;
}

async function carry(
  ctx: JobContext,
  mergeId: string,
  status: string,
  work: (db: Db, clinicId: string, merge: Merge) => Promise<string>,
): Promise<void> {
  const clinicId = ctx.clinicId ?? "";
  const where = { clinicId, id: mergeId, status };
  const asked = await withMover(clinicId, (db) => db.patientMerge.findFirst({ where }));
  if (!asked) return;
  await withMover(
    clinicId,
    async (db) => {
      await takeJob(db, ctx.jobId);
      const merge = await db.patientMerge.findFirst({ where });
      if (!merge) return;
      const event = await work(db, clinicId, merge);
      await recordAudit(db, ctx, {
        event,
        action: "U",
        entity: "Patient",
        entityIds: [merge.patientId, merge.mergedId],
        patientId: merge.patientId,
        detail: { merge: mergeId },
      });
    },
    asked.undoneBy ?? asked.authorId,
  );
}

/** Both records, in one order for everybody, so that two merges never wait for each other in a circle. */
const lock = (db: Db, clinicId: string, one: string, other: string) =>
  db.$queryRaw<{ id: string; status: string; version: number }[]>`
    select p.id, p.status, p.version from clinic.patient p
    where p.clinic_id = ${clinicId}::uuid and p.id in (${one}::uuid, ${other}::uuid) order by p.id for update`;

const settle = (
  db: Db,
  clinicId: string,
  { id, version }: Merge,
  data: { status: string; doneAt?: Date; undoneAt?: Date; moved?: number; kept?: number },
) => db.patientMerge.updateMany({ where: { clinicId, id, version }, data: { ...data, version: version + 1 } });

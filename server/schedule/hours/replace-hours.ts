import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import { refuseStale } from "#server/audit/refuse-stale.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { invalid, notFound } from "#server/errors.ts";
import { holdSchedule } from "../hold-schedule.ts";
import { type HoursWeek, readWeeks } from "./record.ts";
import type { HoursRule, ReplaceHoursInput } from "./schema.ts";

/**
 * The whole week of a practitioner at a location (with no resource: the location's opening hours), as it is from now on. What is
 * no longer in it is removed and stays in the history; booked visits do not move, those that no longer fit become a list of work.
 * @returns the week as it is now
 * @throws Conflict `stale` with the week as somebody else saved it; Invalid beside `rules.<n>.<field>`; NotFound
 */
export async function replaceHours(ctx: ClinicContext, input: ReplaceHoursInput): Promise<HoursWeek> {
  requirePermission(ctx, "schedule:manage");
  const clinicId = ctx.clinic.id;
  const { resourceId, locationId, stamp, rules } = input;
  if (!resourceId) refuseAgenda(rules);
  return withStaff(ctx, async (db) => {
    await holdSchedule(db, clinicId);
    await checkWeek(db, clinicId, input);
    const [before] = await readWeeks(db, clinicId, resourceId, locationId);
    // A location out of service with no hours left has no week.
    if (!before) throw notFound();
    const entityId = resourceId ?? locationId;
    if (before.stamp !== stamp) throw await refuseStale(db, ctx, entityId, before, "Schedule");
    const changed = await writeWeek(db, clinicId, input, before.rules);
    if (changed === 0) return before;
    await recordAudit(db, ctx, {
      event: "hours.changed",
      action: "U",
      entity: "Schedule",
      entityIds: [...new Set([entityId, locationId])],
      detail: { rules: rules.length, changed },
    });
    return (await readWeeks(db, clinicId, resourceId, locationId))[0] ?? before;
  });
}

/** What a location says in public is when its door is open: it books nothing. */
function refuseAgenda(rules: readonly HoursRule[]): void {
  const wrong = rules.findIndex(({ kind, serviceId }) => kind !== "open" || serviceId !== null);
  if (wrong >= 0) throw invalid("invalid", { [`rules.${wrong}.kind`]: "schedule.openingOnly" });
}

async function checkWeek(
  db: Db,
  clinicId: string,
  { resourceId, locationId, rules }: ReplaceHoursInput,
): Promise<void> {
  if (!(await db.location.findFirst({ where: { clinicId, id: locationId }, select: { id: true } }))) throw notFound();
  if (resourceId) {
    const resource = await db.resource.findFirst({ where: { clinicId, id: resourceId }, select: { kind: true } });
    if (!resource) throw notFound();
    // Rooms and devices are there whenever nothing takes them; exceptions close them.
    if (resource.kind !== "practitioner") throw invalid("invalid", { resourceId: "schedule.practitionerHours" });
  }
  const named = rules.flatMap(({ serviceId }) => serviceId ?? []);
  const found = await db.healthcareService.findMany({ where: { clinicId, id: { in: named } }, select: { id: true } });
  const known = new Set(found.map(({ id }) => id));
  const wrong = rules.findIndex(({ serviceId }) => serviceId !== null && !known.has(serviceId));
  if (wrong >= 0) throw invalid("invalid", { [`rules.${wrong}.serviceId`]: "schedule.serviceUnknown" });
}

/** Writes what differs. @returns how many rules were added, changed or removed */
async function writeWeek(
  db: Db,
  clinicId: string,
  { resourceId, locationId, rules }: ReplaceHoursInput,
  before: readonly HoursRule[],
): Promise<number> {
  // A rule of another week does not move into this one; one that was removed may come back.
  const own = await db.scheduleRule.findMany({
    where: { clinicId, id: { in: [...rules, ...before].map(({ id }) => id) } },
    select: { id: true, version: true, resourceId: true, locationId: true },
  });
  const rows = new Map(own.map((row) => [row.id, row]));
  const strange = rules.findIndex(({ id }) => {
    const row = rows.get(id);
    return row && (row.resourceId !== resourceId || row.locationId !== locationId);
  });
  if (strange >= 0) throw invalid("invalid", { [`rules.${strange}.id`]: "malformed" });
  const known = new Map(before.map((rule) => [rule.id, rule]));
  const fresh = rules.filter(({ id }) => !rows.has(id));
  const edited = rules.filter((rule) => rows.has(rule.id) && !isSame(rule, known.get(rule.id)));
  const kept = new Set(rules.map(({ id }) => id));
  const removed = before.filter(({ id }) => !kept.has(id));
  await db.scheduleRule.createMany({
    data: fresh.map((rule) => ({ clinicId, resourceId, locationId, ...rule, ...datesOf(rule) })),
  });
  for (const { id, ...rule } of edited)
    await db.scheduleRule.updateMany({
      where: { clinicId, id },
      data: { ...rule, ...datesOf(rule), status: "active", version: (rows.get(id)?.version ?? 0) + 1 },
    });
  for (const { id } of removed)
    await db.scheduleRule.updateMany({
      where: { clinicId, id },
      data: { status: "removed", version: (rows.get(id)?.version ?? 0) + 1 },
    });
  return fresh.length + edited.length + removed.length;
}

const datesOf = ({ validFrom, validUntil }: Pick<HoursRule, "validFrom" | "validUntil">) => ({
  validFrom: new Date(`${validFrom}T00:00:00Z`),
  validUntil: validUntil ? new Date(`${validUntil}T00:00:00Z`) : null,
});

const isSame = (one: HoursRule, other: HoursRule | undefined) =>
  other !== undefined && (Object.keys(one) as (keyof HoursRule)[]).every((key) => one[key] === other[key]);

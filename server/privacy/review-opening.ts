import { requirePermission } from "#server/access/require-permission.ts";
import { recordAudit } from "#server/audit/record-audit.ts";
import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { notFound, precondition } from "#server/errors.ts";
import type { ReviewOpeningInput } from "./schema.ts";

/**
 * The person in charge of privacy looked at an opening, and says what they think of it. Each look stays; the last one stands.
 * @throws NotFound; Precondition `privacy.ownOpening`: one's own is for somebody else to look at, when somebody else may
 */
export async function reviewOpening(ctx: ClinicContext, input: ReviewOpeningInput): Promise<{ id: string }> {
  requirePermission(ctx, "privacy:manage");
  const { id, kind, openingId, flagged, comment } = input;
  const clinicId = ctx.clinic.id;
  return withStaff(ctx, async (db) => {
    if (await db.openingReview.findFirst({ where: { clinicId, id }, select: { id: true } })) return { id };
    const opening = await findOpening(db, clinicId, kind, openingId);
    if (!opening) throw notFound();
    if (opening.userId === ctx.user.id && (await anotherMayLook(db, ctx))) throw precondition("privacy.ownOpening");
    await db.openingReview.createMany({
      data: {
        ...{ clinicId, id, patientId: opening.patientId, authorId: ctx.user.id, flagged, comment },
        [columns[kind]]: openingId,
      },
    });
    await recordAudit(db, ctx, {
      event: "privacy.opening-reviewed",
      action: "C",
      entity: entities[kind],
      entityIds: [openingId],
      patientId: opening.patientId,
      detail: { flagged },
    });
    return { id };
  });
}

const columns = { glass: "breakGlassId", reason: "chartOpeningId", "self-made": "selfMadeId" } as const;
const entities = { glass: "BreakGlass", reason: "ChartOpening", "self-made": "SelfMadeGround" } as const;

async function findOpening(db: Db, clinicId: string, kind: ReviewOpeningInput["kind"], id: string) {
  if (kind === "glass")
    return db.breakGlass.findFirst({ where: { clinicId, id }, select: { patientId: true, userId: true } });
  if (kind === "self-made") {
    const made = await db.selfMadeGround.findFirst({
      where: { clinicId, id },
      select: { patientId: true, authorId: true },
    });
    return made && { patientId: made.patientId, userId: made.authorId };
  }
  const said = await db.chartOpening.findFirst({
    where: { clinicId, id, reason: "other" },
    select: { patientId: true, authorId: true },
  });
  return said && { patientId: said.patientId, userId: said.authorId };
}

/** In a clinic of one, the only person there looks at what they did themselves, and the line says so. */
async function anotherMayLook(db: Db, { clinic, user }: ClinicContext): Promise<boolean> {
  const other = await db.membership.findFirst({
    where: {
      clinicId: clinic.id,
      status: "active",
      userId: { not: user.id },
      OR: [{ privacyOfficer: true }, { role: { in: ["owner", "privacy_officer"] } }],
    },
    select: { id: true },
  });
  return other !== null;
}

import type { RequestContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { DomainError, invalid } from "#server/errors.ts";
import { postMail } from "#server/mail/post-mail.ts";
import { readPhone } from "#server/phone.ts";
import type { Acceptance } from "./check-acceptance.ts";
import { refusalOf } from "./check-slug.ts";
import { regimeOf, retentionOf } from "./professions.ts";
import type { ClinicDraft } from "./schema.ts";
import { skeletonOf } from "./slug-form.ts";

export interface NewClinic {
  readonly clinicId: string;
  readonly owner: { readonly userId: string; readonly displayName: string; readonly email: string };
  readonly draft: ClinicDraft;
  readonly agreement: Acceptance;
}

/**
 * Everything that makes a clinic, in the caller's transaction as registrar (insert-only, hence `createMany` throughout:
 * RETURNING would ask for a right to read).
 * @throws Invalid beside `clinic.slug`
 */
export async function writeClinic(db: Db, ctx: RequestContext, made: NewClinic): Promise<void> {
  const { clinicId, draft } = made;
  const refusal = await refusalOf(db, draft.slug);
  if (refusal) throw invalid("invalid", { "clinic.slug": refusal });
  await writeRegistration(db, made);
  await db.clinic.createMany({ data: { clinicId, ...cardOf(draft) } });
  await db.location.createMany({
    data: { clinicId, id: newId(), name: draft.name, timeZone: draft.timeZone },
  });
  await writePeople(db, made);
  await writeJournal(db, ctx, made);
  await postMail(db, { kind: "clinic-welcome", subject: { userId: made.owner.userId }, locale: ctx.locale, clinicId });
}

function cardOf(draft: ClinicDraft) {
  const { privacyOfficer: officer } = draft;
  return {
    name: draft.name,
    professions: draft.professions,
    legalRegime: regimeOf(draft.professions),
    retentionYears: retentionOf(draft.professions).years,
    region: draft.region,
    timeZone: draft.timeZone,
    privacyOfficerName: officer.name,
    privacyOfficerTitle: officer.title,
    privacyOfficerEmail: officer.email,
    privacyOfficerPhone: readPhone(officer.phone, "clinic.privacyOfficer.phone"),
  };
}

async function writeRegistration(db: Db, { clinicId, owner, draft, agreement }: NewClinic): Promise<void> {
  const setting = await db.hostSetting.findFirst({ select: { approvalRequired: true } });
  const waits = setting?.approvalRequired ?? true;
  await db.slug.createMany({ data: { slug: draft.slug, skeleton: skeletonOf(draft.slug), clinicId } });
  await db.clinicRegistration.createMany({
    data: {
      clinicId,
      displayName: draft.name,
      slug: draft.slug,
      timeZone: draft.timeZone,
      region: draft.region,
      professions: draft.professions,
      status: waits ? "pending" : "approved",
      approvedAt: waits ? null : new Date(),
    },
  });
  await db.agreement.createMany({ data: { clinicId, id: newId(), userId: owner.userId, ...agreement } });
}

async function writePeople(db: Db, { clinicId, owner, draft }: NewClinic): Promise<void> {
  await db.clinicPolicy.createMany({ data: { clinicId } });
  await db.membership.createMany({
    data: { clinicId, id: newId(), ...owner, role: "owner", privacyOfficer: draft.ownerIsOfficer },
  });
}

async function writeJournal(db: Db, ctx: RequestContext, { clinicId, owner, draft }: NewClinic): Promise<void> {
  await db.auditEvent.createMany({
    data: {
      clinicId,
      id: newId(),
      event: "clinic.opened",
      action: "C",
      entity: "Clinic",
      entityIds: [clinicId],
      agentId: owner.userId,
      agentRole: "owner",
      requestId: ctx.requestId,
      address: ctx.origin.address || null,
      detail: { legalRegime: regimeOf(draft.professions), retentionYears: retentionOf(draft.professions).years },
    },
  });
  await db.auditLabel.createMany({ data: { clinicId, subjectId: owner.userId, label: owner.displayName } });
}

/** What a lost race means: another clinic took the address between the check and the insert. */
export function explainRace(error: unknown): unknown {
  const lost = error instanceof DomainError && error.key === "alreadyExists";
  return lost ? invalid("invalid", { "clinic.slug": "slugTaken" }) : error;
}

import type { ClinicContext } from "#server/context.ts";
import type { Db } from "#server/db/database.ts";
import { heldSeconds, type NoteContent } from "./schema.ts";

interface Beginning {
  readonly id: string;
  readonly patientId: string;
  readonly encounterId: string;
  readonly questionnaireId: string;
  readonly questionnaireNumber: number;
  readonly occurredAt: Date;
  readonly tab: string;
  readonly audience?: string;
  readonly amends?: { readonly id: string; readonly relation: "addendum" | "correction" };
  /** The version that a correction takes the place of, and why. */
  readonly corrects?: { readonly id: string; readonly reason: string };
  readonly content?: NoteContent;
}

/** The note's row and the draft beside it, held by this window. In the caller's transaction. */
export async function beginNote(
  db: Db,
  ctx: ClinicContext,
  { id, tab, amends, corrects, content, ...more }: Beginning,
) {
  const whose = {
    clinicId: ctx.clinic.id,
    patientId: more.patientId,
    authorId: ctx.user.id,
    audience: more.audience ?? "",
  };
  const { encounterId, questionnaireId, questionnaireNumber, occurredAt } = more;
  await db.note.createMany({
    data: {
      ...whose,
      id,
      encounterId,
      questionnaireId,
      questionnaireNumber,
      occurredAt,
      amendsId: amends?.id ?? null,
      relation: amends?.relation ?? null,
      correctsId: corrects?.id ?? null,
      correctionReason: corrects?.reason ?? null,
    },
  });
  await db.noteDraft.createMany({
    data: {
      ...whose,
      noteId: id,
      title: content?.title ?? "",
      answers: content?.answers ?? {},
      diagnoses: content?.diagnoses ?? [],
      savedBy: ctx.user.id,
      holderId: ctx.user.id,
      holderTab: tab,
      heldUntil: new Date(Date.now() + heldSeconds * 1000),
    },
  });
}

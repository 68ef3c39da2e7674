import type { Db } from "#server/db/database.ts";
import { notFound } from "#server/errors.ts";
import type { DocumentStatus, DocumentType, ErrorReason } from "./schema.ts";

/** `source_system` of a prescription that was put among the documents of its chart. */
export const filedFrom = "chevet-prescription";

/** What a screen that lost to another is shown of a document. */
export const documentSelect = {
  id: true,
  patientId: true,
  status: true,
  documentType: true,
  title: true,
  datedOn: true,
  sourceAuthor: true,
  handledBy: true,
  reviewerId: true,
  version: true,
  lastUpdated: true,
} as const;

/** Somebody of the clinic whom a document names, of those whom the reader may see. */
export interface NamedPatient {
  readonly id: string;
  readonly name: string;
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
  readonly because: "nam" | "birth-date" | "name";
}

/** One line of a list of documents. */
export interface DocumentLine {
  readonly id: string;
  readonly patientId: string | null;
  readonly patientName: string | null;
  /** `YYYY-MM-DD` */
  readonly birthDate: string | null;
  readonly status: DocumentStatus;
  readonly documentType: DocumentType | "";
  /** It is in the chart of somebody for whom the reader has no ground, and they did not file it: title and name of the file are left out until they say why. */
  readonly withheld: boolean;
  /** "" while it is withheld; so is `fileName`. */
  readonly title: string;
  readonly fileName: string;
  /** `YYYY-MM-DD` */
  readonly datedOn: string;
  readonly sourceAuthor: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly pages: number | null;
  readonly textState: "waiting" | "read" | "no-text" | "locked" | "failed";
  readonly receivedAt: Date;
  readonly receivedBy: string;
  readonly reviewer: string | null;
  readonly reviewerId: string | null;
  readonly urgent: boolean;
  readonly reviewedBy: string | null;
  readonly reviewedAt: Date | null;
  readonly errorReason: ErrorReason | null;
  /** The document of the letter that corrected this one: this one is read, and sent no more. */
  readonly replacedById: string | null;
  readonly version: number;
}

/** Whom a document may be sent to: an active member who gives care here. @throws NotFound */
export async function requireReviewer(db: Db, clinicId: string, userId: string): Promise<void> {
  const member = await db.membership.findFirst({
    where: { clinicId, userId, status: "active" },
    select: { role: true, profession: true },
  });
  const givesCare = member && (["professional", "trainee"].includes(member.role) || member.profession !== "");
  if (!givesCare) throw notFound();
}

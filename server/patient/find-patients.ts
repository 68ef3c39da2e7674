import { requirePermission } from "#server/access/require-permission.ts";
import type { ClinicContext } from "#server/context.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { database } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { groundOf } from "./ground.ts";
import { parseSearch, type SearchTerms } from "./parse-search.ts";
import { displayName, maskedNam, namStatusOn, type PatientRow, type PatientView } from "./record.ts";
import type { FindPatientsInput } from "./schema.ts";
import { hashNam } from "./seal-nam.ts";
import { todayIn } from "./today.ts";

/** One line of a list of patients: enough to tell two people apart, and no more. */
export type PatientLine = Pick<
  PatientView,
  | "id"
  | "displayName"
  | "preferredName"
  | "birthDate"
  | "sex"
  | "fileNumber"
  | "namMasked"
  | "namStatus"
  | "namExpiry"
  | "status"
  | "deceasedOn"
> & {
  /** Others here who bear the very same name: check the birth date. At most three. */
  readonly likeNamed: readonly {
    readonly id: string;
    readonly birthDate: string | null;
    readonly fileNumber: string;
  }[];
};

export interface FoundPatients {
  readonly patients: readonly PatientLine[];
  /** Patients found by their very NAM or file number, whose written restriction closes them to this person: break-glass may open. */
  readonly closed: readonly string[];
}

type Row = Omit<PatientRow, "contacts" | "relatedPersons"> & Pick<PatientLine, "likeNamed">;

const nobody: FoundPatients = { patients: [], closed: [] };

/**
 * Patients by any part of any name (words in any order, accents aside), phone, birth date, NAM or file number, best first.
 * Who was shown is journaled as one event; what was typed is not kept.
 */
export async function findPatients(ctx: ClinicContext, { text, limit }: FindPatientsInput): Promise<FoundPatients> {
  requirePermission(ctx, "patient:search");
  const terms = parseSearch(text, todayIn(ctx.clinic.timeZone));
  const kinds = kindsOf(terms);
  if (kinds.length === 0) return nobody;
  const namHash = terms.nam ? hashNam(await openClinicKey(ctx.clinic.id), terms.nam) : null;
  const result = await database("web").call({
    name: "chevet_find_patients",
    text: "select reference.find_patients($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) as found",
    values: [
      ctx.clinic.id,
      ctx.user.id,
      ctx.requestId,
      ctx.breakGlassId ?? null,
      terms.words,
      terms.birthDate ?? null,
      terms.digits ?? null,
      terms.fileNumbers ?? null,
      namHash && Buffer.from(namHash),
      limit,
      newId(),
      ctx.session.id,
      ctx.membership.role,
      ctx.origin.address || null,
      groundOf(ctx),
      kinds,
    ],
  });
  const { patients, hidden } = result.rows[0].found as { patients: Row[]; hidden: string[] };
  const mayBreakGlass = ctx.membership.permissions.has("patient:break-glass");
  return { patients: patients.map(viewLine), closed: mayBreakGlass ? hidden : [] };
}

function kindsOf(terms: SearchTerms): string[] {
  const given = {
    name: terms.words.length > 0,
    birthDate: terms.birthDate,
    phone: terms.digits,
    fileNumber: terms.fileNumbers,
    nam: terms.nam,
  };
  return Object.entries(given).flatMap(([kind, value]) => (value ? [kind] : []));
}

function viewLine(row: Row): PatientLine {
  const { id, preferredName, birthDate, sex, fileNumber, status, deceasedOn, likeNamed } = row;
  return {
    id,
    displayName: displayName(row),
    preferredName,
    birthDate,
    sex,
    fileNumber,
    namMasked: maskedNam(row),
    namStatus: namStatusOn(row),
    namExpiry: row.namExpiry?.slice(0, 7) ?? null,
    status,
    deceasedOn,
    likeNamed,
  };
}

import type { ClinicContext } from "#server/context.ts";
import { readAsStaff } from "#server/db/read-as-staff.ts";
import { DomainError } from "#server/errors.ts";
import { type Asked, explainText, explainValues, type WallTime } from "./explain-times.ts";
import type { Explanation, TakenDetails } from "./record.ts";
import { taken } from "./settle.ts";

/**
 * Adds the next three free times to the refusal of one time. They are looked for once the gesture has given its turn back: whoever is
 * refused keeps nobody waiting.
 * @param look what the gesture asked for, known once it has looked at what it is about; null where no other time is of use
 */
export async function tellNext<T>(
  ctx: ClinicContext,
  look: () => (Asked & WallTime) | null,
  gesture: () => Promise<T>,
): Promise<T> {
  try {
    return await gesture();
  } catch (error) {
    const asked = look();
    if (!(error instanceof DomainError) || error.key !== "appointment.taken" || !asked) throw error;
    const [row] = await readAsStaff<{ explanation: Explanation | null }>(ctx, {
      name: "chevet_explain",
      text: explainText,
      values: explainValues(ctx.clinic.id, asked, [asked], 3),
    });
    throw taken({ ...(error.details as unknown as TakenDetails), next: row?.explanation?.next ?? [] });
  }
}

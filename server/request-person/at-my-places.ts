import type { ClinicContext } from "#server/context.ts";

/**
 * Of somebody limited to some places: the requests of a visit or of a wait that they may see. A request says no place of its own; row security
 * says it of the sitting and of the entry, and of whoever works everywhere nothing is asked.
 */
export function atMyPlaces({ clinic: { id: clinicId }, membership }: Pick<ClinicContext, "clinic" | "membership">) {
  if (membership.locationIds === null) return {};
  const seen = { some: { clinicId, sittingRef: { clinicId } } };
  return { AND: [{ OR: [{ appointmentRequestRefs: seen }, { waitlistEntryRequestRefs: { some: { clinicId } } }] }] };
}

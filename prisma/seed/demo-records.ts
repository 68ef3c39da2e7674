import { addAllergy } from "#server/allergy-intolerance/add-allergy.ts";
import { addAllergyInput } from "#server/allergy-intolerance/schema.ts";
import { stateNoAllergy } from "#server/allergy-intolerance/state-no-allergy.ts";
import { addCondition } from "#server/condition/add-condition.ts";
import { addConditionInput } from "#server/condition/schema.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { addHistoryEntry } from "#server/history/add-history-entry.ts";
import { addHistoryEntryInput, type Relation } from "#server/history/schema.ts";
import { addImmunization } from "#server/immunization/add-immunization.ts";
import { addImmunizationInput } from "#server/immunization/schema.ts";
import { roundTo } from "#server/observation/decimal.ts";
import { measureOf } from "#server/observation/measures.ts";
import { recordObservations } from "#server/observation/record-observations.ts";
import { recordObservationsInput } from "#server/observation/schema.ts";
import { type Charted, charted, type Followed } from "./demo-charted.ts";
import { makePatient, seededChance, syntheticNam } from "./fictional-patient.ts";

/** People whose records go back years, written by the doctor who follows them. @returns their ids */
export async function plantRecords(ctx: ClinicContext): Promise<string[]> {
  const ids: string[] = [];
  for (const one of charted) ids.push(await plantRecord(ctx, one));
  return ids;
}

async function plantRecord(ctx: ClinicContext, one: Charted): Promise<string> {
  const { id: patientId } = await makePatient(ctx, {
    preferredName: "",
    birthFamilyName: "",
    language: "fr",
    ...one.person,
    nam: {
      value: syntheticNam(one.person.familyName, one.person.givenName, one.person.birthDate, one.person.sex),
      expiry: "2029-03",
      status: "valid",
    },
  });
  for (const [label, onset, abatement] of one.problems)
    await addCondition(
      ctx,
      addConditionInput.parse({
        id: newId(),
        patientId,
        label,
        onset,
        ...(abatement && { abatement, status: "resolved" }),
      }),
    );
  if (one.allergies.length === 0) await stateNoAllergy(ctx, { id: newId(), patientId });
  for (const [kind, substance, reaction, severity, onset] of one.allergies)
    await addAllergy(
      ctx,
      addAllergyInput.parse({ id: newId(), patientId, kind, substance, reaction, severity, onset }),
    );
  for (const [kind, label, occurred, relation, atAge] of one.history)
    await addHistoryEntry(
      ctx,
      addHistoryEntryInput.parse({
        id: newId(),
        patientId,
        kind,
        label,
        occurred,
        relation: (relation ?? "") as Relation,
        atAge: atAge ?? null,
      }),
    );
  for (const [vaccine, occurred, more] of one.vaccines)
    await addImmunization(ctx, addImmunizationInput.parse({ id: newId(), patientId, vaccine, occurred, ...more }));
  for (const followed of one.followed) await plantSeries(ctx, patientId, followed);
  return patientId;
}

/** From the first value to the last, every so many months, with a little chance on the way; the last one is exact. */
async function plantSeries(ctx: ClinicContext, patientId: string, followed: Followed): Promise<void> {
  const chance = seededChance(followed.values.length * 31 + followed.years * 7 + followed.everyMonths);
  const count = Math.max(1, Math.floor((followed.years * 12) / followed.everyMonths));
  for (let nth = 0; nth <= count; nth += 1) {
    const share = nth / count;
    const days = followed.lastDaysAgo + Math.round((1 - share) * followed.years * 365);
    // Some minutes ago when it is today, whatever the hour the demo is planted.
    const at = new Date(Date.now() - days * 86_400_000 - 20 * 60_000);
    const values = followed.values.map(([code, from, until, range]) => {
      const measure = measureOf(code);
      const decimals = measure?.decimals ?? 0;
      const drift = nth === count ? 0 : (chance() - 0.5) * Math.max(Math.abs(until - from) * 0.5, until * 0.03);
      const value = typeof range === "string" ? null : roundTo(from + (until - from) * share + drift, decimals);
      const [low, high] = Array.isArray(range) ? range : [null, null];
      return { id: newId(), code, value, text: typeof range === "string" ? range : "", unit: "", low, high };
    });
    await recordObservations(ctx, recordObservationsInput.parse({ patientId, panelId: newId(), at, values }));
  }
}

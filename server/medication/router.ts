import { printMedications } from "#server/medication-request/print-medications.tsx";
import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addMedication } from "./add-medication.ts";
import { changeMedication, markMedication, resumeMedication, stopMedication } from "./change-medication.ts";
import { removeFavourite, saveFavourite } from "./favourites.ts";
import { readMedications } from "./read-medications.ts";
import { reviewMedications } from "./review-medications.ts";
import {
  addMedicationInput,
  changeMedicationInput,
  markMedicationInput,
  readMedicationsInput,
  removeFavouriteInput,
  resumeMedicationInput,
  reviewMedicationsInput,
  saveFavouriteInput,
  stopMedicationInput,
} from "./schema.ts";

export const medicationRouter = t.router({
  read: clinicProcedure("chart:read")
    .input(readMedicationsInput)
    .query(({ ctx, input }) => readMedications(ctx, input)),
  add: clinicProcedure("chart:write")
    .input(addMedicationInput)
    .mutation(({ ctx, input }) => addMedication(ctx, input)),
  change: clinicProcedure("chart:write")
    .input(changeMedicationInput)
    .mutation(({ ctx, input }) => changeMedication(ctx, input)),
  stop: clinicProcedure("chart:write")
    .input(stopMedicationInput)
    .mutation(({ ctx, input }) => stopMedication(ctx, input)),
  resume: clinicProcedure("chart:write")
    .input(resumeMedicationInput)
    .mutation(({ ctx, input }) => resumeMedication(ctx, input)),
  markInError: clinicProcedure("chart:write")
    .input(markMedicationInput)
    .mutation(({ ctx, input }) => markMedication(ctx, input)),
  review: clinicProcedure("chart:write")
    .input(reviewMedicationsInput)
    .mutation(({ ctx, input }) => reviewMedications(ctx, input)),
  saveFavourite: clinicProcedure("chart:write")
    .input(saveFavouriteInput)
    .mutation(({ ctx, input }) => saveFavourite(ctx, input)),
  removeFavourite: clinicProcedure("chart:write")
    .input(removeFavouriteInput)
    .mutation(({ ctx, input }) => removeFavourite(ctx, input)),
  print: clinicProcedure("chart:read")
    .input(reviewMedicationsInput.pick({ patientId: true }))
    .mutation(({ ctx, input }) => printMedications(ctx, input)),
});

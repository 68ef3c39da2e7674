import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { cancelPrescription } from "./cancel-prescription.ts";
import { filePrescription } from "./file-prescription.ts";
import { discardPrescription, preparePrescription } from "./prepare-prescription.ts";
import { printPrescription } from "./print-prescription.ts";
import {
  cancelPrescriptionInput,
  discardPrescriptionInput,
  preparePrescriptionInput,
  printPrescriptionInput,
  signPrescriptionInput,
} from "./schema.ts";
import { signPrescription } from "./sign-prescription.ts";

export const prescriptionRouter = t.router({
  prepare: clinicProcedure("chart:prepare")
    .input(preparePrescriptionInput)
    .mutation(({ ctx, input }) => preparePrescription(ctx, input)),
  discard: clinicProcedure("chart:prepare")
    .input(discardPrescriptionInput)
    .mutation(({ ctx, input }) => discardPrescription(ctx, input)),
  sign: clinicProcedure("chart:prescribe")
    .input(signPrescriptionInput)
    .mutation(({ ctx, input }) => signPrescription(ctx, input)),
  cancel: clinicProcedure("chart:prescribe")
    .input(cancelPrescriptionInput)
    .mutation(({ ctx, input }) => cancelPrescription(ctx, input)),
  file: clinicProcedure("chart:write")
    .input(printPrescriptionInput)
    .mutation(({ ctx, input }) => filePrescription(ctx, input)),
  print: clinicProcedure("chart:read")
    .input(printPrescriptionInput)
    .mutation(({ ctx, input }) => printPrescription(ctx, input)),
});

import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addContact } from "./add-contact.ts";
import { addRelatedPerson } from "./add-related-person.ts";
import { endContact } from "./end-contact.ts";
import { endRelatedPerson } from "./end-related-person.ts";
import { findDuplicates } from "./find-duplicates.ts";
import { findPatients } from "./find-patients.ts";
import { listPatientVersions } from "./list-patient-versions.ts";
import { markEnteredInError } from "./mark-entered-in-error.ts";
import { readPatient } from "./read-patient.ts";
import { registerPatient } from "./register-patient.ts";
import { revealNam } from "./reveal-nam.ts";
import * as schema from "./schema.ts";
import { updateContact } from "./update-contact.ts";
import { updatePatient } from "./update-patient.ts";
import { updateRelatedPerson } from "./update-related-person.ts";

const searching = clinicProcedure("patient:search");
const reading = clinicProcedure("patient:read");
const writing = clinicProcedure("patient:write");

export const patientRouter = t.router({
  search: searching.input(schema.findPatientsInput).query(({ ctx, input }) => findPatients(ctx, input)),
  duplicates: searching.input(schema.findDuplicatesInput).query(({ ctx, input }) => findDuplicates(ctx, input)),
  read: reading.input(schema.patientRef).query(({ ctx, input }) => readPatient(ctx, input)),
  versions: reading.input(schema.listVersionsInput).query(({ ctx, input }) => listPatientVersions(ctx, input)),
  // Shows a secret once: a mutation, so that nothing fetches it ahead or keeps it in a cache.
  revealNam: reading.input(schema.patientRef).mutation(({ ctx, input }) => revealNam(ctx, input)),
  register: writing.input(schema.registerPatientInput).mutation(({ ctx, input }) => registerPatient(ctx, input)),
  update: writing.input(schema.updatePatientInput).mutation(({ ctx, input }) => updatePatient(ctx, input)),
  markEnteredInError: writing.input(schema.markErrorInput).mutation(({ ctx, input }) => markEnteredInError(ctx, input)),
  addContact: writing.input(schema.addContactInput).mutation(({ ctx, input }) => addContact(ctx, input)),
  updateContact: writing.input(schema.updateContactInput).mutation(({ ctx, input }) => updateContact(ctx, input)),
  endContact: writing.input(schema.patientVersionRef).mutation(({ ctx, input }) => endContact(ctx, input)),
  addRelatedPerson: writing
    .input(schema.addRelatedPersonInput)
    .mutation(({ ctx, input }) => addRelatedPerson(ctx, input)),
  updateRelatedPerson: writing
    .input(schema.updateRelatedPersonInput)
    .mutation(({ ctx, input }) => updateRelatedPerson(ctx, input)),
  endRelatedPerson: writing.input(schema.patientVersionRef).mutation(({ ctx, input }) => endRelatedPerson(ctx, input)),
});

import { t } from "#server/trpc/init.ts";
import { clinicProcedure } from "#server/trpc/procedures.ts";
import { addAlert } from "./add-alert.ts";
import { addContact } from "./add-contact.ts";
import { addRelatedPerson } from "./add-related-person.ts";
import { endAlert } from "./end-alert.ts";
import { endContact } from "./end-contact.ts";
import { endRelatedPerson } from "./end-related-person.ts";
import { findDuplicates } from "./find-duplicates.ts";
import { findPatients } from "./find-patients.ts";
import { listMerges } from "./list-merges.ts";
import { listPatientVersions } from "./list-patient-versions.ts";
import { listPatients } from "./list-patients.ts";
import { markEnteredInError } from "./mark-entered-in-error.ts";
import { readPatient } from "./read-patient.ts";
import { registerPatient } from "./register-patient.ts";
import { requestMerge } from "./request-merge.ts";
import { requestPart } from "./request-part.ts";
import { revealNam } from "./reveal-nam.ts";
import { listSavedLists, removeList, saveList } from "./saved-lists.ts";
import * as schema from "./schema.ts";
import { removePhoto } from "./set-photo.ts";
import { updateContact } from "./update-contact.ts";
import { updatePatient } from "./update-patient.ts";
import { updateRelatedPerson } from "./update-related-person.ts";

const searching = clinicProcedure("patient:search");
const reading = clinicProcedure("patient:read");
const merging = clinicProcedure("patient:merge");
const writing = clinicProcedure("patient:write");

export const patientRouter = t.router({
  search: searching.input(schema.findPatientsInput).query(({ ctx, input }) => findPatients(ctx, input)),
  duplicates: searching.input(schema.findDuplicatesInput).query(({ ctx, input }) => findDuplicates(ctx, input)),
  read: reading.input(schema.patientRef).query(({ ctx, input }) => readPatient(ctx, input)),
  list: reading.input(schema.listPatientsInput).query(({ ctx, input }) => listPatients(ctx, input)),
  lists: reading.query(({ ctx }) => listSavedLists(ctx)),
  saveList: reading.input(schema.saveListInput).mutation(({ ctx, input }) => saveList(ctx, input)),
  removeList: reading.input(schema.patientVersionRef).mutation(({ ctx, input }) => removeList(ctx, input)),
  merges: reading.input(schema.patientRef).query(({ ctx, input }) => listMerges(ctx, input)),
  merge: merging.input(schema.mergeInput).mutation(({ ctx, input }) => requestMerge(ctx, input)),
  part: merging.input(schema.patientVersionRef).mutation(({ ctx, input }) => requestPart(ctx, input)),
  versions: reading.input(schema.listVersionsInput).query(({ ctx, input }) => listPatientVersions(ctx, input)),
  // Shows a secret once: a mutation, so that nothing fetches it ahead or keeps it in a cache.
  revealNam: reading.input(schema.patientRef).mutation(({ ctx, input }) => revealNam(ctx, input)),
  register: writing.input(schema.registerPatientInput).mutation(({ ctx, input }) => registerPatient(ctx, input)),
  update: writing.input(schema.updatePatientInput).mutation(({ ctx, input }) => updatePatient(ctx, input)),
  markEnteredInError: writing.input(schema.markErrorInput).mutation(({ ctx, input }) => markEnteredInError(ctx, input)),
  addAlert: writing.input(schema.addAlertInput).mutation(({ ctx, input }) => addAlert(ctx, input)),
  endAlert: writing.input(schema.endAlertInput).mutation(({ ctx, input }) => endAlert(ctx, input)),
  removePhoto: writing.input(schema.patientVersionRef).mutation(({ ctx, input }) => removePhoto(ctx, input)),
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

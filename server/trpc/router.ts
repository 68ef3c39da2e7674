import { allergyRouter } from "#server/allergy-intolerance/router.ts";
import { appointmentRouter } from "#server/appointment/router.ts";
import { auditRouter } from "#server/audit/router.ts";
import { authRouter } from "#server/auth/router.ts";
import { bookingRouter } from "#server/booking/router.ts";
import { calendarRouter } from "#server/calendar/router.ts";
import { chartRouter } from "#server/chart/router.ts";
import { chartExportRouter } from "#server/chart-export/router.ts";
import { clinicRouter } from "#server/clinic/router.ts";
import { signUpRouter } from "#server/clinic/sign-up-router.ts";
import { communicationRouter } from "#server/communication/router.ts";
import { conditionRouter } from "#server/condition/router.ts";
import { consentRouter } from "#server/consent/router.ts";
import { correspondentRouter } from "#server/correspondent/router.ts";
import { discussionRouter } from "#server/discussion/router.ts";
import { documentRouter } from "#server/document/router.ts";
import { drugRouter } from "#server/drug/router.ts";
import { encounterRouter } from "#server/encounter/router.ts";
import { flowsheetRouter } from "#server/flowsheet/router.ts";
import { growthRouter } from "#server/growth/router.ts";
import { historyRouter } from "#server/history/router.ts";
import { hostRouter } from "#server/host/router.ts";
import { immunizationRouter } from "#server/immunization/router.ts";
import { integrationRouter } from "#server/integration/router.ts";
import { letterRouter } from "#server/letter/router.ts";
import { letterTemplateRouter } from "#server/letter-template/router.ts";
import { locationRouter } from "#server/location/router.ts";
import { medicationRouter } from "#server/medication/router.ts";
import { prescriptionRouter } from "#server/medication-request/router.ts";
import { invitationRouter } from "#server/membership/invitation-router.ts";
import { membershipRouter } from "#server/membership/router.ts";
import { noteRouter } from "#server/note/router.ts";
import { observationRouter } from "#server/observation/router.ts";
import { patientRouter } from "#server/patient/router.ts";
import { patientImportRouter } from "#server/patient-import/router.ts";
import { phraseRouter } from "#server/phrase/router.ts";
import { practitionerRouter } from "#server/practitioner/router.ts";
import { privacyRouter } from "#server/privacy/router.ts";
import { publicPageRouter } from "#server/public-page/router.ts";
import { questionnaireRouter } from "#server/questionnaire/router.ts";
import { recallRouter } from "#server/recall/router.ts";
import { recordEntryRouter } from "#server/record-entry/router.ts";
import { referralRouter } from "#server/referral/router.ts";
import { reminderRouter } from "#server/reminder/router.ts";
import { requestPersonRouter } from "#server/request-person/router.ts";
import { scheduleRouter } from "#server/schedule/router.ts";
import { summaryRouter } from "#server/summary/router.ts";
import { taskRouter } from "#server/task/router.ts";
import { terminologyRouter } from "#server/terminology/router.ts";
import { timelineRouter } from "#server/timeline/router.ts";
import { waitlistRouter } from "#server/waitlist/router.ts";
import { t } from "./init.ts";

/** Every procedure there is: the doors and the attack suite read this one object. */
export const appRouter = t.router({
  appointment: appointmentRouter,
  audit: auditRouter,
  auth: authRouter,
  calendar: calendarRouter,
  document: documentRouter,
  chart: chartRouter,
  chartExport: chartExportRouter,
  communication: communicationRouter,
  invitation: invitationRouter,
  clinic: clinicRouter,
  consent: consentRouter,
  correspondent: correspondentRouter,
  location: locationRouter,
  membership: membershipRouter,
  patient: patientRouter,
  patientImport: patientImportRouter,
  practitioner: practitionerRouter,
  privacy: privacyRouter,
  reminder: reminderRouter,
  schedule: scheduleRouter,
  requestPerson: requestPersonRouter,
  host: hostRouter,
  integration: integrationRouter,
  signUp: signUpRouter,
  publicPage: publicPageRouter,
  recall: recallRouter,
  task: taskRouter,
  discussion: discussionRouter,
  encounter: encounterRouter,
  note: noteRouter,
  questionnaire: questionnaireRouter,
  phrase: phraseRouter,
  waitlist: waitlistRouter,
  booking: bookingRouter,
  allergy: allergyRouter,
  condition: conditionRouter,
  drug: drugRouter,
  flowsheet: flowsheetRouter,
  growth: growthRouter,
  history: historyRouter,
  immunization: immunizationRouter,
  letter: letterRouter,
  letterTemplate: letterTemplateRouter,
  medication: medicationRouter,
  observation: observationRouter,
  prescription: prescriptionRouter,
  recordEntry: recordEntryRouter,
  referral: referralRouter,
  summary: summaryRouter,
  terminology: terminologyRouter,
  timeline: timelineRouter,
});
export type AppRouter = typeof appRouter;
export const createCaller = t.createCallerFactory(appRouter);

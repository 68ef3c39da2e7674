import { appointmentRouter } from "#server/appointment/router.ts";
import { auditRouter } from "#server/audit/router.ts";
import { authRouter } from "#server/auth/router.ts";
import { clinicRouter } from "#server/clinic/router.ts";
import { signUpRouter } from "#server/clinic/sign-up-router.ts";
import { hostRouter } from "#server/host/router.ts";
import { integrationRouter } from "#server/integration/router.ts";
import { locationRouter } from "#server/location/router.ts";
import { invitationRouter } from "#server/membership/invitation-router.ts";
import { membershipRouter } from "#server/membership/router.ts";
import { patientRouter } from "#server/patient/router.ts";
import { practitionerRouter } from "#server/practitioner/router.ts";
import { privacyRouter } from "#server/privacy/router.ts";
import { scheduleRouter } from "#server/schedule/router.ts";
import { t } from "./init.ts";

/** Every procedure there is: the doors and the attack suite read this one object. */
export const appRouter = t.router({
  appointment: appointmentRouter,
  audit: auditRouter,
  auth: authRouter,
  invitation: invitationRouter,
  clinic: clinicRouter,
  location: locationRouter,
  membership: membershipRouter,
  patient: patientRouter,
  practitioner: practitionerRouter,
  privacy: privacyRouter,
  schedule: scheduleRouter,
  host: hostRouter,
  integration: integrationRouter,
  signUp: signUpRouter,
});
export type AppRouter = typeof appRouter;
export const createCaller = t.createCallerFactory(appRouter);

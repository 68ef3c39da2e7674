import { makeMember, type TestMember } from "#tests/factories/clinic.ts";
import { appointmentFactories } from "./appointment.ts";
import { calendarFactories } from "./calendar.ts";
import { clinicFactories } from "./clinic.ts";
import { communicationFactories } from "./communication.ts";
import { documentFactories } from "./document.ts";
import type { Factory, Scene } from "./factory.ts";
import { hostFactories } from "./host.ts";
import { letterFactories } from "./letter.ts";
import { medicationFactories } from "./medication.ts";
import { membershipFactories } from "./membership.ts";
import { noteFactories } from "./note.ts";
import { oidcFactories } from "./oidc.ts";
import { patientFactories } from "./patient.ts";
import { personFactories } from "./person.ts";
import { publicPageFactories } from "./public-page.ts";
import { recordFactories } from "./record.ts";
import { reminderFactories } from "./reminder.ts";
import { requestPersonFactories } from "./request-person.ts";
import { scheduleFactories } from "./schedule.ts";
import { settingsFactories } from "./settings.ts";
import { taskFactories } from "./task.ts";
import { visitorFactories } from "./visitor.ts";
import { waitlistFactories } from "./waitlist.ts";

/** One factory per procedure, by its path: without one the suite fails. A file per noun; add yours here. */
export const procedureFactories: Readonly<Record<string, Factory>> = {
  ...calendarFactories,
  ...appointmentFactories,
  ...clinicFactories,
  ...communicationFactories,
  ...documentFactories,
  ...membershipFactories,
  ...noteFactories,
  ...oidcFactories,
  ...patientFactories,
  ...reminderFactories,
  ...publicPageFactories,
  ...scheduleFactories,
  ...requestPersonFactories,
  ...settingsFactories,
  ...personFactories,
  ...visitorFactories,
  ...waitlistFactories,
  ...hostFactories,
  ...recordFactories,
  ...letterFactories,
  ...medicationFactories,
  ...taskFactories,
};

/** Calls that end their caller's place are made by somebody who has none to lose. */
export const ownCallers: Readonly<Record<string, (scene: Scene) => Promise<TestMember>>> = {
  "membership.leave": ({ clinic }) => makeMember(clinic, "assistant"),
};

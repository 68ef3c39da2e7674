import { cancelAppointment } from "#server/appointment/cancel-appointment.ts";
import { readAgenda } from "#server/appointment/read-agenda.ts";
import type { AgendaView } from "#server/appointment/record.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { addAttempt } from "#server/recall/add-attempt.ts";
import { addRecall } from "#server/recall/add-recall.ts";
import type { AttemptKind } from "#server/recall/schema.ts";
import { addEntry } from "#server/waitlist/add-entry.ts";
import { bookOnline, type Stranger, waitOnline } from "./demo-strangers.ts";
import { makePatient } from "./fictional-patient.ts";

/** Who waits, who is to be seen again, and who booked on the page and is in no record yet. */
export interface Waiting {
  /** By how the service's name begins: what is waited for, and what is booked online. */
  readonly service: string;
  /** Minutes of its grid: a time that came free is offered where a stranger could have booked it. */
  readonly step: number;
  /** Patients of the clinic, the first of whom also books online, under a shorter name. */
  readonly known: readonly Known[];
  readonly strangers: readonly Stranger[];
  readonly waits: Stranger;
  readonly recalls: readonly Recalled[];
}

interface Known {
  readonly givenName: string;
  readonly familyName: string;
  readonly birthDate: string;
  readonly sex: "female" | "male";
  readonly email: string;
  readonly phone: string;
  /** What they wait for; left out, they do not. */
  readonly wish?: {
    readonly priority: 1 | 2 | 3;
    readonly note: string;
    readonly weekdays: number[];
    readonly fromMinute: number;
  };
}

interface Recalled {
  readonly reason: string;
  /** Days from today; behind us when negative. */
  readonly due: number;
  readonly tries: readonly (readonly [kind: AttemptKind, note: string])[];
}

/** All of it through the verbs, on top of a week that is booked already; a cancellation leaves a time that suits who waits. */
export async function plantWaiting(
  ctx: ClinicContext,
  patients: readonly string[],
  { service, step, known, strangers, waits, recalls }: Waiting,
): Promise<void> {
  const from = todayOf(ctx);
  const agenda = await readAgenda(ctx, { from, until: later(from, 8), refresh: false });
  const given = agenda.services.find(({ name, status }) => status === "active" && name.startsWith(service));
  if (!given) throw new Error(`the demo has no service « ${service} »`);
  for (const one of known) await register(ctx, one, given.id);
  for (const [nth, who] of strangers.entries())
    await bookOnline(ctx, who, { serviceId: given.id, from: later(from, 2), nth: nth * 5 });
  await waitOnline(ctx, waits, given.id);
  await freeOne(ctx, agenda, given.id, step);
  for (const [at, recall] of recalls.entries()) await remember(ctx, patients[at * 7 + 3] ?? "", from, recall);
}

async function register(ctx: ClinicContext, one: Known, serviceId: string): Promise<void> {
  const { wish, email, phone, ...identity } = one;
  const { id: patientId } = await makePatient(ctx, {
    ...identity,
    preferredName: "",
    contacts: [
      { system: "phone", use: "mobile", value: phone },
      { system: "email", use: "home", value: email },
    ],
  });
  if (!wish) return;
  await addEntry(ctx, {
    id: newId(),
    patientId,
    serviceId,
    locationId: null,
    resourceIds: [],
    untilMinute: 1440,
    untilDate: null,
    ...wish,
  });
}

/** The first visit for this service from the day after tomorrow on is called off. */
async function freeOne(ctx: ClinicContext, agenda: AgendaView, serviceId: string, step: number): Promise<void> {
  const visit = agenda.sittings
    .filter((one) => one.kind === "visit" && one.status === "booked" && one.serviceId === serviceId)
    .filter(
      ({ localDate, localMinute }) =>
        localDate >= later(agenda.today, 2) && localMinute >= 600 && localMinute % step === 0,
    )
    .sort((one, other) => one.localDate.localeCompare(other.localDate) || one.localMinute - other.localMinute)[0]
    ?.appointments[0];
  if (visit)
    await cancelAppointment(ctx, {
      id: visit.id,
      version: visit.version,
      by: "patient",
      reason: "Déplacement pour le travail",
      scope: "this",
    });
}

async function remember(ctx: ClinicContext, patientId: string, today: string, { due, reason, tries }: Recalled) {
  const id = newId();
  await addRecall(ctx, { id, patientId, serviceId: null, practitionerId: null, dueOn: later(today, due), reason });
  for (const [kind, note] of tries) await addAttempt(ctx, { id: newId(), recallId: id, kind, note });
}

const later = (day: string, count: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);

const todayOf = ({ clinic }: ClinicContext) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: clinic.timeZone }).format(new Date());

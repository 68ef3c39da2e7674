import { advanceAppointment } from "#server/appointment/advance-appointment.ts";
import { blockTime } from "#server/appointment/block-time.ts";
import { bookAppointment } from "#server/appointment/book-appointment.ts";
import { cancelAppointment } from "#server/appointment/cancel-appointment.ts";
import { joinGroup } from "#server/appointment/join-group.ts";
import { openGroup } from "#server/appointment/open-group.ts";
import { readAgenda } from "#server/appointment/read-agenda.ts";
import type { AgendaView, ServiceView } from "#server/appointment/record.ts";
import { bookInput, openGroupInput, type Stage } from "#server/appointment/schema.ts";
import type { ClinicContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { DomainError } from "#server/errors.ts";
import type { Chance } from "./fictional-patient.ts";

/** Days booked ahead, today included. */
const days = 9;
const minuteMs = 60_000;

/** Why people come, in their own words; by what the service's name begins with. */
const reasons: readonly (readonly [service: RegExp, words: readonly string[]])[] = [
  [
    /^Consultation/,
    ["Mal de gorge", "Douleur à l’épaule", "Otalgie", "Éruption sur les bras", "Maux de tête", "Fatigue"],
  ],
  [
    /^Suivi/,
    ["HTA et diabète", "Renouvellement", "Résultats de mammographie", "Anxiété, suivi", "MPOC, suivi", "Thyroïde"],
  ],
  [/^Examen/, ["Examen périodique", "Bilan de 50 ans", "Nouvelle patiente"]],
  [/vaccin/i, ["Grippe", "Voyage", "Zona, 2e dose"]],
  [/soins|Prélèvement|nurse/i, ["Pansement", "Injection B12", "Retrait de points", "Prélèvement à jeun"]],
  [/physio/i, ["Lombalgie", "Entorse de la cheville", "LCA, 3 mois", "Coiffe des rotateurs", "Cervicalgie"]],
  [/nettoyage|examen dentaire/i, ["Nettoyage et examen", "Sensibilité au froid"]],
];

interface Day {
  readonly ctx: ClinicContext;
  readonly agenda: AgendaView;
  readonly patients: readonly string[];
  readonly chance: Chance;
}

interface Told {
  readonly id: string;
  readonly resourceId: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

/** A clinic in the middle of its day, and a week that fills: visits through the verbs, then where each of today's stands by now. */
export async function plantVisits(ctx: ClinicContext, patients: readonly string[], chance: Chance): Promise<void> {
  const today = dayOf(new Date(), ctx);
  const agenda = await readAgenda(ctx, { from: today, until: addDays(today, days - 1), refresh: false });
  const day: Day = { ctx, agenda, patients, chance };
  await openGroups(day);
  await blockMeetings(day);
  const told: Told[] = [];
  for (const span of agenda.open) {
    if (span.serviceId === null) told.push(...(await fill(day, span)));
  }
  await liveToday(
    day,
    told.filter(({ startsAt }) => dayOf(new Date(startsAt), ctx) === today),
  );
}

/** Books one opening from its start, with the gaps that a real day has; the further away, the more of them. */
async function fill(
  day: Day,
  { resourceId, locationId, startsAt, endsAt }: AgendaView["open"][number],
): Promise<Told[]> {
  const { ctx, agenda, chance, patients } = day;
  const resource = agenda.resources.find(({ id }) => id === resourceId);
  if (resource?.kind !== "practitioner") return [];
  const services = agenda.services.filter(
    ({ status, capacity, resourceIds }) => status === "active" && capacity === 1 && resourceIds.includes(resourceId),
  );
  const date = dayOf(new Date(startsAt), ctx);
  const ahead = Math.round((Date.parse(date) - Date.parse(agenda.today)) / 86_400_000);
  const density = Math.max(0.45, 0.93 - ahead * 0.06);
  const told: Told[] = [];
  let at = Date.parse(startsAt);
  while (services.length > 0 && at < Date.parse(endsAt) - 10 * minuteMs) {
    // Short visits are the many.
    const service = [pick(services, chance), pick(services, chance)].sort(
      (one, other) => one.durationMinutes - other.durationMinutes,
    )[0] as ServiceView;
    const length = service.durationMinutes * minuteMs;
    if (chance() > density) {
      at += 20 * minuteMs;
      continue;
    }
    const id = newId();
    const booked = await tryBook(day, { id, service, resourceId, locationId, at, patientId: pick(patients, chance) });
    if (booked) told.push({ id, resourceId, startsAt: at, endsAt: at + length });
    at += booked ? length + (service.bufferAfterMinutes + service.bufferBeforeMinutes) * minuteMs : 10 * minuteMs;
  }
  return told;
}

interface Wish {
  readonly id: string;
  readonly service: ServiceView;
  readonly resourceId: string;
  readonly locationId: string;
  readonly at: number;
  readonly patientId: string;
}

async function tryBook(
  { ctx, chance }: Day,
  { id, service, resourceId, locationId, at, patientId }: Wish,
): Promise<boolean> {
  const words = reasons.find(([name]) => name.test(service.name))?.[1];
  const wall = wallOf(new Date(at), ctx);
  try {
    await bookAppointment(
      ctx,
      bookInput.parse({
        id,
        sittingId: newId(),
        patientId,
        serviceId: service.id,
        locationId,
        resourceId,
        date: wall.day,
        minute: wall.minute,
        mode: service.modes.length > 1 && chance() < 0.25 ? pick(service.modes.slice(1), chance) : service.modes[0],
        reason: words && chance() < 0.8 ? pick(words, chance) : "",
      }),
    );
    return true;
  } catch (error) {
    // Taken, closed, or a second place that is not free then: the day simply has a gap there.
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** Each service for groups once this week, half full. */
async function openGroups({ ctx, agenda, patients }: Day): Promise<void> {
  for (const service of agenda.services.filter(({ capacity, status }) => capacity > 1 && status === "active")) {
    const span = agenda.open.find(
      ({ resourceId, startsAt }) =>
        service.resourceIds.includes(resourceId) && Date.parse(startsAt) > Date.parse(agenda.now) - 6 * 3_600_000,
    );
    if (!span) continue;
    const at = Date.parse(span.endsAt) - service.durationMinutes * minuteMs;
    const wall = wallOf(new Date(at), ctx);
    const id = newId();
    await openGroup(
      ctx,
      openGroupInput.parse({
        id,
        serviceId: service.id,
        locationId: span.locationId,
        resourceId: span.resourceId,
        date: wall.day,
        minute: wall.minute,
      }),
    ).then(
      async () => {
        const seats = Math.ceil(service.capacity / 2);
        for (const patientId of patients.slice(0, seats))
          await joinGroup(ctx, { id: newId(), sittingId: id, patientId, reason: "" });
      },
      (error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
      },
    );
  }
}

/** The end of one afternoon, for whoever works then. */
async function blockMeetings({ ctx, agenda }: Day): Promise<void> {
  const date = agenda.today;
  const late = agenda.open.filter(({ startsAt, endsAt }) => {
    const [from, until] = [wallOf(new Date(startsAt), ctx), wallOf(new Date(endsAt), ctx)];
    return from.day === date && until.minute >= 990 && from.minute <= 960;
  });
  for (const { resourceId, locationId } of late.slice(0, 2)) {
    if (agenda.resources.find(({ id }) => id === resourceId)?.kind !== "practitioner") continue;
    const times = { date, minute: 960, durationMinutes: 30 };
    await blockTime(ctx, { id: newId(), resourceId, locationId, ...times, title: "Réunion d’équipe" });
  }
}

/** Brings today's visits to where they would be at this hour: most are done, one is seen, some wait, one did not come. */
async function liveToday({ ctx, agenda, chance }: Day, told: readonly Told[]): Promise<void> {
  const now = Date.parse(agenda.now);
  const rooms = agenda.resources.filter(({ kind, status }) => kind === "room" && status === "active");
  const later = told.filter(({ startsAt }) => startsAt > now + 2 * 3_600_000);
  const off = later[Math.floor(later.length / 2)];
  if (off)
    await cancelAppointment(ctx, { id: off.id, version: 1, by: "patient", reason: "Empêchement", scope: "this" });
  for (const visits of byResource(told).values()) {
    let waiting = 0;
    let absent = false;
    for (const [place, visit] of visits.entries()) {
      const { startsAt, endsAt, id } = visit;
      if (endsAt <= now) {
        const missed: boolean = !absent && place > 1 && chance() < 0.12;
        absent ||= missed;
        await stand(ctx, id, missed ? "noshow" : "done", {
          arrived: startsAt - 9 * minuteMs,
          started: startsAt + 2 * minuteMs,
          done: endsAt,
        });
      } else if (startsAt <= now) {
        const room = rooms[(waiting + visits.length) % Math.max(rooms.length, 1)]?.id;
        await stand(
          ctx,
          id,
          "with-professional",
          { arrived: startsAt - 11 * minuteMs, started: startsAt + minuteMs },
          room,
        );
      } else if (startsAt - now < 70 * minuteMs && waiting < 3) {
        waiting += 1;
        const arrived = now - (waiting === 1 ? 16 : waiting === 2 ? 9 : 4) * minuteMs;
        const room = waiting === 1 ? rooms[(place + 1) % Math.max(rooms.length, 1)]?.id : undefined;
        await stand(ctx, id, waiting === 1 && room ? "roomed" : "arrived", { arrived }, room);
      }
    }
  }
}

function byResource(told: readonly Told[]): Map<string, Told[]> {
  const map = new Map<string, Told[]>();
  for (const visit of [...told].sort((one, other) => one.startsAt - other.startsAt))
    map.set(visit.resourceId, [...(map.get(visit.resourceId) ?? []), visit]);
  return map;
}

/** The verb says the state; the hours are those of a morning that began before the demo did. */
async function stand(
  ctx: ClinicContext,
  id: string,
  to: Stage,
  at: { arrived: number; started?: number; done?: number },
  roomId?: string,
): Promise<void> {
  const { version } = await advanceAppointment(ctx, { id, version: 1, to, ...(roomId && { roomId }) });
  if (to === "noshow") return;
  const clock = (time: number | undefined) => (time === undefined ? null : new Date(time));
  await withStaff(ctx, (db) =>
    db.appointment.updateMany({
      where: { clinicId: ctx.clinic.id, id, version },
      data: {
        arrivedAt: clock(at.arrived),
        roomedAt: to === "arrived" ? null : clock(at.arrived + 6 * minuteMs),
        startedAt: to === "arrived" || to === "roomed" ? null : clock(at.started),
        doneAt: to === "done" ? clock(at.done) : null,
        version: version + 1,
      },
    }),
  );
}

const pick = <T>(list: readonly T[], chance: Chance): T => list[Math.floor(chance() * list.length)] as T;

function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

const dayOf = (at: Date, ctx: ClinicContext) => wallOf(at, ctx).day;

function wallOf(at: Date, { clinic }: ClinicContext): { day: string; minute: number } {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: clinic.timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return { day: `${of("year")}-${of("month")}-${of("day")}`, minute: Number(of("hour")) * 60 + Number(of("minute")) };
}

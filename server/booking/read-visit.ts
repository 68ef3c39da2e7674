import type { VisitorContext } from "#server/context.ts";
import { withVisitor } from "#server/db/with-visitor.ts";
import type { BookableLocation, BookablePractitioner } from "./list-services.ts";
import { needToken } from "./need-token.ts";
import type { visitModes } from "./schema.ts";
import { changeUntil, openVisit, undoUntil } from "./visit.ts";

export interface VisitView {
  readonly version: number;
  readonly state: "upcoming" | "cancelled" | "over";
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly timeZone: string;
  readonly mode: (typeof visitModes)[number];
  readonly confirmedAt: Date | null;
  /** Until then the person moves and cancels by themselves; after, they call. */
  readonly changeUntil: Date;
  readonly movable: boolean;
  /** « Tell me if sooner » was asked of it. */
  readonly waits: boolean;
  /** While a cancellation can be taken back. */
  readonly undoUntil: Date | null;
  /** What was booked; null once the clinic no longer offers it. */
  readonly service: {
    readonly name: string;
    readonly nameEn: string;
    readonly preparation: string;
    readonly preparationEn: string;
    readonly durationMinutes: number;
    readonly videoLink: string;
  } | null;
  readonly practitioner: BookablePractitioner | null;
  readonly location: BookableLocation | null;
}

/** One visit to whoever has its link. It says nothing of who comes. @throws NotFound `booking.noVisit` */
export async function readVisit(ctx: VisitorContext): Promise<VisitView> {
  needToken(ctx);
  const clinicId = ctx.clinic.id;
  return withVisitor(ctx, async (db) => {
    const visit = await openVisit(db, ctx);
    const { version, startsAt, endsAt, timeZone, mode, confirmedAt, status, kind } = visit;
    const [service, practitioner, location, wait] = await Promise.all([
      db.healthcareService.findFirst({
        where: { clinicId, id: visit.serviceId },
        select: {
          name: true,
          nameEn: true,
          preparation: true,
          preparationEn: true,
          durationMinutes: true,
          videoLink: true,
        },
      }),
      db.practitioner.findFirst({
        where: { clinicId, id: visit.resourceId },
        select: { id: true, prefix: true, givenName: true, familyName: true, profession: true },
      }),
      db.location.findFirst({
        where: { clinicId, id: visit.locationId },
        select: { id: true, name: true, addressLine: true, city: true, postalCode: true, phone: true, timeZone: true },
      }),
      db.waitlistEntry.findFirst({
        where: { clinicId, appointmentId: visit.appointmentId, status: "waiting" },
        select: { id: true },
      }),
    ]);
    const upcoming = status === "booked" && startsAt > new Date();
    return {
      version,
      state: status === "cancelled" ? "cancelled" : upcoming ? "upcoming" : "over",
      startsAt,
      endsAt,
      timeZone,
      mode,
      confirmedAt,
      changeUntil: changeUntil(visit),
      movable: kind === "visit" && service !== null,
      waits: wait !== null,
      undoUntil: undoUntil(visit),
      service: service && { ...service, videoLink: upcoming && mode === "video" ? service.videoLink : "" },
      practitioner,
      location,
    };
  });
}

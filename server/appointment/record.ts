import type { Stage, visitModes } from "./schema.ts";

/** What the screens of the agenda are given. Instants are ISO 8601 text, days `YYYY-MM-DD`, minutes are since midnight (wall time). */

export interface AppointmentView {
  readonly id: string;
  readonly sittingId: string;
  readonly status: "booked" | "arrived" | "checked-in" | "fulfilled" | "cancelled" | "noshow" | "entered-in-error";
  /** Where the visit stands; `none` for whoever cancelled or did not come. */
  readonly flow: Exclude<Stage, "noshow"> | "none";
  readonly patientId: string | null;
  /** Who asked on the public page; without a patient until staff match. */
  readonly requestPersonId: string | null;
  /** In the order in which it is said. */
  readonly name: string;
  readonly roomId: string | null;
  readonly confirmedAt: string | null;
  readonly arrivedAt: string | null;
  readonly roomedAt: string | null;
  readonly startedAt: string | null;
  readonly doneAt: string | null;
  readonly source: "staff" | "online" | "walk-in" | "waitlist";
  readonly reason: string;
  /** No visit here that ended before. */
  readonly newPatient: boolean;
  readonly cancelledBy: "patient" | "clinic" | null;
  readonly version: number;
}

export interface SittingView {
  readonly id: string;
  readonly kind: "visit" | "group" | "block";
  readonly status: "held" | "booked" | "cancelled";
  /** null for a blocked time. */
  readonly serviceId: string | null;
  readonly title: string;
  readonly locationId: string;
  /** Whose column it stands in. */
  readonly resourceId: string;
  /** All that it takes, the first included; empty once cancelled. */
  readonly resourceIds: readonly string[];
  readonly mode: (typeof visitModes)[number];
  readonly localDate: string;
  readonly localMinute: number;
  readonly timeZone: string;
  readonly durationMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly capacity: number;
  /** Of a time that somebody is choosing: until when it is kept for them. */
  readonly heldUntil: string | null;
  readonly seriesId: string | null;
  readonly seriesIndex: number | null;
  /** Forced, with a reason. */
  readonly overbooked: boolean;
  readonly overbookReason: string | null;
  readonly version: number;
  /** Empty where a patient's restriction closes it to this person: the time is taken, and that is all that is said. */
  readonly appointments: readonly AppointmentView[];
}

export interface ResourceView {
  readonly id: string;
  readonly kind: "practitioner" | "room" | "device";
  readonly name: string;
  /** For rooms and devices. */
  readonly type: string;
  readonly profession: string | null;
  readonly locationId: string | null;
  readonly status: "active" | "inactive";
}

export interface ServiceView {
  readonly id: string;
  readonly name: string;
  readonly nameEn: string;
  readonly color: string;
  readonly durationMinutes: number;
  readonly stepMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly modes: readonly (typeof visitModes)[number][];
  /** More than one: people take a place in a sitting that staff open. */
  readonly capacity: number;
  readonly status: "active" | "inactive";
  /** Who may lead it: the columns where it can be booked. */
  readonly resourceIds: readonly string[];
}

export interface LocationView {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly status: "active" | "inactive";
}

/** Hours less what is closed to everything. */
export interface OpenSpan {
  readonly resourceId: string;
  readonly locationId: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** Only for this service. */
  readonly serviceId: string | null;
}

export interface ExceptionView {
  readonly id: string;
  /** null: everybody's. */
  readonly resourceId: string | null;
  readonly locationId: string | null;
  readonly kind: "open" | "closed";
  readonly reason: "leave" | "closure" | "holiday" | "extra" | "other";
  readonly title: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface AgendaView {
  /** The clinic's. */
  readonly timeZone: string;
  readonly today: string;
  readonly now: string;
  /** Raised by every change: an answer of the same stamp is the same answer. */
  readonly stamp: number;
  /** How long one may wait in the room before the board says so, in minutes. */
  readonly waitLimitMinutes: number;
  readonly locations: readonly LocationView[];
  readonly resources: readonly ResourceView[];
  readonly services: readonly ServiceView[];
  readonly open: readonly OpenSpan[];
  readonly exceptions: readonly ExceptionView[];
  /** In the order of the day. */
  readonly sittings: readonly SittingView[];
}

/** One card of the flow board: an appointment, and when and where its time is. */
export interface BoardRow extends AppointmentView {
  readonly sittingVersion: number;
  readonly sittingKind: "visit" | "group";
  readonly serviceId: string | null;
  readonly resourceId: string;
  readonly locationId: string;
  readonly mode: SittingView["mode"];
  readonly localMinute: number;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly durationMinutes: number;
  readonly overbooked: boolean;
}

export interface BoardView extends Omit<AgendaView, "open" | "exceptions" | "sittings"> {
  readonly rows: readonly BoardRow[];
}

export interface MineView extends AgendaView {
  /** The practitioner that this member is. */
  readonly practitionerId: string;
}

export interface SlotView {
  readonly startsAt: string;
  readonly date: string;
  readonly minute: number;
  readonly timeZone: string;
  readonly resourceId: string;
  readonly locationId: string;
  /** For a service for groups: the sitting that has a place left. */
  readonly sittingId: string | null;
}

export type ReasonCode =
  | "past"
  | "clock"
  | "service"
  | "inactive"
  | "location"
  | "hours"
  | "closed"
  | "new-patients"
  | "leave"
  | "closure"
  | "holiday"
  | "busy"
  | "block"
  | "hold"
  | "buffer"
  | "room"
  | "device"
  | "team"
  | "together"
  | "limit"
  | "notice"
  | "horizon"
  | "step";

/** One thing that stands in the way, and between which instants. */
export interface Reason {
  readonly code: ReasonCode;
  /** Whom or what it is about. */
  readonly resourceId: string | null;
  readonly from: string | null;
  readonly until: string | null;
  /** The sitting that is in the way (busy, block, hold, buffer). */
  readonly sittingId: string | null;
  /** room, device, team: how many are needed and how many are free. */
  readonly needed: number | null;
  readonly free: number | null;
  readonly resourceType: string | null;
}

export interface Explanation {
  readonly free: boolean;
  readonly startsAt: string;
  readonly endsAt: string;
  /** What a visit would take, the first leading; null when it cannot be. */
  readonly resourceIds: readonly string[] | null;
  /** What forcing it would take. */
  readonly forcedIds: readonly string[];
  /** Everything that refuses this time. */
  readonly reasons: readonly Reason[];
  /** What would refuse a visitor, and does not hold staff: past, notice, horizon, limit, step. */
  readonly notices: readonly Reason[];
  /** The next three times that are free, when this one is not. */
  readonly next: readonly SlotView[];
}

/** One date of a series that could not be had. */
export interface RefusedDate {
  readonly date: string;
  readonly minute: number;
  readonly reasons: readonly Reason[];
}

/** What Conflict `appointment.taken` says in its details; a series names each of its dates. */
export interface TakenDetails {
  readonly reasons: readonly Reason[];
  readonly next: readonly SlotView[];
  readonly dates: readonly RefusedDate[];
}

export interface Booked {
  readonly id: string;
  readonly sittingId: string;
  readonly version: number;
  readonly sittingVersion: number;
  /** null when it is alone. */
  readonly seriesId: string | null;
  /** Dates of the series that were left out. */
  readonly skipped: readonly RefusedDate[];
}

/** One line about another visit of the same person. */
export interface VisitLine {
  readonly id: string;
  readonly sittingId: string;
  readonly status: AppointmentView["status"];
  readonly startsAt: string;
  readonly date: string;
  readonly minute: number;
  readonly timeZone: string;
  readonly serviceId: string;
  readonly resourceId: string;
}

export type PersonAlert = "deceased" | "inactive" | "entered-in-error" | "unmatched" | "nam-expired" | "like-named";

/** What the front desk sees of who comes: no result, no medication, no allergy. */
export interface PersonEssentials {
  readonly fileNumber: string | null;
  readonly preferredName: string;
  readonly birthDate: string | null;
  /** Whole years on the day it is at the visit's place. */
  readonly age: number | null;
  readonly sex: "male" | "female" | "other" | "unknown" | null;
  readonly language: "fr" | "en" | "other";
  /** Who booked for a child or somebody in their care. */
  readonly bookerName: string;
  /** Phones as people write them. */
  readonly contacts: readonly {
    readonly system: "phone" | "sms" | "email";
    readonly use: string;
    readonly value: string;
  }[];
  readonly alerts: readonly PersonAlert[];
}

export interface SeriesView {
  readonly id: string;
  readonly frequency: "weekly" | "monthly";
  readonly every: number;
  readonly weekdays: readonly number[];
  readonly occurrences: number;
  readonly visits: readonly {
    readonly sittingId: string;
    readonly index: number;
    readonly date: string;
    readonly minute: number;
    readonly startsAt: string;
    readonly sittingStatus: SittingView["status"] | "entered-in-error";
    readonly sittingVersion: number;
    readonly appointmentId: string | null;
    readonly status: AppointmentView["status"] | null;
    readonly version: number | null;
  }[];
}

/** What the appointment (status, flow, reason, room) or its sitting (date, minute, length, column) was, until when, and who changed it. */
export interface HistoryLine {
  readonly entity: "appointment" | "sitting";
  readonly version: number;
  readonly until: string;
  /** null: a visitor, or the worker. */
  readonly changedBy: string | null;
  readonly status: string;
  readonly flow: string | null;
  readonly reason: string | null;
  readonly date: string | null;
  readonly minute: number | null;
  readonly durationMinutes: number | null;
  readonly resourceId: string | null;
  readonly roomId: string | null;
}

export interface AppointmentDetail extends AppointmentView {
  readonly sittingId: string;
  readonly cancelledAt: string | null;
  readonly cancelReason: string;
  readonly errorReason: string;
  readonly createdAt: string;
  readonly lastUpdated: string;
  /** null: a visitor on the public page. */
  readonly bookedBy: string | null;
  readonly sitting: Omit<SittingView, "appointments" | "status"> & {
    readonly status: SittingView["status"] | "entered-in-error";
  };
  readonly placesTaken: number;
  readonly person: PersonEssentials;
  readonly next: VisitLine | null;
  /** The last five, newest first. */
  readonly last: readonly VisitLine[];
  readonly counts: {
    readonly done: number;
    readonly noshow: number;
    readonly cancelled: number;
    readonly upcoming: number;
  };
  readonly series: SeriesView | null;
  /** Newest first, fifty at most. */
  readonly history: readonly HistoryLine[];
}

/** What became of the visits of one service with one practitioner. */
export interface RateLine {
  readonly serviceId: string;
  readonly resourceId: string;
  readonly serviceName: string;
  readonly serviceNameEn: string;
  readonly resourceName: string;
  /** All that were booked for these days and whose time has come. */
  readonly total: number;
  readonly done: number;
  readonly noshow: number;
  readonly cancelledByPatient: number;
  readonly cancelledByClinic: number;
  /** Cancelled by the patient later than the service's notice. */
  readonly late: number;
}

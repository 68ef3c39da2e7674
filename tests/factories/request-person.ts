import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { sit, type TestSchedule } from "./schedule.ts";

interface RequestShape {
  familyName?: string;
  givenName?: string;
  /** `YYYY-MM-DD` */
  birthDate?: string;
  email?: string;
  phone?: string;
  relation?: "self" | "child" | "cared-for";
  bookerName?: string;
  /** Wall time of the visit asked for, « 2027-03-01 09:00 ». */
  at?: string;
}

export interface TestRequest {
  readonly id: string;
  readonly version: number;
  readonly appointmentId: string;
}

/** Somebody who booked on the public page, as the database keeps them, and their visit. */
export async function makeRequest(place: TestSchedule, shape: RequestShape = {}): Promise<TestRequest> {
  const [id, appointmentId, clinicId] = [newId(), newId(), place.clinic.id];
  const { birthDate = "1984-05-17", at = "2027-03-01 09:00", ...typed } = shape;
  await withStaff(place.clinic.owner.ctx, async (db) => {
    const sittingId = await sit(db, place, { at });
    await db.requestPerson.createMany({
      data: {
        clinicId,
        id,
        familyName: "Gagnon",
        givenName: "Léa",
        email: "lea.gagnon@courriel.example",
        ...typed,
        birthDate: new Date(`${birthDate}T00:00:00Z`),
        verifiedAt: new Date(),
        noticeVersion: "1",
      },
    });
    await db.appointment.createMany({
      data: { clinicId, id: appointmentId, sittingId, requestPersonId: id, source: "online" },
    });
  });
  return { id, version: 1, appointmentId };
}

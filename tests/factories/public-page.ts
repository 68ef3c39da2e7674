import { withStaff } from "#server/db/with-staff.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { makeClinic, type TestClinic } from "./clinic.ts";
import { makeSchedule, type ScheduleShape, type TestSchedule } from "./schedule.ts";

/** The host lets the clinic in. The two setups, of database and of browser tests, say whose database it is. */
export async function approve({ id }: Pick<TestClinic, "id">): Promise<void> {
  await asAdmin(process.env.CHEVET_TEST_ADMIN_URL ?? "", (admin) =>
    admin.query("update host.clinic_registration set status = 'approved', approved_at = now() where clinic_id = $1", [
      id,
    ]),
  );
}

/** The schedule's service can be booked by strangers. */
export async function putOnline({ clinic, serviceId }: TestSchedule): Promise<void> {
  await withStaff(clinic.owner.ctx, (db) =>
    db.healthcareService.updateMany({
      where: { clinicId: clinic.id, id: serviceId },
      data: { online: true, version: { increment: 1 } },
    }),
  );
}

/** Puts a clinic's page before everybody: approved by the host, published as it stands. */
export async function publishPage(clinic: TestClinic): Promise<void> {
  await approve(clinic);
  const published = { published: {}, publishedAt: new Date(), publishedBy: clinic.owner.userId };
  await withStaff(clinic.owner.ctx, async (db) => {
    const { id: clinicId } = clinic;
    const { count } = await db.publicPage.createMany({
      data: { clinicId, draft: {}, ...published },
      skipDuplicates: true,
    });
    // What was prepared, or taken down, is there already.
    if (count === 0)
      await db.publicPage.updateMany({ where: { clinicId }, data: { ...published, version: { increment: 1 } } });
  });
}

/** A clinic that strangers can book at: a schedule whose service is online, and a published page. */
export async function makeBookableClinic(shape: ScheduleShape = {}): Promise<TestSchedule> {
  const place = await makeSchedule(await makeClinic(), shape);
  await putOnline(place);
  await publishPage(place.clinic);
  return place;
}

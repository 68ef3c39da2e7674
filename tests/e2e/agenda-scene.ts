import "./instance-database.ts";
import { type BrowserContext, expect, type Locator, type Page } from "@playwright/test";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { bookAppointment } from "#server/appointment/book-appointment.ts";
import { bookInput } from "#server/appointment/schema.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { makeSchedule, type TestSchedule } from "#tests/factories/schedule.ts";

/** A Wednesday of the next winter: open from 8 h to 18 h, an hour a visit. */
export const day = "2027-02-10";

export interface Scene {
  readonly clinic: TestClinic;
  readonly place: TestSchedule;
  readonly book: (name: [string, string], minute: number, more?: Record<string, unknown>) => Promise<string>;
}

export async function makeScene(shape: Parameters<typeof makeSchedule>[1] = {}): Promise<Scene> {
  const clinic = await makeClinic();
  const place = await makeSchedule(clinic, shape);
  await withStaff(clinic.owner.ctx, async (db) => {
    for (const [at, id] of place.practitioners.entries())
      await db.practitioner.updateMany({
        where: { clinicId: clinic.id, id },
        data: { familyName: ["Gagnon", "Benali"][at] ?? "Roy", givenName: ["Ève", "Karim"][at] ?? "Luc", version: 2 },
      });
  });
  return {
    clinic,
    place,
    async book([givenName, familyName], minute, more = {}) {
      const patient = await makePatient(clinic.owner.ctx, { givenName, familyName, birthFamilyName: "" });
      const { sittingId } = await bookAppointment(
        clinic.owner.ctx,
        bookInput.parse({
          id: newId(),
          sittingId: newId(),
          patientId: patient.id,
          serviceId: place.serviceId,
          locationId: place.locationId,
          resourceId: place.practitioners[0],
          date: day,
          minute,
          ...more,
        }),
      );
      return sittingId;
    },
  };
}

export async function openAgenda(context: BrowserContext, { clinic }: Scene, query = `?date=${day}`): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/clinic/${clinic.slug}/agenda${query}`, { waitUntil: "networkidle" });
  await expect(page.locator("[data-column]").first()).toBeVisible();
  return page;
}

export const visit = (page: Page, name: RegExp): Locator =>
  page.locator("[data-event]").and(page.getByRole("button", { name }));

/** Where a minute of a column is on the screen. */
export async function pointAt(page: Page, column: number, minute: number): Promise<{ x: number; y: number }> {
  const box = page.locator("[data-column]").nth(column);
  return box.evaluate((element, at) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width / 2, y: top + ((at - 480) / (1080 - 480)) * height };
  }, minute);
}

export async function dragTo(page: Page, from: Locator, column: number, minute: number, release = true): Promise<void> {
  await from.scrollIntoViewIfNeeded();
  const box = await from.boundingBox();
  if (!box) throw new Error("the visit is not on the screen");
  // Taken a little under its top: it stands where its top is let go.
  await page.mouse.move(box.x + box.width / 2, box.y + 6);
  await page.mouse.down();
  const to = await pointAt(page, column, minute);
  await page.mouse.move(to.x, to.y - 20, { steps: 4 });
  await page.mouse.move(to.x, to.y + 6, { steps: 4 });
  if (release) await page.mouse.up();
}

import { expect, test } from "@playwright/test";
import { withStaff } from "#server/db/with-staff.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import { approve, bookVisit } from "#tests/factories/visit.ts";
import { waitForMail } from "./caught-mail.ts";
import { adminUrl } from "./instance-database.ts";

/** From a booking to a mail in a mailbox, through trigger, outbox, queue, worker and SMTP; and what its links do when they are only opened. */
test("a mail about a visit ends when its button says so, and not by being opened", async ({ page, request }) => {
  const clinic = await makeClinic("Clinique du Vieux-Limoilou");
  await approve(adminUrl, clinic);
  const email = `${clinic.slug}@personne.example`;
  await bookVisit(await makeSchedule(clinic), { at: "2027-03-02 14:30" }, { email });

  const { text } = await waitForMail(request, email, /Rendez-vous confirmé : mardi\s2\smars\s2027/);
  expect(text).toContain(`/c/${clinic.slug}/gerer#`);
  const [link = ""] = /http\S+\/desabonnement#[\w-]{43}/.exec(text) ?? [];
  const standing = () =>
    withStaff(clinic.owner.ctx, (db) =>
      db.contactStanding.findFirstOrThrow({ where: { clinicId: clinic.id }, select: { care: true } }),
    );

  // What a scanner does: opens the page, and asks for the mailbox's own address.
  await page.goto(link, { waitUntil: "networkidle" });
  await expect(page.getByRole("button", { name: "Ne plus recevoir de courriels" })).toBeVisible();
  const oneClick = `/api/c/${clinic.slug}/desabonnement/${link.split("#")[1]}`;
  const opened = await request.get(oneClick);
  expect(new URL(opened.url()).pathname, "led to the page that has the button").toBe(new URL(link).pathname);
  expect((await standing()).care).toBe("unasked");

  await page.getByRole("button", { name: "Ne plus recevoir de courriels" }).click();
  await expect(page.getByRole("heading", { name: "C’est fait" })).toBeVisible();
  await expect.poll(async () => (await standing()).care).toBe("withdrawn");
  // The mailbox's button, which has no page and no origin, is answered the same for whatever token.
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const pressed = await request.post(oneClick, { headers, data: "List-Unsubscribe=One-Click" });
  const stranger = await request.post(oneClick.replace(/.{8}$/, "abcdefgh"), {
    headers,
    data: "List-Unsubscribe=One-Click",
  });
  expect([pressed.status(), stranger.status()]).toEqual([200, 200]);
});

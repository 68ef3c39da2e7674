import "./instance-database.ts";
import { expect, test } from "@playwright/test";
import ICAL from "ical.js";
import { makeClinic } from "#tests/factories/clinic.ts";
import { approve } from "#tests/factories/public-page.ts";
import { makeSchedule } from "#tests/factories/schedule.ts";
import { makeVisit } from "#tests/factories/waitlist.ts";
import { enter } from "./enter.ts";

/** A practitioner's agenda in somebody's calendar: made, read by a program that has no session, revoked. */
test("a secret address is made, read by a calendar, and shut", async ({ page, playwright, baseURL }) => {
  const clinic = await makeClinic();
  const place = await makeSchedule(clinic);
  await approve(clinic);
  await makeVisit(place, 3, "09:00");
  await enter(page.context(), clinic.owner, baseURL);
  await page.goto(`/clinic/${clinic.slug}/practitioners`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Calendriers" }).press("Enter");
  await page.getByLabel("Pour s’y retrouver").fill("Mon téléphone");
  await page.getByRole("button", { name: "Créer une adresse" }).press("Enter");
  const address = await page.getByLabel("Adresse secrète").inputValue();
  await page.getByRole("button", { name: "C’est copié" }).press("Enter");
  await expect(page.getByLabel("Adresse secrète")).toHaveCount(0);

  // A calendar comes with no cookie and from nowhere.
  const calendar = await playwright.request.newContext();
  const answer = await calendar.get(address);
  expect(answer.headers()["content-type"]).toContain("text/calendar");
  const events = new ICAL.Component(ICAL.parse(await answer.text())).getAllSubcomponents("vevent");
  expect(events).toHaveLength(1);
  const [visit] = events.map((event) => new ICAL.Event(event));
  expect(visit?.summary).toBe("Occupé");
  expect(visit?.startDate.toJSDate().getTime()).toBeGreaterThan(Date.now());
  expect(await answer.text()).not.toMatch(/Consultation|LOCATION|DESCRIPTION/);

  await page.reload();
  await page.getByRole("button", { name: "Calendriers" }).press("Enter");
  await expect(page.getByText("Mon téléphone")).toBeVisible();
  await expect(page.getByText(/Jamais lue/)).toHaveCount(0);
  await page.getByRole("button", { name: "Révoquer" }).press("Enter");
  const sure = page.getByRole("dialog", { name: "Révoquer cette adresse?" });
  await sure.getByRole("button", { name: "Révoquer" }).press("Enter");
  await expect(page.getByText("Adresse révoquée.")).toBeVisible();
  expect((await calendar.get(address)).status()).toBe(404);
  await calendar.dispose();
});

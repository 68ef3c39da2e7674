import { expect, type Page, test } from "@playwright/test";
import { SuperJSON } from "superjson";
import { makePatient } from "#prisma/seed/fictional-patient.ts";
import { appRouter } from "#server/trpc/router.ts";
import { canary, canaryPatient } from "#tests/canary.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";
import { waitForMail } from "./caught-mail.ts";
import { adminUrl } from "./instance-database.ts";

/**
 * Canaries go through the product as people do, and as people should not: typed in the wrong field, sent to every procedure, written in addresses and
 * headers. no-trace.spec.ts then looks for them where nobody may ever be found.
 */

const fullName = `${canary.firstName} ${canary.lastName}`;

async function enter(page: Page, clinic: TestClinic, baseURL: string | undefined): Promise<void> {
  await page.context().addCookies([{ name: "chevet-staff", value: clinic.owner.token, url: baseURL ?? "" }]);
}

test("a canary is a patient who is looked for, a colleague who is invited and a practitioner", async ({
  page,
  request,
  baseURL,
}) => {
  const clinic = await makeClinic();
  await makePatient(clinic.owner.ctx, canaryPatient);
  await enter(page, clinic, baseURL);
  await page.goto(`/clinic/${clinic.slug}`, { waitUntil: "networkidle" });
  const palette = page.getByRole("dialog", { name: "Chercher" });
  for (const words of [fullName, canary.nam, canary.phone]) {
    await page.keyboard.press("Control+k");
    await palette.getByRole("combobox").fill(words);
    await expect(palette.getByRole("option", { name: new RegExp(`^${fullName}`) })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(palette).toBeHidden();
  }
  await page.keyboard.press("Control+k");
  await palette.getByRole("combobox").fill(canary.lastName);
  await palette.getByRole("option", { name: new RegExp(`^${fullName}`) }).click();
  const preview = page.getByRole("dialog", { name: fullName });
  await expect(preview).toContainText(canary.phone.slice(-8));
  // Enter again opens the chart, and nothing stays over it.
  await expect(preview.getByRole("link", { name: "Ouvrir le dossier" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/patients\/[0-9a-f-]{36}/);
  await expect(preview).toHaveCount(0);

  await page.goto(`/clinic/${clinic.slug}/practitioners`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Inscrire un soignant" }).first().click();
  await page.getByLabel("Prénom").fill(canary.firstName);
  await page.getByLabel("Nom de famille").fill(canary.lastName);
  // Refused, since no profession is chosen: what was typed is in a call that failed.
  await page.getByRole("dialog").getByRole("button", { name: "Inscrire un soignant" }).click();
  await expect(page.getByLabel("Nom de famille")).toHaveValue(canary.lastName);

  await page.goto(`/clinic/${clinic.slug}/members`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Inviter" }).first().click();
  await page.locator("#email").fill(canary.email);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^(Inviter|Envoyer)/ })
    .click();
  await waitForMail(request, canary.email, /./);
});

test("a canary signs in with a wrong password and asks for a new one", async ({ page }) => {
  await page.goto("/connexion", { waitUntil: "networkidle" });
  await page.getByLabel("Courriel").fill(canary.email);
  await page.getByRole("button", { name: "Continuer", exact: true }).click();
  await page.getByLabel("Mot de passe", { exact: true }).fill(canary.note);
  await page.getByRole("button", { name: "Ouvrir la session" }).click();
  await expect(page.getByRole("alert").first()).toBeVisible();
  await page.goto("/mot-de-passe", { waitUntil: "networkidle" });
  await page.getByLabel("Courriel").fill(canary.email);
  await page.locator("form").getByRole("button").last().click();
  await page.waitForLoadState("networkidle");
});

/** Everything a canary is, wherever an input may look for something. */
const stuffed = {
  ...canaryPatient,
  id: canary.nam,
  patientId: canary.lastName,
  text: canary.note,
  email: canary.email,
  displayName: fullName,
  reason: canary.note,
  password: canary.note,
  search: canary.email,
  slug: canary.lastName,
  locale: canary.firstName,
};

test("a canary is sent to every procedure, in the wrong shape and by the wrong people", async ({ page, baseURL }) => {
  test.setTimeout(240_000);
  const clinic = await makeClinic();
  await enter(page, clinic, baseURL);
  const origin = new URL(baseURL ?? "").origin;
  const headers = {
    origin,
    "content-type": "application/json",
    "user-agent": fullName,
    referer: `${origin}/?q=${canary.email}`,
  };
  const statuses = new Set<number>();
  for (const [path, procedure] of Object.entries(appRouter._def.procedures)) {
    const { type } = (procedure as unknown as { _def: { type: string } })._def;
    for (const base of [`/api/clinic/${clinic.slug}/trpc/`, "/api/trpc/", "/api/host/trpc/"]) {
      for (const data of [JSON.stringify(SuperJSON.serialize(stuffed)), `{"json":{"text":"${canary.note}`]) {
        const answer =
          type === "query"
            ? await page.request.get(`${base}${path}?input=${encodeURIComponent(data)}`, { headers })
            : await page.request.post(`${base}${path}`, { data, headers });
        statuses.add(answer.status());
      }
    }
  }
  expect([...statuses].some((status) => status >= 400)).toBe(true);
  expect([...statuses].filter((status) => status >= 500)).toEqual([]);
});

test("a canary stands in addresses, headers and bodies that lead nowhere", async ({ request, baseURL }) => {
  const origin = new URL(baseURL ?? "").origin;
  const words = encodeURIComponent(`${fullName} ${canary.email} ${canary.note}`);
  const headers = {
    "x-chevet-break-glass": canary.nam,
    "x-forwarded-for": canary.phone,
    "accept-language": canary.email,
  };
  for (const path of [
    `/${words}`,
    `/?q=${words}`,
    `/clinic/${words}`,
    `/connexion?suite=/${words}`,
    `/api/${words}`,
    `/api/clinic/aaa/files/${words}`,
    `/api/clinic/aaa/journal.csv?from=${words}`,
    `/api/trpc/${words}`,
    `/api/auth/callback/${words}`,
    `/local/mail/${words}`,
    `/invitation?jeton=${words}`,
    `/_next/static/${words}`,
    `/_next/image?url=${words}&w=16&q=1`,
  ]) {
    expect((await request.get(path, { headers })).status(), path).toBeLessThan(500);
    const posted = await request.post(path, {
      headers: { ...headers, origin },
      data: { email: canary.email, note: canary.note },
    });
    expect(posted.status(), path).toBeLessThan(500);
  }
});

test("the canaries are there: what follows looks for people who exist", async () => {
  const found = await asAdmin(adminUrl, (admin) =>
    admin.query("select count(*)::int as n from clinic.patient where family_name = $1", [canary.lastName]),
  );
  expect(found.rows[0].n).toBeGreaterThan(0);
});

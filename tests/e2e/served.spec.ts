import { expect, test } from "@playwright/test";

test("the site is served in French first, and in English to a browser that asks for it", async ({ page, browser }) => {
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", /^fr/);

  const english = await browser.newContext({ locale: "en-CA" });
  const inEnglish = await english.newPage();
  await inEnglish.goto("/");
  await expect(inEnglish.locator("html")).toHaveAttribute("lang", /^en/);
  await english.close();
});

test("the site is ready, and says so without saying anything else", async ({ request }) => {
  const answer = await request.get("/health/ready");
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({ ready: true });
});

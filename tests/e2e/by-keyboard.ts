import { expect, type Locator, type Page } from "@playwright/test";

/** Tab after Tab until this has the focus; it must be seen to have it. */
export async function tabTo(page: Page, target: Locator, back = false): Promise<void> {
  // Attached, not visible: a choice's own input may be drawn by its label.
  await expect(target).toBeAttached();
  for (let step = 0; step < 80; step += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return seen(page);
    await page.keyboard.press(back ? "Shift+Tab" : "Tab");
  }
  throw new Error(`no Tab leads to ${target}`);
}

/** The ring is on the control itself, or on the piece that draws it. */
async function seen(page: Page): Promise<void> {
  const drawn = await page.evaluate(() => {
    const ringed = (element: Element | null | undefined) => {
      if (!element) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
    };
    let element: Element | null = document.activeElement;
    for (let level = 0; element && level < 4; level += 1) {
      if (ringed(element) || ringed(element.nextElementSibling) || ringed(element.querySelector("*"))) return true;
      element = element.parentElement;
    }
    return false;
  });
  expect(drawn, "the focus is seen").toBe(true);
}

export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

export async function write(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.insertText(text);
}

/** An act in a menu: chosen once the menu has taken the focus, and seen to close, or the next key would go to what holds it meanwhile. */
export async function pick(page: Page, opener: Locator, item: Locator): Promise<void> {
  await opener.press("Enter");
  await expect(page.locator("[role=menu]:focus-within")).toHaveCount(1);
  await item.press("Enter");
  await expect(page.getByRole("menu")).toHaveCount(0);
}

/** Opens the palette: a page that is drawn may not listen yet, and a key that came too early opened nothing. */
export async function openPalette(page: Page): Promise<void> {
  const field = page.getByRole("dialog").getByRole("combobox");
  await expect(async () => {
    if (!(await field.isVisible())) await page.keyboard.press("/");
    await expect(field).toBeFocused({ timeout: 2000 });
  }).toPass();
}

/** The two keys of a chord must follow one another; a machine that is busy may need a second try. */
export async function chord(page: Page, first: string, then: string, address: RegExp): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(first);
    await page.keyboard.press(then);
    await expect(page).toHaveURL(address, { timeout: 3000 });
  }).toPass();
}

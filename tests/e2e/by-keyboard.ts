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

/**
 * An option of a list, by arrows. Mantine forgets the first arrow when the timer that its opening started runs after it
 * (keys go before timers on a busy machine): the option is seen to be chosen, then seen in its field.
 */
export async function choose(page: Page, list: Locator, option: RegExp, typed?: string): Promise<void> {
  const marked = page.locator("[role=option][data-combobox-selected]");
  await expect(async () => {
    await list.focus();
    if (typed) {
      await page.keyboard.press("Control+a");
      await page.keyboard.insertText(typed);
    }
    await page.keyboard.press("ArrowDown");
    for (let step = 0; step < 12; step += 1) {
      await expect(marked).toHaveCount(1, { timeout: 1000 });
      if (option.test((await marked.textContent()) ?? "")) break;
      await page.keyboard.press("ArrowDown");
    }
    await expect(marked).toHaveText(option, { timeout: 1000 });
    await page.keyboard.press("Enter");
    await expect(list).toHaveValue(option, { timeout: 1000 });
  }).toPass();
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

let tab: string | undefined;

/** The name of this window: who holds an edit is one window, not one person. Another load of the page is another window. */
export function windowTab(): string {
  tab ??= crypto.randomUUID().replaceAll("-", "");
  return tab;
}

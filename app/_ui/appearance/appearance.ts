/** Light, dark, or as the system says. Kept in a cookie that the browser writes, so that the server renders the right one at once. */
export const appearances = ["light", "dark", "auto"] as const;
export type Appearance = (typeof appearances)[number];

export const appearanceCookie = "chevet-theme";

export function readAppearance(value: string | undefined): Appearance {
  return appearances.find((appearance) => appearance === value) ?? "auto";
}

/** Runs before the first paint, only when the system decides: the server cannot know what it says. */
export const followSystemScript =
  'if(matchMedia("(prefers-color-scheme: dark)").matches)document.documentElement.dataset.mantineColorScheme="dark"';

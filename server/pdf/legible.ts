/**
 * A page's letters are those of its fonts. A sign that they lack would be drawn as another one, « ≥ » as « e »: what doctors write is said in signs
 * that they have, and any other is a question mark, which nobody reads as something else.
 */
const said: Readonly<Record<string, string>> = {
  "≥": ">=",
  "≤": "<=",
  "≠": "<>",
  "≈": "~",
  "→": "->",
  "←": "<-",
  "↔": "<->",
  "↑": "(+)",
  "↓": "(-)",
  "√": "v",
  "∞": "infini",
  Δ: "delta ",
  α: "alpha",
  β: "bêta",
  γ: "gamma",
  μ: "µ",
  "\u202f": "\u00a0",
  "\u2011": "-",
  "✓": "x",
  "☐": "[ ]",
  "☑": "[x]",
  "⁰": "^0",
  "⁴": "^4",
  "⁵": "^5",
  "⁶": "^6",
  "⁷": "^7",
  "⁸": "^8",
  "⁹": "^9",
  "₀": "0",
  "₁": "1",
  "₂": "2",
  "₃": "3",
  "₄": "4",
};

/** What `@fontsource/atkinson-hyperlegible-next` draws in its subsets latin and latin-ext. */
const drawn =
  /^[\n\u0020-\u007e\u00a0-\u017f\u0218-\u021b\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122\u2212]$/u;

export const legible = (text: string): string =>
  [...text.normalize("NFC")].map((sign) => said[sign] ?? (drawn.test(sign) ? sign : "?")).join("");

/** The same of all the texts of what a page is made from. */
export function legibleAll<T>(value: T): T {
  if (typeof value === "string") return legible(value) as T;
  if (Array.isArray(value)) return value.map(legibleAll) as T;
  if (value === null || typeof value !== "object" || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, legibleAll(one)])) as T;
}

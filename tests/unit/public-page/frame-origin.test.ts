import { expect, it } from "vitest";
import { frameOrigin } from "#server/public-page/schema.ts";

it.each([
  ["https://www.maclinique.ca", "https://www.maclinique.ca"],
  ["www.maclinique.ca", "https://www.maclinique.ca"],
  ["HTTPS://MaClinique.ca/", "https://maclinique.ca"],
  ["https://maclinique.ca:8443", "https://maclinique.ca:8443"],
  ["https://clinique-été.ca", "https://xn--clinique-t-j7ab.ca"],
  ["http://localhost:8080", "http://localhost:8080"],
])("%s is a site", (typed, kept) => {
  expect(frameOrigin.parse(typed)).toBe(kept);
});

it.each([
  "",
  "http://maclinique.ca",
  "https://maclinique.ca/accueil",
  "https://maclinique.ca?x=1",
  "https://*.ca",
  "https://moi:secret@maclinique.ca",
  "https://a;script-src.ca",
  "https://a b.ca",
  "https://a'b.ca",
  "javascript:alert(1)",
  "'self'",
  "*",
])("%s is none: nothing but a scheme and a host reaches the policy", (typed) => {
  expect(frameOrigin.safeParse(typed).success).toBe(false);
});

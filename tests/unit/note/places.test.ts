import { expect, it } from "vitest";
import { placesIn } from "#server/note/places.ts";

it("places to fill are what stands between brackets on one line, a sentence included, and nothing else", () => {
  const sentence = "[Précisez le motif, depuis quand, et ce que vous attendez de la consultation.]";
  expect(placesIn(`Bonjour [prénom],\n${sentence}\n[]\n[sur\ndeux lignes] a]b[c`)).toEqual(["[prénom]", sentence]);
  expect(placesIn(`[${"a".repeat(201)}]`)).toEqual([]);
});

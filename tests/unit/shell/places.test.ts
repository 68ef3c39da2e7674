import { expect, test } from "vitest";
import { places } from "#app/clinic/[clinic]/_shell/places.tsx";

test("no two places answer to the same keys, nor to the same address", () => {
  for (const of of ["key", "keys", "path"] as const) {
    const values = places.map((place) => place[of]);
    expect(values).toEqual([...new Set(values)]);
  }
});

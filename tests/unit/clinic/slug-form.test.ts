import { describe, expect, it } from "vitest";
import { skeletonOf } from "#server/clinic/slug-form.ts";

describe("two addresses that the eye confuses", () => {
  it.each([
    ["clinique-roy", "c1inique-roy"],
    ["clinique-roy", "ciinique-roy"],
    ["clinique-roy", "dinique-roy"],
    ["clinique-roy", "cliniqueroy"],
    ["dermato-roy", "derrnato-roy"],
    ["web-sante", "vveb-5ante"],
    ["soins-bleus", "so1n5-8leu5"],
    ["physio-zoe", "physi0-2oe"],
  ])("%s and %s have one skeleton", (one, other) => {
    expect(skeletonOf(other)).toBe(skeletonOf(one));
  });

  it("and those that it tells apart have two", () => {
    expect(skeletonOf("clinique-roy")).not.toBe(skeletonOf("clinique-rox"));
  });
});

import { describe, expect, it } from "vitest";
import { professionCodes } from "#server/clinic/professions.ts";
import { serviceColors } from "#server/schedule/service/schema.ts";
import { startingServices } from "#server/schedule/service/starting-services.ts";

const colorsOf = (...[professions, there]: Parameters<typeof startingServices>) =>
  startingServices(professions, there).map(({ color }) => color);
const distinct = (colors: readonly string[]) => new Set(colors).size;

describe("the colours of the services that a clinic begins with", () => {
  it("are those of each profession where it is alone", () => {
    expect(colorsOf(["physician"])).toEqual(["sapin", "ciel", "encre"]);
  });

  it("are distinct across professions, while there are enough", () => {
    for (const one of professionCodes)
      for (const other of professionCodes) {
        const colors = colorsOf([one, other]);
        expect(distinct(colors), `${one} ${other}`).toBe(Math.min(colors.length, serviceColors.length));
      }
  });

  it("come back evenly when there are more services than colours", () => {
    const colors = colorsOf(professionCodes);
    const uses = serviceColors.map((color) => colors.filter((one) => one === color).length);
    expect(Math.max(...uses) - Math.min(...uses)).toBeLessThanOrEqual(1);
  });

  it("leave the clinic's own alone, as they leave its names", () => {
    const there = [
      { name: "Suivi médical", color: "sapin" },
      { name: "Vasectomie", color: "encre" },
    ];
    const services = startingServices(["physician"], there);
    expect(services.map(({ name }) => name)).toEqual(["Consultation médicale", "Examen médical périodique"]);
    expect(distinct([...services, ...there].map(({ color }) => color))).toBe(4);
  });
});

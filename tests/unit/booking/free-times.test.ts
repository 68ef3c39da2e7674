import { expect, it } from "vitest";
import { type FoundTime, packTimes, unpackTimes } from "#server/booking/free-times.ts";

const [limoilou, beauport] = ["01a20d7e-8b16-7493-82cf-cc24656cff42", "01a20d7e-8b16-7493-82cf-cc24656cff43"];
const [lavallee, benali] = ["01a20d7e-8b16-7493-82cf-cc24656cff44", "01a20d7e-8b16-7493-82cf-cc24656cff45"];

it("a month of free times travels once for each day, place and person, and comes out as it went in", () => {
  const at = (text: string) => Date.parse(text) / 1000;
  const found: FoundTime[] = [
    [at("2026-11-30T14:00:00Z"), "2026-11-30", limoilou, lavallee],
    [at("2026-11-30T14:00:00Z"), "2026-11-30", beauport, benali],
    // After midnight in UTC, the same day here.
    [at("2026-12-01T00:30:00Z"), "2026-11-30", limoilou, benali],
    [at("2026-12-01T14:00:00Z"), "2026-12-01", limoilou, lavallee],
  ];
  const packed = packTimes(found);
  expect(packed.days).toEqual(["2026-11-30", "2026-12-01"]);
  expect(packed.locationIds).toHaveLength(2);
  expect(unpackTimes(JSON.parse(JSON.stringify(packed)))).toEqual(
    found.map(([seconds, day, locationId, resourceId]) => ({
      startsAt: new Date(seconds * 1000),
      day,
      locationId,
      resourceId,
    })),
  );
  expect(unpackTimes(packTimes([]))).toEqual([]);
});

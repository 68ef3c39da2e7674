import { expect, it } from "vitest";
import { scenario } from "#prisma/seed/scenarios/limoilou.ts";
import { randomPassword } from "#tests/factories/person.ts";

it("plants the demo clinic through the verbs that open any clinic", async () => {
  const planted = await scenario.plant({ password: randomPassword });
  expect(planted.addresses).toEqual([{ label: "Clinique médicale du Vieux-Limoilou", path: "/clinic/vieux-limoilou" }]);
  expect(planted.signIns[0]?.email).toBe("gen.pelletier@vieux-limoilou.example");
});

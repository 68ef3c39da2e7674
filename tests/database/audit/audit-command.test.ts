import { expect, test } from "vitest";
import { auditCommand } from "#server/audit/audit-command.ts";
import { processHeadsPlace } from "#server/audit/seal-all-journals.ts";
import { signHead } from "#server/audit/sign-head.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { makeEvents, sealEverything, tamper } from "#tests/factories/journal.ts";
import { database } from "../setup.ts";

async function run(...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await auditCommand(args, (line) => lines.push(line));
  return { code, said: lines.join("\n") };
}

test("audit verify says what holds, what is not sealed yet, and what does not hold, by number", async () => {
  const clinic = await makeClinic();
  await makeEvents(clinic.owner.ctx, 5);
  const waiting = await run("verify", "--clinic", clinic.slug);
  expect(waiting).toMatchObject({ code: 0, said: expect.stringMatching(/not sealed yet: \d+/) });

  await sealEverything(clinic.id);
  await signHead(clinic.id, await processHeadsPlace(), 0);
  const held = await run("verify", "--clinic", clinic.slug);
  expect(held).toMatchObject({ code: 0, said: expect.stringContaining("tient · holds") });
  expect(held.said).not.toMatch(/not (sealed|signed) yet/);

  await tamper(
    database.ownerUrl,
    `update $events set patient_id = null where clinic_id = '${clinic.id}' and id = (select event_id from $seals where clinic_id = '${clinic.id}' and seq = 2)`,
  );
  const all = await run("verify");
  expect(all).toMatchObject({ code: 1, said: expect.stringMatching(/l’événement du numéro 2 a été modifié/) });
});

test("a question that is not understood is answered with the way to ask", async () => {
  for (const args of [[], ["check"], ["verify", "--clinic"], ["verify", "--clinic", "nulle-part"]]) {
    expect((await run(...args)).code).toBe(64);
  }
});

import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { createClinicKey } from "#server/crypto/create-clinic-key.ts";
import { keysCommand } from "#server/crypto/keys-command.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import { sealValue } from "#server/crypto/seal-value.ts";
import { processVault } from "#server/crypto/vault.ts";
import { newId } from "#server/db/new-id.ts";
import { env } from "#server/env.ts";

async function run(...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await keysCommand(args, (line) => lines.push(line));
  return { code, said: lines.join("\n") };
}

test("an operator rotates, retires and destroys, and no key is ever printed", async () => {
  const clinicId = newId();
  // Beside the platform's own key, which every installation has.
  await createClinicKey(clinicId);
  const place = { clinic: clinicId, table: "clinic.patient", column: "nam_sealed", row: newId() };
  const sealed = sealValue(await openClinicKey(clinicId), place, "TREM12345678");
  const said: string[] = [];
  const ask = async (code: number, ...args: string[]) => {
    const answer = await run(...args);
    expect(answer.code, `${args.join(" ")}: ${answer.said}`).toBe(code);
    said.push(answer.said);
    return answer.said;
  };

  expect(await ask(0, "status")).toMatch(/v1: 2 .*current/);
  await ask(1, "retire", "v1");
  expect(await ask(0, "rotate")).toMatch(/re-wrapped: 2/);
  await ask(0, "add");
  await ask(1, "use", "v9");
  await ask(0, "use", "v3");
  expect(await ask(1, "retire", "v2")).toMatch(/still wraps 2/);
  await ask(0, "rewrap");
  await ask(0, "retire", "v1");
  await ask(0, "retire", "v2");
  processVault().opened.clear();
  expect(openText(await openClinicKey(clinicId), place, sealed)).toBe("TREM12345678");

  await ask(64, "destroy", clinicId);
  await ask(64, "destroy", clinicId, "--order", "7", "--confirm", newId());
  await ask(0, "destroy", clinicId, "--order", "7", "--confirm", clinicId);
  await expect(openClinicKey(clinicId)).rejects.toMatchObject({ code: "KeyDestroyed" });
  expect(await ask(0, "status")).toMatch(/destroyed: 1/);
  await ask(64, "constructor");

  const keys = Object.values(JSON.parse(await readFile(env().CHEVET_KEK_FILE ?? "", "utf8")).keys);
  for (const key of keys) expect(said.join()).not.toContain(key);
});

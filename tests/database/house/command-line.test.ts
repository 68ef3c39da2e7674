import { expect, test } from "vitest";
import { createClinicKey } from "#server/crypto/create-clinic-key.ts";
import { openClinicKey } from "#server/crypto/open-clinic-key.ts";
import { openText } from "#server/crypto/open-value.ts";
import { sealValue } from "#server/crypto/seal-value.ts";
import { processVault } from "#server/crypto/vault.ts";
import { newId } from "#server/db/new-id.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { makeEvents, sealEverything } from "#tests/factories/journal.ts";
import { nodeCommand } from "#tests/run/command.ts";

/** `npm run chevet -- …` as an operator types it: the real script, in a process of its own, on this file's database. */
const chevet = (...args: string[]) => nodeCommand("infra/local/chevet.mjs", args);

const operators = () =>
  asAdmin(database.adminUrl, async (admin) => {
    const found = await admin.query(
      "select u.email from host.operator o join identity.user u on u.id = o.user_id where o.revoked_at is null",
    );
    return found.rows.map(({ email }) => email);
  });

test("operator create appoints somebody, shows a new password once, and leaves an account its own", async () => {
  const first = await chevet("operator", "create", "Louise.Tremblay@exemple.quebec");
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining("http://127.0.0.1:3000/host/connexion") });
  expect(first.output).toMatch(/shown this once: ([a-z2-9]{4}-){4}[a-z2-9]{4}\n/);
  expect(await operators()).toEqual(["louise.tremblay@exemple.quebec"]);

  const again = await chevet("operator", "create", "louise.tremblay@exemple.quebec");
  expect(again).toMatchObject({ code: 0, output: expect.stringContaining("the account's own") });
  expect(again.output).not.toMatch(/([a-z2-9]{4}-){4}/);
  expect(await operators()).toHaveLength(1);
}, 120_000);

test("audit verify says what holds, and the exit code says what does not", async () => {
  const clinic = await makeClinic();
  await makeEvents(clinic.owner.ctx, 3);
  await sealEverything(clinic.id);
  const held = await chevet("audit", "verify", "--clinic", clinic.slug);
  expect(held).toMatchObject({ code: 0, output: expect.stringContaining("tient · holds") });
}, 120_000);

test("keys rotate in one process while another goes on opening what it sealed", async () => {
  const clinicId = newId();
  await createClinicKey(clinicId);
  const place = { clinic: clinicId, table: "clinic.patient", column: "nam_sealed", row: newId() };
  const sealed = sealValue(await openClinicKey(clinicId), place, "TREM12345678");
  const opens = async () => {
    processVault().opened.clear();
    return openText(await openClinicKey(clinicId), place, sealed);
  };
  expect(await chevet("keys", "rotate")).toMatchObject({ code: 0, output: expect.stringMatching(/v2 est courante/) });
  expect(await opens()).toBe("TREM12345678");
  expect(await chevet("keys", "retire", "v1")).toMatchObject({ code: 0 });
  expect(await opens()).toBe("TREM12345678");
  expect(await chevet("keys", "retire", "v2")).toMatchObject({ code: 1, output: expect.stringMatching(/\w{4}/) });
}, 120_000);

test("access matrix prints who may do what", async () => {
  const { code, output } = await chevet("access", "matrix");
  expect(code).toBe(0);
  expect(output).toMatch(/\| permission \| owner \|/);
  expect(output.split("\n").length).toBeGreaterThan(20);
}, 60_000);

test.each([
  [["operator"], /operator create <courriel · e-mail>/],
  [["operator", "create"], /operator create <courriel · e-mail>/],
  [["operator", "create", "pas-un-courriel"], /« pas-un-courriel » n’est pas une adresse de courriel/],
  [["audit", "verify", "--clinic", "nulle-part"], /No clinic at the address: nulle-part/],
  [["keys", "destroy", "x"], /--confirm/],
  [["chanter"], /Commande inconnue · Unknown command: chanter/],
  [["constructor"], /Commande inconnue/],
  [[], /npm run chevet -- keys/],
])(
  "%j is answered with a sentence and a code",
  async (args, sentence) => {
    const { code, output } = await chevet(...args);
    expect(output).toMatch(sentence);
    expect(code).toBe(64);
  },
  60_000,
);

test("a variable that is wrong is named", async () => {
  const { code, output } = await nodeCommand("infra/local/chevet.mjs", ["access", "matrix"], {
    env: { LOG_LEVEL: "fort" },
  });
  expect(output).toMatch(/LOG_LEVEL est mal écrite/);
  expect(code).toBe(78);
}, 60_000);

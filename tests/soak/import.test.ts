import { fork } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { fromRoot } from "#infra/local/paths.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { runImport } from "#server/patient-import/ask-import.ts";
import { readImport } from "#server/patient-import/read-import.ts";
import { makeClinic } from "#tests/factories/clinic.ts";
import { checkFile } from "#tests/factories/patient-import.ts";
import { rounds } from "./rounds.ts";

/** A whole register (FMF-5; 20,000 lines in `npm run soak`), its worker killed again and again: nobody is missed, nobody is there twice. */
const lines = rounds(20) * 1_000;
const deaths = rounds(5) + 2;

const file = `ID;Nom;Prénom;Date de naissance;Cellulaire\n${Array.from(
  { length: lines },
  (_, at) =>
    `${at};Roy ${at.toString(36)};Ève;19${String(40 + (at % 60))}-01-02;418555${String(at % 10_000).padStart(4, "0")}`,
).join("\n")}\n`;

it("an import whose worker is killed ends whole", async () => {
  const clinic = await makeClinic();
  const { ctx } = clinic.owner;
  const { id, version, counts } = await checkFile(clinic, file);
  expect(counts).toEqual({ ready: lines });
  await runImport(ctx, { id, version });
  const seen: number[] = [];
  for (let killed = 0; ; killed += 1) {
    const child = fork(fromRoot("tests/soak/import-worker.ts"), [clinic.id], {
      execArgv: ["--import", "tsx"],
      cwd: fromRoot("."),
      stdio: "ignore",
    });
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    await new Promise((resolve) => child.once("message", resolve));
    // Somewhere in the middle of a transaction; after enough deaths the last one is left to live.
    if (killed < deaths) {
      await sleep(500 + Math.random() * 3_000);
      child.kill("SIGKILL");
    }
    await ended;
    const { status, done } = await readImport(ctx, { id });
    seen.push(done);
    if (status === "done") break;
  }
  expect(seen).toEqual([...seen].sort((one, other) => one - other));
  expect(await readImport(ctx, { id })).toMatchObject({ status: "done", done: lines, counts: { created: lines } });
  const people = await withStaff(ctx, (db) =>
    db.patient.findMany({ where: { clinicId: clinic.id }, select: { sourceId: true, fileNumber: true } }),
  );
  expect(new Set(people.map(({ sourceId }) => sourceId)).size).toBe(lines);
  expect(new Set(people.map(({ fileNumber }) => fileNumber)).size).toBe(lines);
  expect(await withStaff(ctx, (db) => db.patientContact.count({ where: { clinicId: clinic.id } }))).toBe(lines);
});

import { expect, it } from "vitest";
import { readScreen } from "#app/clinic/[clinic]/patients/[patient]/read-screen.ts";
import { newId } from "#server/db/new-id.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { startNote } from "#server/note/start-note.ts";
import { daysAgo, makeRecord, type TestRecord } from "#tests/factories/record.ts";
import { statementsOf } from "#tests/factories/statements.ts";

it("OSC-1: the whole screen is read in as many statements for a long chart as for one that begins", async () => {
  const [short, long] = [await makeRecord(), await makeRecord()];
  await fill(short, 1);
  await fill(long, 60);
  const read = async ({ caller, patientId }: TestRecord) =>
    readScreen(caller, { me: await caller.membership.me(), patientId, appointmentId: undefined });

  await read(short);
  const screen = await read(long);
  expect(screen.notes.rows).toHaveLength(30);
  expect(screen.summary.values).toHaveLength(20);
  expect(screen.templates?.length).toBeGreaterThan(3);
  const [one, sixty] = [await statementsOf(() => read(short)), await statementsOf(() => read(long))];
  expect(sixty).toBe(one);
  // Nine calls, each a session and a transaction of its own.
  expect(one).toBeLessThanOrEqual(45);
});

/** So many notes being written, and as many values of twenty measures each. */
async function fill({ doctor, clinic, patientId }: TestRecord, count: number): Promise<void> {
  for (let nth = 0; nth < count; nth += 1)
    await startNote(doctor.ctx, {
      id: newId(),
      encounterId: newId(),
      patientId,
      appointmentId: null,
      class: "ambulatory",
      reason: "",
      template: { shipped: "soap.fr" },
      tab: newId().replaceAll("-", ""),
    });
  await withStaff(doctor.ctx, (db) =>
    db.observation.createMany({
      data: Array.from({ length: count * 20 }, (_, nth) => ({
        clinicId: clinic.id,
        id: newId(),
        patientId,
        code: `=série ${nth % 20}`,
        label: `série ${nth % 20}`,
        effectiveAt: daysAgo(nth),
        value: 7.1,
      })),
    }),
  );
}

import type { Db } from "#server/db/database.ts";

const first = 1001;

/** The clinic's next file number. Two registrations wait for each other here, and a number imported from elsewhere is skipped. */
export async function nextFileNumber(db: Db, clinicId: string): Promise<string> {
  for (;;) {
    const [row] = await db.$queryRaw<{ value: bigint }[]>`
      insert into clinic.counter (clinic_id, name, value) values (${clinicId}::uuid, 'file-number', ${first})
      on conflict (clinic_id, name) do update set value = clinic.counter.value + 1
      returning value`;
    const fileNumber = String(row?.value);
    const taken = await db.patient.findFirst({ where: { clinicId, fileNumber }, select: { id: true } });
    if (!taken) return fileNumber;
  }
}

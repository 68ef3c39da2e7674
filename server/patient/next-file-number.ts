import type { Db } from "#server/db/database.ts";

const first = 1001;

/** The clinic's next file number. Two registrations wait for each other here, and a number imported from elsewhere is skipped. */
export async function nextFileNumber(db: Db, clinicId: string): Promise<string> {
  const [number = ""] = await nextFileNumbers(db, clinicId, 1);
  return number;
}

/** So many of them, in order. */
export async function nextFileNumbers(db: Db, clinicId: string, count: number): Promise<string[]> {
  const free: string[] = [];
  while (free.length < count) {
    const wanted = count - free.length;
    const [row] = await db.$queryRaw<{ value: bigint }[]>`
      insert into clinic.counter (clinic_id, name, value) values (${clinicId}::uuid, 'file-number', ${first - 1 + wanted})
      on conflict (clinic_id, name) do update set value = clinic.counter.value + ${wanted}
      returning value`;
    const last = Number(row?.value);
    const numbers = Array.from({ length: wanted }, (_, at) => String(last - wanted + 1 + at));
    const taken = await db.patient.findMany({
      where: { clinicId, fileNumber: { in: numbers } },
      select: { fileNumber: true },
    });
    free.push(...numbers.filter((number) => !taken.some(({ fileNumber }) => fileNumber === number)));
  }
  return free;
}

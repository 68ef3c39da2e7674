import { carryLines } from "#tests/factories/patient-import.ts";

/** Carries out what is owed to one clinic's import, until it is killed or nothing is owed. */
const clinicId = process.argv[2] ?? "";
process.send?.("ready");
await carryLines({ id: clinicId });
process.exit(0);

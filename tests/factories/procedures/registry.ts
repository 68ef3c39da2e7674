import { clinicFactories } from "./clinic.ts";
import type { Factory } from "./factory.ts";
import { patientFactories } from "./patient.ts";

/** One factory per procedure, by its path. A file per noun; add yours here. */
export const procedureFactories: Readonly<Record<string, Factory>> = { ...clinicFactories, ...patientFactories };

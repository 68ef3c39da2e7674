import { sql } from "#server/db/sql.ts";

/**
 * Of `e` (chart_export): nothing that it holds was taken out of the chart, declared an error, or closed to whoever asked for it since it was asked for.
 * A file is kept for days, and what is found or wished meanwhile holds for it as for the chart: another is made. The database decides
 * (`clinic.closed_exports`), and refuses a sending by itself.
 */
export const isStillOpen = sql`not exists (select from clinic.closed_exports(e.clinic_id, array[e.id]))`;

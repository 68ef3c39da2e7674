import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { exportJournal } from "#server/audit/export-journal.ts";
import { auditFilter } from "#server/audit/schema.ts";
import type { ClinicContext } from "#server/context.ts";
import { todayIn } from "#server/patient/today.ts";
import type { ClinicDoor } from "./clinic-door.ts";

/** `GET /api/clinic/<slug>/journal.csv?from=…`: the journal as a file, under the same filter as the screen. */
export const journalDoor: ClinicDoor = {
  name: "clinic.journal-csv",
  path: /^journal\.csv$/,
  permission: "audit:export",
  async answer({ ctx, request, response, query }) {
    const filter = auditFilter.parse(Object.fromEntries([...query].filter(([, value]) => value !== "")));
    const headers = {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${fileName(ctx)}"`,
      "Cache-Control": "private, no-store",
    };
    // Asking for the head alone exports nothing, and so leaves no line.
    if (request.method === "HEAD") return void response.writeHead(200, headers).end();
    const lines = exportJournal(ctx, filter);
    // The first piece before the head: a refusal is still an answer with its own status.
    const first = await lines.next();
    response.writeHead(200, headers);
    response.write(first.value);
    await pipeline(Readable.from(lines), response);
  },
};

function fileName({ locale, clinic }: ClinicContext): string {
  const day = todayIn(clinic.timeZone);
  return locale === "fr" ? `journal-${clinic.slug}-${day}.csv` : `audit-log-${clinic.slug}-${day}.csv`;
}

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { todayIn } from "#server/patient/today.ts";
import { exportOpenings } from "#server/privacy/export-openings.ts";
import { printOpenings } from "#server/privacy/print-openings.tsx";
import { openingFilter } from "#server/privacy/schema.ts";
import type { ClinicDoor } from "./clinic-door.ts";
import { harmless } from "./harmless.ts";

/** `GET /api/clinic/<slug>/openings.csv?patientId=…`: who opened whose chart, as a file, under the same filter as the screen. */
export const openingsDoor: ClinicDoor = {
  name: "clinic.openings-csv",
  path: /^openings\.csv$/,
  permission: "privacy:manage",
  async answer({ ctx, request, response, query }) {
    const filter = openingFilter.parse(Object.fromEntries([...query].filter(([, value]) => value !== "")));
    const name = ctx.locale === "fr" ? "ouvertures-de-dossiers" : "chart-openings";
    const headers = {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}-${todayIn(ctx.clinic.timeZone)}.csv"`,
      "Cache-Control": "private, no-store",
    };
    // Asking for the head alone exports nothing, and so leaves no line.
    if (request.method === "HEAD") return void response.writeHead(200, headers).end();
    const lines = exportOpenings(ctx, filter);
    // The first piece before the head: a refusal is still an answer with its own status.
    const first = await lines.next();
    response.writeHead(200, headers);
    response.write(first.value);
    await pipeline(Readable.from(lines), response);
  },
};

/** `GET /api/clinic/<slug>/openings.pdf?patientId=…`: who opened one chart, on paper. */
export const openingsPaperDoor: ClinicDoor = {
  name: "clinic.openings-pdf",
  path: /^openings\.pdf$/,
  permission: "privacy:manage",
  async answer({ ctx, request, response, query }) {
    const filter = openingFilter.parse(Object.fromEntries([...query].filter(([, value]) => value !== "")));
    if (request.method === "HEAD") return void response.writeHead(200, harmless).end();
    const pdf = await printOpenings(ctx, filter);
    const fileName = ctx.locale === "fr" ? "ouvertures-du-dossier" : "chart-openings";
    response.writeHead(200, {
      ...harmless,
      "Content-Type": "application/pdf",
      "Content-Length": String(pdf.length),
      "Content-Disposition": `attachment; filename="${fileName}-${todayIn(ctx.clinic.timeZone)}.pdf"`,
    });
    response.end(pdf);
  },
};

import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { exportRegister } from "#server/communication/read-register.ts";
import { registerFilter } from "#server/communication/schema.ts";
import { todayIn } from "#server/patient/today.ts";
import type { ClinicDoor } from "./clinic-door.ts";

/** `GET /api/clinic/<slug>/communications.csv?from=…`: the register of communications as a file, under the same filter as the screen. */
export const registerDoor: ClinicDoor = {
  name: "communication.register-csv",
  path: /^communications\.csv$/,
  permission: "privacy:manage",
  async answer({ ctx, request, response, query }) {
    const filter = registerFilter.parse(Object.fromEntries([...query].filter(([, value]) => value !== "")));
    const day = todayIn(ctx.clinic.timeZone);
    const name = ctx.locale === "fr" ? "registre-communications" : "communications-register";
    const headers = {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}-${ctx.clinic.slug}-${day}.csv"`,
      "Cache-Control": "private, no-store",
    };
    if (request.method === "HEAD") return void response.writeHead(200, headers).end();
    const lines = exportRegister(ctx, filter);
    // The first piece before the head: a refusal is still an answer with its own status.
    const first = await lines.next();
    response.writeHead(200, headers);
    response.write(first.value);
    await pipeline(Readable.from(lines), response);
  },
};

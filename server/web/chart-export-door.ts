import { pipeline } from "node:stream/promises";
import { fetchExport } from "#server/chart-export/ask-export.ts";
import { getFile } from "#server/storage/get-file.ts";
import type { ClinicDoor } from "./clinic-door.ts";
import { attachment, harmless } from "./harmless.ts";

const names = { fr: "dossier", en: "chart" } as const;

/** `GET /api/clinic/<slug>/chart-exports/<id>.pdf`: the whole chart that this person asked for. Its name names nobody. */
export const chartExportDoor: ClinicDoor = {
  name: "chart-export.file",
  path: /^chart-exports\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.pdf$/,
  permission: "chart:read",
  async answer({ ctx, request, response, params: [id = ""] }) {
    if (request.method === "HEAD") return void response.writeHead(200, harmless).end();
    const file = await fetchExport(ctx, id);
    const content = await getFile(ctx, file);
    response.writeHead(200, {
      ...harmless,
      "Content-Type": file.mediaType,
      "Content-Length": String(file.sizeBytes),
      "Content-Disposition": attachment({ ...file, fileName: names[ctx.locale], id }),
    });
    await pipeline(content, response);
  },
};

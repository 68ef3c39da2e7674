import { printFax } from "#server/communication/fax/print-fax.ts";
import type { ClinicDoor } from "./clinic-door.ts";
import { harmless } from "./harmless.ts";

/** `GET /api/clinic/<slug>/communications/<id>/fax.pdf`: the cover sheet and the documents behind it, to be printed and faxed by hand. */
export const faxDoor: ClinicDoor = {
  name: "communication.fax",
  path: /^communications\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/fax\.pdf$/,
  permission: "document:file",
  async answer({ ctx, request, response, params: [id = ""] }) {
    // Asking for the head alone prints nothing, and so leaves no line.
    if (request.method === "HEAD") return void response.writeHead(200, harmless).end();
    const { pdf } = await printFax(ctx, id);
    response
      .writeHead(200, {
        ...harmless,
        "Content-Type": "application/pdf",
        "Content-Length": String(pdf.byteLength),
        "Content-Disposition": `attachment; filename="${id}.pdf"`,
      })
      .end(pdf);
  },
};

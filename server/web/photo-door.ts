import { patientVersionRef } from "#server/patient/schema.ts";
import { setPhoto } from "#server/patient/set-photo.ts";
import { MAX_IMAGE_BYTES } from "#server/storage/clean-image.ts";
import { answerJson } from "./answer-json.ts";
import type { ClinicDoor } from "./clinic-door.ts";
import { readBody } from "./read-body.ts";

/** `PUT /api/clinic/<slug>/patients/<id>/photo?version=3`: the picture itself is the body. */
export const photoDoor: ClinicDoor = {
  name: "patient.photo",
  path: /^patients\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/photo$/,
  permission: "patient:write",
  takes: /^image\/(png|jpeg|webp)$/,
  async answer({ ctx, request, response, params: [id], query }) {
    const input = patientVersionRef.parse({ id, version: Number(query.get("version")) });
    const { photoFileId, version } = await setPhoto(ctx, input, await readBody(request, MAX_IMAGE_BYTES));
    answerJson(response, 200, { photoFileId, version });
  },
};

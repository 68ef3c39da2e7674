import { signatureInput } from "#server/practitioner/schema.ts";
import { setSignature } from "#server/practitioner/set-signature.ts";
import { MAX_IMAGE_BYTES } from "#server/storage/clean-image.ts";
import { answerJson } from "./answer-json.ts";
import type { ClinicDoor } from "./clinic-door.ts";
import { readBody } from "./read-body.ts";

/** `PUT /api/clinic/<slug>/practitioners/<id>/signature?version=3`: the picture itself is the body. The verb says whose it may be. */
export const signatureDoor: ClinicDoor = {
  name: "practitioner.signature",
  path: /^practitioners\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\/signature$/,
  permission: "practitioner:list",
  takes: /^image\/(png|jpeg|webp)$/,
  async answer({ ctx, request, response, params: [id], query }) {
    const input = signatureInput.parse({ id, version: Number(query.get("version")) });
    answerJson(response, 200, await setSignature(ctx, input, await readBody(request, MAX_IMAGE_BYTES)));
  },
};

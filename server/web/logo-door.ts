import { setLogo } from "#server/clinic/set-logo.ts";
import { MAX_IMAGE_BYTES } from "#server/storage/clean-image.ts";
import { answerJson } from "./answer-json.ts";
import type { ClinicDoor } from "./clinic-door.ts";
import { readBody } from "./read-body.ts";

/** `PUT /api/clinic/<slug>/logo`: the picture itself is the body. */
export const logoDoor: ClinicDoor = {
  name: "clinic.logo",
  path: /^logo$/,
  permission: "clinic:manage",
  takes: /^image\/(png|jpeg|webp)$/,
  async answer({ ctx, request, response }) {
    answerJson(response, 200, await setLogo(ctx, await readBody(request, MAX_IMAGE_BYTES)));
  },
};

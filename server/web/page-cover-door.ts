import { addCover } from "#server/public-page/add-cover.ts";
import { MAX_IMAGE_BYTES } from "#server/storage/clean-image.ts";
import { answerJson } from "./answer-json.ts";
import type { ClinicDoor } from "./clinic-door.ts";
import { readBody } from "./read-body.ts";

/** `PUT /api/clinic/<slug>/page-cover`: the picture itself is the body. */
export const pageCoverDoor: ClinicDoor = {
  name: "page.cover",
  path: /^page-cover$/,
  permission: "page:manage",
  takes: /^image\/(png|jpeg|webp)$/,
  async answer({ ctx, request, response }) {
    answerJson(response, 200, await addCover(ctx, await readBody(request, MAX_IMAGE_BYTES)));
  },
};

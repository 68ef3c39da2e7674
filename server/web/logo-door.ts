import type { IncomingMessage } from "node:http";
import { setLogo } from "#server/clinic/set-logo.ts";
import { invalid } from "#server/errors.ts";
import { MAX_IMAGE_BYTES } from "#server/storage/clean-image.ts";
import { answerJson } from "./answer-json.ts";
import type { ClinicDoor } from "./clinic-door.ts";

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

/** The whole body, refused as soon as it is longer than it may be. */
async function readBody(request: IncomingMessage, most: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > most) throw invalid("file.tooLarge", { file: "file.tooLarge" });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

import { PART_BYTES, partInput } from "#server/document/schema.ts";
import { receivePart } from "#server/document/upload/receive-part.ts";
import { answerJson } from "./answer-json.ts";
import type { ClinicDoor } from "./clinic-door.ts";
import { readBody } from "./read-body.ts";

/** `PUT /api/clinic/<slug>/uploads/<id>?offset=2097152`: one part of a file is the body. The answer says from where the next goes on. */
export const uploadDoor: ClinicDoor = {
  name: "document.part",
  path: /^uploads\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/,
  permission: "document:file",
  takes: /^application\/octet-stream$/,
  async answer({ ctx, request, response, params: [id], query }) {
    const input = partInput.parse({ id, offset: Number(query.get("offset")) });
    answerJson(response, 200, await receivePart(ctx, input, () => readBody(request, PART_BYTES)));
  },
};

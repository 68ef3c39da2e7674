import { beginImport } from "#server/patient-import/begin-import.ts";
import { mostBytes } from "#server/patient-import/schema.ts";
import { answerJson } from "./answer-json.ts";
import type { ClinicDoor } from "./clinic-door.ts";
import { readBody } from "./read-body.ts";

/** `PUT /api/clinic/<slug>/patient-import?name=patients.csv`: the file itself is the body, in whatever encoding it was written. */
export const importDoor: ClinicDoor = {
  name: "patient.import",
  path: /^patient-import$/,
  permission: "patient:import",
  takes: /^text\/csv$/,
  async answer({ ctx, request, response, query }) {
    const content = await readBody(request, mostBytes);
    answerJson(response, 200, await beginImport(ctx, query.get("name") ?? "", content));
  },
};

import type { IncomingMessage } from "node:http";
import { invalid } from "#server/errors.ts";

/** The whole body, refused as soon as it is longer than it may be. @throws Invalid `file.tooLarge` */
export async function readBody(request: IncomingMessage, most: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > most) throw invalid("file.tooLarge", { file: "file.tooLarge" });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

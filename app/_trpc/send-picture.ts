import { sessionGate } from "../_session/session-gate.ts";
import { networkError, type ToldError } from "./use-error-text.ts";

export interface PictureAnswer<Body> {
  readonly body?: Body;
  readonly refusal?: ToldError;
}

/** Puts a picture through its door; a refusal comes back as the door told it. */
export async function sendPicture<Body>(address: string, file: File): Promise<PictureAnswer<Body>> {
  try {
    const response = await fetch(address, {
      method: "PUT",
      headers: { ...sessionGate.personHeader(), "content-type": file.type || "application/octet-stream" },
      body: file,
    });
    if (response.ok) return { body: (await response.json()) as Body };
    if (response.status === 415) return { refusal: { code: "Invalid", key: "file.type", fields: {}, details: {} } };
    return { refusal: ((await response.json()) as { error: ToldError }).error };
  } catch {
    return { refusal: networkError };
  }
}

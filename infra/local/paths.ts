import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's root folder. */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[\\/]$/, "");

/** An absolute path from one that may be relative to the checkout. */
export function fromRoot(path: string): string {
  return resolve(root, path);
}

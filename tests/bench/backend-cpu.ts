import { readFileSync } from "node:fs";

/**
 * CPU milliseconds that a process has used so far, to the nanosecond (Linux; NaN elsewhere). Unlike the time on the wall it
 * does not count what other processes of a busy machine take.
 */
export function cpuOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6;
  } catch {
    return Number.NaN;
  }
}

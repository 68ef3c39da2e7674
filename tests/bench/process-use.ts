import { readdirSync, readFileSync } from "node:fs";

/** What Linux says that a process used; NaN on other systems, and shown as missing. */

/**
 * CPU milliseconds that a process and all of its threads have used so far. Unlike the time on the wall it does not count
 * what other processes of a busy machine take.
 */
export function cpuOf(pid: number): number {
  return orMissing(() =>
    readdirSync(`/proc/${pid}/task`)
      .map((thread) => Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]) / 1e6)
      .reduce((sum, one) => sum + one, 0),
  );
}

/** Megabytes of memory that are in the machine for this process alone or with others (RSS). */
export function residentOf(pid: number): number {
  return orMissing(() => kilobytes(readFileSync(`/proc/${pid}/status`, "utf8"), "VmRSS") / 1024);
}

/** PostgreSQL's own use: shared pages are counted once over its processes (the sum of Pss), and how much of it is shared buffers. */
export function memoryOfPostgres(postmaster: number): { total: number; shared: number } {
  const parts = childrenOf(postmaster).map((pid) => {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
      return { total: kilobytes(rollup, "Pss"), shared: kilobytes(rollup, "Pss_Shmem") };
    } catch {
      // It ended meanwhile.
      return { total: 0, shared: 0 };
    }
  });
  const sum = (of: (part: { total: number; shared: number }) => number) =>
    parts.reduce((all, part) => all + of(part), 0) / 1024;
  return { total: sum((part) => part.total), shared: sum((part) => part.shared) };
}

/** The CPU of a PostgreSQL: its postmaster and the processes that it has now. */
export function cpuOfPostgres(postmaster: number): Map<number, number> {
  return new Map(childrenOf(postmaster).map((pid) => [pid, cpuOf(pid)]));
}

function childrenOf(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
    return [pid, ...children.map(Number)];
  } catch {
    return [];
  }
}

function kilobytes(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? Number.NaN);
}

function orMissing(read: () => number): number {
  try {
    return read();
  } catch {
    return Number.NaN;
  }
}

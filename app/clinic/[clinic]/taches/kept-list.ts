import { type TaskList, taskLists } from "#server/task/schema.ts";

const keyOf = (clinicId: string, userId: string) => `chevet-tasks ${clinicId} ${userId}`;

/** Which list this person last looked at, on this device and in this clinic. A browser that keeps nothing remembers nothing. */
export function readKept(clinicId: string, userId: string): TaskList {
  try {
    const kept = localStorage.getItem(keyOf(clinicId, userId));
    return taskLists.find((one) => one === kept) ?? "mine";
  } catch {
    return "mine";
  }
}

export function keep(clinicId: string, userId: string, list: TaskList): void {
  try {
    localStorage.setItem(keyOf(clinicId, userId), list);
  } catch {
    // A full or closed store: the next visit begins with one's own.
  }
}

import { describe, expect, it } from "vitest";
import { readQuickLine } from "#server/quick-add/read-quick-line.ts";
import { addToDay, nextDue } from "#server/task/next-due.ts";
import { readDue } from "#server/task/read-due.ts";

// A Monday.
const today = "2026-11-30";

describe("the day at the end of a line", () => {
  it.each([
    ["rappeler dans 2 sem", "rappeler", "2026-12-14"],
    ["Rappeler le patient dans deux semaines", "Rappeler le patient", "2026-12-14"],
    ["Écho cœur : dans 3 mois", "Écho cœur", "2027-02-28"],
    ["INR dans 10 j", "INR", "2026-12-10"],
    ["call back in a week", "call back", "2026-12-07"],
    ["call back in 2 wks", "call back", "2026-12-14"],
    ["revoir dans un an", "revoir", "2027-11-30"],
    ["appeler demain", "appeler", "2026-12-01"],
    ["appeler après-demain", "appeler", "2026-12-02"],
    ["appeler aujourd’hui", "appeler", "2026-11-30"],
    ["appeler jeudi", "appeler", "2026-12-03"],
    ["appeler lundi", "appeler", "2026-12-07"],
    ["call on Monday", "call", "2026-12-07"],
    ["formulaire pour le 2026-12-03", "formulaire", "2026-12-03"],
  ])("%s", (line, rest, dueOn) => expect(readDue(line, today)).toEqual({ rest, dueOn }));

  it.each(["rappeler", "formulaire 2026-02-30", "dans 2 sem rappeler", "mardi gras à préparer", "in 2"])(
    "is none in « %s »",
    (line) => expect(readDue(line, today)).toBeUndefined(),
  );
});

describe("OSC-1: a tickler in the quick-add bar", () => {
  it.each([
    ["tâche rappeler dans 2 sem", "Rappeler", "2026-12-14"],
    ["task call back in 2 weeks", "Call back", "2026-12-14"],
    ["rappel vérifier le formulaire", "Vérifier le formulaire", null],
    ["tâche demain", "Demain", null],
  ])("%s", (line, title, dueOn) =>
    expect(readQuickLine(line, today)).toEqual({ is: "sure", meaning: { kind: "task", title, dueOn } }),
  );
});

describe("the next of a row", () => {
  const row = { from: "2026-01-31", every: 1, unit: "month" as const, until: null };
  it("keeps its day, at the end of shorter months too", () => {
    expect(nextDue(row, "2026-01-31", "2026-01-31")).toBe("2026-02-28");
    expect(nextDue(row, "2026-02-28", "2026-02-20")).toBe("2026-03-31");
  });
  it("done late, is the next that is not past", () =>
    expect(nextDue({ ...row, from: "2026-11-02", unit: "week", every: 1 }, "2026-11-02", "2026-11-25")).toBe(
      "2026-11-30",
    ));
  it("done early, comes after the one that was due", () =>
    expect(nextDue({ ...row, from: "2026-12-07", unit: "day", every: 3 }, "2026-12-07", "2026-11-30")).toBe(
      "2026-12-10",
    ));
  it("ends with its last day", () => {
    const ending = { ...row, from: "2026-11-02", unit: "week" as const, until: "2026-11-16" };
    expect(nextDue(ending, "2026-11-09", "2026-11-09")).toBe("2026-11-16");
    expect(nextDue(ending, "2026-11-16", "2026-11-16")).toBeNull();
  });
  it("never goes back, wherever it begins", () => {
    for (const unit of ["day", "week", "month"] as const)
      for (let every = 1; every < 14; every += 3)
        for (let late = 0; late < 400; late += 37) {
          const now = addToDay("2026-01-31", late, "day");
          const next = nextDue({ from: "2026-01-31", every, unit, until: null }, "2026-01-31", now) ?? "";
          expect(next > "2026-01-31" && next >= now).toBe(true);
          // The one before it would have been past, or the one that was done.
          expect(next <= addToDay(now > "2026-01-31" ? now : "2026-01-31", every, unit)).toBe(true);
        }
  });
});

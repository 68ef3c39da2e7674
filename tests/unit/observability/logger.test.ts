import { describe, expect, test } from "vitest";
import { createLogger, type LogFields } from "#server/logger.ts";

function logOf(act: (log: ReturnType<typeof createLogger>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  act(createLogger({ write: (line: string) => void lines.push(line) }, "debug"));
  return lines.map((line) => JSON.parse(line));
}

describe("the log", () => {
  test("is one object per line, with the fields that were allowed", () => {
    const requestId = "01a2098f-150c-7033-b4b3-5c5d1aafb672";
    const [line] = logOf((log) => log.with({ requestId }).info("job.done", { job: "deliver-mail", durationMs: 12 }));
    expect(line).toMatchObject({ level: "info", event: "job.done", requestId, job: "deliver-mail", durationMs: 12 });
    expect(Date.parse(String(line?.time))).not.toBeNaN();
  });

  test("drops a field that nobody allowed, and a value that looks like somebody's", () => {
    const careless = {
      patient: { name: "Zoé Canari", nam: "CANZ 9001 0112" },
      email: "zoe@exemple.quebec",
      code: "zoe@exemple.quebec",
      kind: "Zoé Canari",
      door: "le dossier de Zoé",
      count: "douze",
    } as unknown as LogFields;
    const [line] = logOf((log) => log.info("careless.line", careless));
    expect(Object.keys(line ?? {}).sort()).toEqual(["event", "level", "time"]);
  });

  test("says where an error was thrown, and not what it said", () => {
    const error = Object.assign(
      new Error("Key (email)=(zoe@exemple.quebec) already exists.\n    at Zoé Canari, 12 rue du Parc"),
      { code: "23505" },
    );
    const [line] = logOf((log) => log.error("db.failed", {}, error));
    expect(line).toMatchObject({ error: { code: "23505" } });
    expect(JSON.stringify(line)).toContain("logger.test.ts");
    expect(JSON.stringify(line)).not.toMatch(/zoe|Zoé|rue du Parc/);
  });

  test("does not write a sentence in place of an event's name", () => {
    const [line] = logOf((log) => log.info("Zoé Canari est arrivée. Bien." as `${string}.${string}`));
    expect(line?.event).toBe("log.unnamed");
  });
});

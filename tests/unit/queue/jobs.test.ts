import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fromRoot } from "#infra/local/paths.ts";
import type { Job } from "#server/queue/define-job.ts";
import { ids, noIds } from "#server/queue/ids.ts";
import { declaredJobs, jobFiles, serverSources } from "#tests/factories/declared-jobs.ts";

const files = jobFiles();
const modules = await Promise.all(files.map((file) => import(/* @vite-ignore */ file)));
const declared = await declaredJobs();
const jobs = declared.filter((job): job is Job => job.kind === "job");
const id = "01a2098f-150c-7033-b4b3-5c5d1aafb672";

describe("every job", () => {
  test("is found, and declared in a jobs.ts only", () => {
    expect(declared.length).toBeGreaterThan(3);
    const strays = serverSources().filter(
      (file) => !files.includes(file) && /\bdefine(Recurring)?Job\(\{/.test(readFileSync(file, "utf8")),
    );
    expect(strays).toEqual([]);
  });

  test("has a name of its own, in one form", () => {
    const names = declared.map((job) => job.name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  test.each(jobs.map((job) => [job.name, job] as const))("%s carries ids and nothing else", (_, job) => {
    const names = Object.keys(job.payload.shape);
    const good = Object.fromEntries(names.map((name) => [name, id]));
    expect(job.payload.parse(good)).toEqual(good);
    for (const name of names) {
      expect(name).toMatch(/Id$/);
      for (const bad of ["Zoé Canari", "zoe@exemple.quebec", "ABCD 1234 5678", "", 12, true, null, [id], { id }]) {
        expect(job.payload.safeParse({ ...good, [name]: bad }).success).toBe(false);
      }
    }
    expect(job.payload.safeParse({ ...good, note: "texte" }).success).toBe(false);
  });

  test.each(jobs.map((job) => [job.name, job] as const))("%s is tried more than once, and not for ever", (_, job) => {
    expect(job.retry.attempts).toBeGreaterThan(1);
    expect(job.retry.attempts).toBeLessThan(30);
    expect(job.retry.firstDelayMs).toBeGreaterThan(0);
  });

  test("has a handler in the worker", () => {
    const worker = readFileSync(fromRoot("server/worker.ts"), "utf8");
    for (const module of modules) {
      for (const exported of Object.keys(module))
        expect(worker).toMatch(new RegExp(`handle(Recurring)?\\(${exported}\\b`));
    }
  });
});

describe("ids", () => {
  test("accepts the named ids only", () => {
    const schema = ids("userId", "clinicId");
    expect(schema.parse({ userId: id, clinicId: id })).toEqual({ userId: id, clinicId: id });
    expect(() => schema.parse({ userId: id })).toThrow(z.ZodError);
    expect(() => noIds.parse({ userId: id })).toThrow(z.ZodError);
  });
});

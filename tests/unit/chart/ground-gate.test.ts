import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { beforeAll, expect, it } from "vitest";
import { groundGate, groundLink } from "#app/_ground/ground-gate.ts";
import type { AppRouter } from "#server/trpc/router.ts";

const patientId = "01a22de3-e9a8-7142-b500-1be1a1726f95";
/** A server that knows no ground. */
const refuses: TRPCLink<AppRouter> = () => () =>
  observable((observer) => {
    const data = { code: "PRECONDITION_FAILED", domain: { key: "chart.reasonNeeded", details: { patientId } } };
    observer.error(TRPCClientError.from({ error: { code: -32_000, message: "chart.reasonNeeded", data } } as never));
  });
const client = createTRPCClient<AppRouter>({ links: [groundLink, refuses] });
const read = () => client.task.list.query({ list: "all", patientId, refresh: true });

beforeAll(() => {
  groundGate.watch();
});

it("asks in place for what a person reads without a ground, and gives the refusal on when they do not say it", async () => {
  const reading = read();
  expect(groundGate.patient()).toBe(patientId);
  groundGate.settle(patientId, false);
  await expect(reading).rejects.toThrow("chart.reasonNeeded");
  expect(groundGate.patient()).toBeNull();
});

it("asks nobody for what is read again because something changed elsewhere", async () => {
  let reading: Promise<unknown> = Promise.resolve();
  groundGate.quietly(() => {
    reading = read();
  });
  await expect(reading).rejects.toThrow("chart.reasonNeeded");
  expect(groundGate.patient()).toBeNull();
});

import type { ServerResponse } from "node:http";
import { requirePermission } from "#server/access/require-permission.ts";
import { allTopics, listenSchedule, type ScheduleEar, type Topic } from "#server/db/listen-schedule.ts";
import { conflict } from "#server/errors.ts";
import { identifyMember } from "#server/trpc/identify.ts";
import { callContext } from "./call-context.ts";
import type { ClinicDoor } from "./clinic-door.ts";

/** The live door of one process: how it is closed when the process stops. */
export interface LiveDoor extends ClinicDoor {
  close(): Promise<void>;
}

interface Times {
  /** A booking is several writes: told once. */
  readonly foldMs: number;
  /** How often the session and the membership are looked at again. */
  readonly recheckMs: number;
  /** What a proxy waits for before it gives a silent connection up. */
  readonly heartbeatMs: number;
}

/** Windows of one session. The next is refused: a browser opens six connections to one server, and needs some for its work. */
const mostPerSession = 4;
const mostPerProcess = 10_000;
/** A reader who takes nothing is let go, before it fills the memory. */
const mostUnread = 64 * 1024;

/**
 * `GET /api/clinic/<slug>/live`: server-sent events that say that the clinic's agenda changed, its documents, tasks, discussions or notes being written, and nothing of what:
 * whoever hears reads again, under their own rights. `ready` once the line stands, the topic's name for each change (a second at most after it), `end` before the
 * server closes it for good: the session ended or was locked, or the person may no longer read the agenda.
 * One connection to PostgreSQL per process hears for all; it is opened with the first reader.
 */
export function createLiveDoor({ foldMs, recheckMs, heartbeatMs }: Times): LiveDoor {
  const readers = new Map<string, Set<ServerResponse>>();
  const perSession = new Map<string, number>();
  const folding = new Map<string, NodeJS.Timeout>();
  let ear: ScheduleEar | undefined;
  let told = 0;
  let total = 0;
  let closed = false;

  function tell(clinicId: string, topic: Topic): void {
    const key = `${clinicId} ${topic}`;
    if (folding.has(key) || !readers.has(clinicId)) return;
    const timer = setTimeout(() => {
      folding.delete(key);
      told += 1;
      for (const response of readers.get(clinicId) ?? []) {
        if (response.writableLength > mostUnread) response.destroy();
        else response.write(`id: ${told}\nevent: ${topic}\ndata: {}\n\n`);
      }
    }, foldMs);
    folding.set(key, timer);
  }

  return {
    name: "clinic.live",
    path: /^live$/,
    permission: "appointment:read",
    background: true,
    async answer({ ctx, request, response }) {
      const head = {
        "Content-Type": "text/event-stream",
        "Cache-Control": "no-store",
        // Some proxies keep an answer back until it is whole.
        "X-Accel-Buffering": "no",
      };
      if (request.method === "HEAD") return void response.writeHead(200, head).end();
      const [clinicId, sessionId] = [ctx.clinic.id, ctx.session.id];
      const open = perSession.get(sessionId) ?? 0;
      if (closed || open >= mostPerSession || total >= mostPerProcess) throw conflict("appointment.tooManyViews");
      ear ??= listenSchedule(tell, () => {
        for (const id of readers.keys()) for (const topic of allTopics) tell(id, topic);
      });
      perSession.set(sessionId, open + 1);
      total += 1;
      const here = readers.get(clinicId) ?? new Set();
      readers.set(clinicId, here.add(response));
      const call = { ...callContext(request, response, ctx.clinic.slug), background: true };
      const beat = setInterval(() => response.write(":\n\n"), heartbeatMs);
      const look = setInterval(async () => {
        try {
          requirePermission(await identifyMember(call), "appointment:read");
        } catch {
          response.end("event: end\ndata: {}\n\n");
        }
      }, recheckMs);
      response.once("close", () => {
        clearInterval(beat);
        clearInterval(look);
        here.delete(response);
        if (here.size === 0 && readers.get(clinicId) === here) readers.delete(clinicId);
        const left = (perSession.get(sessionId) ?? 1) - 1;
        if (left > 0) perSession.set(sessionId, left);
        else perSession.delete(sessionId);
        total -= 1;
      });
      request.socket.setNoDelay(true);
      response.writeHead(200, head);
      response.write("retry: 2000\nevent: ready\ndata: {}\n\n");
    },
    async close() {
      closed = true;
      for (const timer of folding.values()) clearTimeout(timer);
      for (const responses of readers.values()) for (const response of responses) response.end();
      await ear?.close();
    },
  };
}

/** The process's own. */
export const liveDoor: LiveDoor = createLiveDoor({ foldMs: 50, recheckMs: 15_000, heartbeatMs: 20_000 });

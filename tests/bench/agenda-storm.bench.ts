import { seededChance } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { makeAgendaClinic } from "./agenda-clinic.ts";
import { type Bench, percentiles, timed } from "./measure.ts";
import { serveWorld } from "./served-world.ts";
import { connect, openWorld } from "./world.ts";

const gestures = Number(process.env.CHEVET_STORM ?? 10_000);
const atOnce = 16;
/** A session may make so many changes a minute. */
const sessions = 40;

interface Known {
  readonly id: string;
  readonly sittingId: string;
  version: number;
  sittingVersion: number;
  changes: number;
  off: boolean;
}

/**
 * Ten thousand bookings, moves and cancellations at random over practitioners and rooms that they share, through the real door of two web
 * processes: nothing is booked twice, no change is lost, nobody is shown a deadlock. Throws when it is not so.
 */
export const run: Bench["run"] = async () => {
  const world = await openWorld({ folder: ".chevet/bench-slots", plan: { clinics: 2, patients: 400, largest: 300 } });
  const made = await makeAgendaClinic(world.adminUrl, world.large);
  const served = await serveWorld(world, 2);
  const admin = await connect(world.adminUrl);
  try {
    const cookies = [served.cookie];
    while (cookies.length < sessions) cookies.push(await served.openSession());
    const chance = seededChance(gestures);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)] as T;
    const known: Known[] = [];
    const durations: number[] = [];
    const answers = new Map<string, number>();
    const deadlocks = async () =>
      Number(
        (await admin.query("select deadlocks from pg_stat_database where datname = current_database()")).rows[0]
          .deadlocks,
      );
    const before = await deadlocks();

    async function call(name: string, input: object): Promise<Record<string, unknown> | undefined> {
      let body: { result?: { data: { json: Record<string, unknown> } }; error?: { json: { message: string } } } = {};
      const took = await timed(async () => {
        const answer = await fetch(`${pick(served.urls)}/api/clinic/${world.large.slug}/trpc/appointment.${name}`, {
          method: "POST",
          headers: { cookie: pick(cookies), origin: served.url, "content-type": "application/json" },
          body: JSON.stringify({ json: input }),
        });
        body = (await answer.json()) as typeof body;
      });
      durations.push(took);
      const said = `${name}: ${body.error?.json.message ?? "done"}`;
      answers.set(said, (answers.get(said) ?? 0) + 1);
      return body.result?.data.json;
    }

    async function gesture(): Promise<void> {
      const standing = known.filter(({ off }) => !off || chance() < 0.05);
      const one = standing.length > 0 ? pick(standing) : undefined;
      const when = {
        date: `2028-05-${String(1 + Math.floor(chance() * 5)).padStart(2, "0")}`,
        minute: 480 + 5 * Math.floor(chance() * 105),
      };
      const resourceId = chance() < 0.5 ? pick(made.practitioners.slice(0, 6)) : undefined;
      const dice = chance();
      if (!one || dice < 0.45) {
        const [id, sittingId] = [newId(), newId()];
        const who = {
          serviceId: pick([made.plain, made.withRoom, made.two]),
          locationId: made.locationId,
          patientId: pick(made.patients),
        };
        const booked = await call("book", {
          id,
          sittingId,
          ...who,
          ...when,
          resourceId: resourceId ?? pick(made.practitioners.slice(0, 6)),
        });
        if (booked) known.push({ id, sittingId, version: 1, sittingVersion: 1, changes: 0, off: false });
      } else if (dice < 0.75) {
        const moved = await call("move", {
          sittingId: one.sittingId,
          version: one.sittingVersion,
          ...when,
          resourceId,
        });
        if (!moved) return;
        one.sittingVersion = Number(moved.version);
        one.changes += 1;
      } else {
        const gone = await call("cancel", { id: one.id, version: one.version, by: "patient" });
        if (!gone) return;
        one.version = Number(gone.version);
        one.changes += 1;
        one.off = true;
      }
    }

    let left = gestures;
    const started = performance.now();
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (left-- > 0) await gesture();
      }),
    );
    const seconds = (performance.now() - started) / 1000;
    const problems = [...answers.keys()].filter(
      (said) => !/: (done|appointment\.taken|stale|appointment\.notStanding)$/.test(said),
    );
    if (problems.length > 0) throw new Error(`unexpected answers: ${problems.join(", ")}`);
    if ((await deadlocks()) !== before) throw new Error("PostgreSQL broke a deadlock");
    const overlaps = await admin.query(
      `select 1 from clinic.occupancy a join clinic.occupancy b on b.clinic_id = a.clinic_id and b.resource_id = a.resource_id and b.id > a.id
         and b.starts_at < a.ends_at and b.ends_at > a.starts_at where a.clinic_id = $1 and a.starts_at >= '2028-05-01' limit 1`,
      [world.large.id],
    );
    if (overlaps.rowCount) throw new Error("something is booked twice");
    const { rows } = await admin.query<{ id: string; version: number }>(
      "select id, version from clinic.sitting where clinic_id = $1 and id = any ($2)",
      [world.large.id, known.map(({ sittingId }) => sittingId)],
    );
    const versions = new Map(rows.map(({ id, version }) => [id, version]));
    const lost = known.filter(({ sittingId, changes }) => versions.get(sittingId) !== changes + 1);
    if (lost.length > 0) throw new Error(`${lost.length} sittings lost a change`);
    const note = [...answers]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([said, count]) => `${said} ${count}`)
      .join("; ");
    return {
      rows: [
        {
          name: `${gestures} bookings, moves and cancellations over two web processes, ${atOnce} at once`,
          ...percentiles(durations),
          rate: gestures / seconds,
          value: "no overlap, no lost change, no deadlock",
          note,
        },
      ],
    };
  } finally {
    await admin.end();
    await served.stop();
    await world.stop();
  }
};

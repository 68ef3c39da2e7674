import { seededChance } from "#prisma/seed/fictional-patient.ts";
import { newId } from "#server/db/new-id.ts";
import { type AgendaClinic, makeAgendaClinic } from "./agenda-clinic.ts";
import { openBusyHost } from "./busy-host.ts";
import { countOverlaps } from "./count-overlaps.ts";
import { type Bench, percentiles, timed } from "./measure.ts";
import { serveWorld } from "./served-world.ts";
import { connect } from "./world.ts";

const gestures = Number(process.env.CHEVET_STORM ?? 10_000);
const atOnce = 16;
/** A session may make so many changes a minute. */
const sessions = 40;

type Admin = Awaited<ReturnType<typeof connect>>;

interface Known {
  readonly id: string;
  readonly sittingId: string;
  version: number;
  sittingVersion: number;
  changes: number;
  off: boolean;
}

/**
 * Ten thousand bookings, moves and cancellations at random over practitioners, rooms and devices that they share, through the real door of
 * two web processes: nothing is booked twice, no change is lost, nobody is shown a deadlock or told of an error of ours.
 */
export const run: Bench["run"] = async () => {
  const world = await openBusyHost();
  const made = await makeAgendaClinic(world.adminUrl, world.large);
  const served = await serveWorld(world, 2);
  const admin = await connect(world.adminUrl);
  try {
    await emptyDays(admin, world.large.id);
    const withDevice = await serviceWithDevice(admin, world.large.id, made);
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
    const count = (list: readonly string[]) => list.reduce((sum, said) => sum + (answers.get(said) ?? 0), 0);

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
          serviceId: pick([made.plain, made.withRoom, made.two, withDevice]),
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
    const wrong = [...answers.keys()].filter(
      (said) => !/: (done|appointment\.taken|stale|appointment\.notStanding)$/.test(said),
    );
    const broken = (await deadlocks()) - before;
    const twice = await countOverlaps(admin, world.large.id);
    const { rows } = await admin.query<{ id: string; version: number; taken: number }>(
      `select s.id, s.version, (select count(*)::int from clinic.occupancy o where o.clinic_id = s.clinic_id and o.sitting_id = s.id) as taken
         from clinic.sitting s where s.clinic_id = $1 and s.local_date between '2028-05-01' and '2028-05-05'`,
      [world.large.id],
    );
    const kept = new Map(rows.map((row) => [row.id, row]));
    // What was told is what is there: each change once, and what stands takes something, what is off nothing.
    const lost = known.filter(({ sittingId, changes, off }) => {
      const row = kept.get(sittingId);
      return row?.version !== changes + 1 || row.taken > 0 === off;
    });
    const untold = rows.length - known.length;
    const faults = [
      `${twice} overlaps`,
      `${lost.length} lost changes`,
      `${untold} never told`,
      `${broken} deadlocks`,
      `${count(wrong)} other answers`,
    ];
    const note = [...answers]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([said, times]) => `${said} ${times}`)
      .join("; ");
    return {
      rows: [
        {
          name: `${gestures} bookings, moves and cancellations over two web processes, ${atOnce} at once`,
          ...percentiles(durations),
          rate: gestures / seconds,
          target: "0 of each",
          met: faults.every((fault) => fault.startsWith("0 ")),
          value: faults.join(", "),
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

/** The days of the storm as they were before it, however often it ran. */
async function emptyDays(admin: Admin, clinicId: string): Promise<void> {
  await admin.query("begin");
  await admin.query("set local session_replication_role = replica");
  const days =
    "select id from clinic.sitting where clinic_id = $1 and local_date between '2028-05-01' and '2028-05-05'";
  for (const text of [
    `delete from clinic.place where clinic_id = $1 and sitting_id in (${days})`,
    `delete from clinic.visit_message where clinic_id = $1 and appointment_id in (select id from clinic.appointment where clinic_id = $1 and sitting_id in (${days}))`,
    `delete from clinic.appointment where clinic_id = $1 and sitting_id in (${days})`,
    `delete from clinic.occupancy where clinic_id = $1 and sitting_id in (${days})`,
    "delete from clinic.sitting where clinic_id = $1 and local_date between '2028-05-01' and '2028-05-05'",
  ])
    await admin.query(text, [clinicId]);
  await admin.query("commit");
}

/** A service that needs one of the practitioners and one of three devices. */
async function serviceWithDevice(
  admin: Admin,
  clinicId: string,
  { locationId, practitioners }: AgendaClinic,
): Promise<string> {
  const known = await admin.query<{ id: string }>(
    "select id from clinic.healthcare_service where clinic_id = $1 and name = 'with-device'",
    [clinicId],
  );
  if (known.rows[0]) return known.rows[0].id;
  const [service, who, device] = [newId(), newId(), newId()];
  await admin.query("begin");
  await admin.query("set local session_replication_role = replica");
  for (const [text, ...values] of [
    [
      "insert into clinic.healthcare_service (clinic_id, id, name, duration_minutes, step_minutes, online, horizon_days) values ($1, $2, 'with-device', 25, 5, false, 365)",
      service,
    ],
    [
      "insert into clinic.service_requirement (clinic_id, id, service_id, rank, kind, quantity) values ($1, $2, $3, 1, 'practitioner', 1)",
      who,
      service,
    ],
    [
      "insert into clinic.service_candidate (clinic_id, id, requirement_id, resource_id) select $1, gen_random_uuid(), $2, p from unnest($3::uuid[]) p",
      who,
      practitioners,
    ],
    [
      "insert into clinic.service_requirement (clinic_id, id, service_id, rank, kind, resource_type) values ($1, $2, $3, 2, 'device', 'échographe')",
      device,
      service,
    ],
    [
      "insert into clinic.resource (clinic_id, id, kind, location_id, name, type) select $1, gen_random_uuid(), 'device', $2, 'Échographe ' || n, 'échographe' from generate_series(1, 3) n",
      locationId,
    ],
  ] as const)
    await admin.query(text, [clinicId, ...values]);
  await admin.query("commit");
  return service;
}

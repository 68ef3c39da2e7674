import { Gauge } from "prom-client";
import { withRelay } from "#server/db/with-relay.ts";
import { registry } from "#server/observability/metrics.ts";

/**
 * Tells Prometheus what is owed and what needs a person, counted when it asks. What waits for its day is not counted: the reminders of every
 * visit to come would be read each time. An outbox whose oldest due row grows old means that no relay or no worker
 * is at work: the first thing to be woken for.
 */
export function measureOutbox(): void {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const oldest = gauge("chevet_outbox_oldest_seconds", "Age of the oldest job that is due and not done");
  const dead = gauge("chevet_dead_letters", "Dead letters that nobody replayed");
  const unknown = gauge("chevet_deliveries_unknown", "Sends whose answer was never recorded");
  new Gauge({
    name: "chevet_outbox_owed",
    help: "Jobs that are due and not done",
    registers: [registry],
    async collect() {
      const [row] = await withRelay(
        (db) => db.$queryRaw<{ owed: number; oldest: number; dead: number; unknown: number }[]>`
          with due as materialized (
            select run_at from queue.outbox where relayed_at is null and run_at <= now()
            union all
            select run_at from queue.outbox where relayed_at is not null
          )
          select
            (select count(*)::int from due) as owed,
            (select coalesce(extract(epoch from now() - min(run_at)), 0)::float8 from due) as oldest,
            (select count(*)::int from queue.dead_letter where replayed_at is null) as dead,
            (select count(*)::int from queue.delivery where state = 'unknown') as unknown`,
      );
      if (!row) return;
      this.set(row.owed);
      oldest.set(row.oldest);
      dead.set(row.dead);
      unknown.set(row.unknown);
    },
  });
}

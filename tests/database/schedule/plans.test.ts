import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabases } from "#server/db/database.ts";
import { newId } from "#server/db/new-id.ts";
import { sql } from "#server/db/sql.ts";
import { withStaff } from "#server/db/with-staff.ts";
import { shownMessages } from "#server/reminder/list-messages.ts";
import { whoWaits } from "#server/waitlist/who-waits.ts";
import { asAdmin } from "#tests/database/as-admin.ts";
import { database } from "#tests/database/setup.ts";
import { makeClinic, type TestClinic } from "#tests/factories/clinic.ts";

/**
 * Which index a statement may use is decided by how it is written and by row security, not by how many rows there are: what is asked
 * here of an empty table holds for millions.
 */
let clinic: TestClinic;
beforeAll(async () => {
  clinic = await makeClinic();
});
afterAll(closeDatabases);

interface Node {
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  readonly "Node Type"?: string;
  readonly Plans?: readonly Node[];
}
type Explained = { "QUERY PLAN": [{ Plan: Node }] }[];
const nodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodes)];

describe("the plans of what is taken", () => {
  it("never read the exclusion constraint's index, which would give all that a resource ever took", async () => {
    await asAdmin(database.adminUrl, async (admin) => {
      await admin.query("begin");
      // Even when there is nothing else.
      await admin.query("drop index clinic.occupancy_window_idx");
      await admin.query("drop index clinic.occupancy_hold_idx");
      await admin.query("set local enable_seqscan = off");
      for (const also of ["true", "o.blocking", "o.blocking and o.starts_at < now() and o.ends_at > now()"]) {
        const { rows } = await admin.query(
          `explain (format json) select 1 from clinic.occupancy o where o.clinic_id = gen_random_uuid() and o.resource_id = '${clinic.id}' and ${also}`,
        );
        const used = nodes((rows as Explained)[0]?.["QUERY PLAN"][0].Plan as Node).map((node) => node["Index Name"]);
        expect(used).not.toContain("occupancy_once");
      }
      await admin.query("rollback");
    });
  });

  it("answer the free times from one index alone", async () => {
    const plan = await withStaff(clinic.owner.ctx, async (db) => {
      await db.$executeRaw`set local enable_seqscan = off`;
      await db.$executeRaw`set local enable_bitmapscan = off`;
      return db.$queryRaw<Explained>`
        explain (format json) select o.starts_at, o.ends_at from clinic.occupancy o
        where o.clinic_id = ${clinic.id}::uuid and o.resource_id = ${clinic.id}::uuid and o.starts_at < now() and o.starts_at > now() - interval '2 days'
          and o.blocking and (o.hold_expires_at is null or o.hold_expires_at > now()) and o.sitting_id <> ${clinic.id}::uuid
        order by o.starts_at`;
    });
    const [read] = nodes(plan[0]?.["QUERY PLAN"][0].Plan as Node).filter((node) => node["Index Name"]);
    expect(read).toMatchObject({ "Node Type": "Index Only Scan", "Index Name": "occupancy_window_idx" });
    expect(read?.["Index Cond"]).toContain("starts_at");
  });
});

describe("the plan of who waits", () => {
  // `coalesce` counts as leaky under row security: a person compared with one is looked for among all of the clinic's.
  it("finds each person by their key", async () => {
    await asAdmin(database.adminUrl, async (admin) => {
      await admin.query("begin");
      await admin.query("set local session_replication_role = replica");
      // As many as make it worth finding one.
      await admin.query(
        `insert into clinic.request_person (clinic_id, id, family_name, given_name, email)
         select $1, gen_random_uuid(), 'Tremblay', 'Ana', 'a@personne.example' from generate_series(1, 500)`,
        [clinic.id],
      );
      await admin.query(
        `insert into clinic.patient (clinic_id, id, patient_id, author_id, file_number, family_name, given_name, nam_status, search_text)
         select $1, id, id, id, n::text, 'Tremblay', 'Ana', 'absent', '' from (select n, gen_random_uuid() as id from generate_series(1, 500) n) s`,
        [clinic.id],
      );
      await admin.query("analyze clinic.request_person, clinic.patient");
      await admin.query("set local role chevet_staff");
      await admin.query("select set_config('app.clinic_id', $1, true)", [clinic.id]);
      const { rows } = await admin.query(
        `explain (format json) select e.id, p.id, r.id from clinic.waitlist_entry e ${whoWaits.sql} where e.clinic_id = $1 and e.id = $1`,
        [clinic.id],
      );
      const read = nodes((rows as Explained)[0]?.["QUERY PLAN"][0].Plan as Node);
      for (const table of ["patient", "request_person"])
        expect(read.find((node) => node["Relation Name"] === table)?.["Index Cond"]).toMatch(/\bid = CASE/);
      await admin.query("rollback");
    });
  });
});

describe("the plan of the agenda", () => {
  it("reads what belongs to the sittings of a day by index, once for all of them", async () => {
    await asAdmin(database.adminUrl, async (admin) => {
      const plans: string[] = [];
      admin.on("notice", ({ message = "" }) => plans.push(message));
      await admin.query("load 'auto_explain'");
      await admin.query("begin");
      await admin.query("set local session_replication_role = replica");
      await admin.query(
        `insert into clinic.sitting (clinic_id, id, kind, location_id, resource_id, local_date, local_minute, time_zone, duration_minutes, status)
         select $1, gen_random_uuid(), 'block', $1, $1, date '2026-01-01' + n / 10, 480 + n % 10 * 60, 'America/Toronto', 30, 'booked' from generate_series(1, 5000) n`,
        [clinic.id],
      );
      // As many visits: without them PostgreSQL 15 reads an empty index by its clinic alone.
      await admin.query(
        `insert into clinic.appointment (clinic_id, id, sitting_id, patient_id, source, status)
         select s.clinic_id, gen_random_uuid(), s.id, gen_random_uuid(), 'staff', 'booked' from clinic.sitting s where s.clinic_id = $1`,
        [clinic.id],
      );
      await admin.query("analyze clinic.sitting, clinic.appointment");
      await admin.query("set local enable_seqscan = off");
      await admin.query("set local enable_bitmapscan = off");
      await admin.query("set local auto_explain.log_min_duration = 0");
      await admin.query("set local auto_explain.log_nested_statements = on");
      await admin.query("set local client_min_messages = log");
      await admin.query("select reference.enter('staff', $1, $2, request => $3)", [
        clinic.id,
        clinic.owner.userId,
        newId(),
      ]);
      await admin.query(
        `select clinic.read_agenda($1, date '2027-01-04', date '2027-01-10', null, null, $2, 'appointment.agenda-read', $2, 'owner', $2, null, 'care', true, $3)`,
        [clinic.id, newId(), newId()],
      );
      await admin.query("rollback");
      const day = plans.find((plan) => plan.includes("CTE sitting")) ?? "";
      const condition = (index: string) => new RegExp(`using ${index} .*\\n\\s*Index Cond: (.*)`).exec(day)?.[1];
      expect(condition("sitting_window_idx")).toMatch(/clinic_id = .*starts_at >= .*starts_at < /);
      expect(condition("occupancy_once_each")).toMatch(/sitting_id = ANY/);
      expect(condition("appointment_sitting_idx")).toMatch(/sitting_id = ANY/);
      expect(condition("appointment_fulfilled_idx")).toMatch(/patient_id = /);
      // The few people that there are here, PostgreSQL 15 finds as soon by their clinic alone.
      const { rows } = await admin.query<{ old: boolean }>(
        "select current_setting('server_version_num')::int < 160000 as old",
      );
      const which = rows[0]?.old ? "clinic_id = " : "\\bid = ANY";
      for (const table of ["patient p", "request_person r"])
        expect(day).toMatch(new RegExp(`Index Scan using \\w+ on ${table} .*\\n\\s*Index Cond: .*${which}`));
      expect(day).not.toContain("Nested Loop");
    });
  });
});

describe("the plan of the messages to look at", () => {
  it("never walks what went well", async () => {
    await asAdmin(database.adminUrl, async (admin) => {
      await admin.query("begin");
      await admin.query("set local session_replication_role = replica");
      await admin.query(
        `insert into clinic.visit_message (clinic_id, id, appointment_id, kind, channel, starts_at, location_id, made_by, due_at, status, settled_at)
         select $1, gen_random_uuid(), gen_random_uuid(), 'confirmation', 'email', now() - interval '400 days' + n * interval '1 hour', $1, 'change', now() - interval '400 days' + n * interval '1 hour',
           case when n % 50 = 0 then 'failed' else 'sent' end, now() from generate_series(1, 10000) n`,
        [clinic.id],
      );
      await admin.query("analyze clinic.visit_message");
      await admin.query("set local role chevet_staff");
      await admin.query("select set_config('app.clinic_id', $1, true)", [clinic.id]);
      const { text, values } = sql`explain (format json) select m.id from clinic.visit_message m
        where m.clinic_id = ${clinic.id}::uuid and ${shownMessages.attention(clinic.id)} order by m.due_at desc, m.id desc limit 51`;
      const { rows } = await admin.query(text, values as unknown[]);
      const read = nodes((rows as Explained)[0]?.["QUERY PLAN"][0].Plan as Node);
      const by = (index: string) => read.find((node) => node["Index Name"] === index)?.["Index Cond"];
      expect(by("visit_message_amiss_idx")).toContain("starts_at > now()");
      expect(by("visit_message_unsettled_idx")).toMatch(/status = ANY.*due_at </);
      expect(by("visit_message_pkey")).toMatch(/\bid = ANY/);
      expect(by("visit_message_list_idx")).toBeUndefined();
      expect(read.map((node) => node["Node Type"])).not.toContain("Seq Scan");
      await admin.query("rollback");
    });
  });
});

describe("the plan of whose clinic it is", () => {
  it("goes by the slug, however many clinics the host has", async () => {
    await asAdmin(database.adminUrl, async (admin) => {
      await admin.query("begin");
      await admin.query("set local enable_seqscan = off");
      const { rows } = await admin.query(
        "explain (format json) select * from host.clinic_registration t where t.slug = 'x'",
      );
      const used = nodes((rows as Explained)[0]?.["QUERY PLAN"][0].Plan as Node).map((node) => node["Index Name"]);
      expect(used).toContain("clinic_registration_slug_idx");
      await admin.query("rollback");
    });
  });
});

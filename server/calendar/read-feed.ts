import { matrix, roles } from "#server/access/permissions.ts";
import { hashToken } from "#server/auth/read-session.ts";
import { findClinic } from "#server/clinic/find-clinic.ts";
import type { Locale, RequestContext } from "#server/context.ts";
import { newId } from "#server/db/new-id.ts";
import { readForMember } from "#server/db/read-for-member.ts";
import { queryAsVisitor } from "#server/db/with-visitor.ts";
import { notFound } from "#server/errors.ts";
import { addressKey, consumeLimit } from "#server/limit/consume-limit.ts";
import { practitionerNameColumn } from "#server/practitioner/practitioner-name-column.ts";
import { type IcsEvent, renderIcs } from "./render-ics.ts";
import type { FeedLevel } from "./schema.ts";

interface Feed {
  readonly id: string;
  readonly practitionerId: string;
  readonly userId: string;
  readonly level: FeedLevel;
  readonly locale: Locale;
}

interface Row {
  readonly id: string;
  readonly kind: "visit" | "group" | "block";
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly changedAt: Date;
  readonly cancelled: boolean;
  readonly practitioner: string;
  /** Of what the level and the clinic's record let out; empty otherwise. */
  readonly title: string;
  readonly service: string;
  readonly location: string;
  readonly people: readonly { readonly givenName: string; readonly familyName: string }[];
}

/**
 * A practitioner's agenda as a calendar program reads it: thirty days behind, a hundred and eighty ahead. What was called off stays for two
 * weeks, as cancelled, so that programs which keep what they once saw let go of it. Read as the member behind it, so that it
 * stops with their place, and says « busy » of whoever asked not to be shown to them.
 * @returns the iCalendar text
 * @throws NotFound alike for a wrong, revoked or foreign address and for somebody who left; LimitReached
 */
export async function readFeed(ctx: RequestContext, slug: string, token: string, domain: string): Promise<string> {
  await consumeLimit("calendar-address", addressKey(ctx.origin.address));
  const tokenHash = hashToken(token);
  await consumeLimit("calendar-feed", Buffer.from(tokenHash).toString("hex"));
  const clinic = await findClinic(ctx, slug);
  if (!clinic) throw notFound();
  const feed = await openFeed(ctx, clinic, tokenHash);
  if (!feed) throw notFound();
  const [rows] = (await readForMember({ clinicId: clinic.id, userId: feed.userId }, ctx, [
    { name: "chevet_feed", text: agenda, values: [clinic.id, feed.practitionerId, feed.level, mayReadVisits] },
    {
      name: "chevet_feed_read",
      text: journal,
      values: [clinic.id, newId(), feed.id, ctx.requestId, ctx.origin.address, feed.level],
    },
  ])) as [Row[]];
  // The practitioner is on every line; a feed of somebody who left has none.
  const [first] = rows;
  if (!first) throw notFound();
  const say = words[feed.locale];
  return renderIcs({
    domain,
    locale: feed.locale,
    name: `${say.agenda} – ${first.practitioner}`,
    events: rows.filter(({ id }) => id !== null).map((row) => eventOf(row, say)),
  });
}

const mayReadVisits = roles.filter((role) => matrix[role].includes("appointment:read"));

async function openFeed(
  ctx: RequestContext,
  { id, slug }: { id: string; slug: string },
  tokenHash: Uint8Array,
): Promise<Feed | undefined> {
  const visitor = { ...ctx, visitor: true as const, clinic: { id, slug }, tokenHash };
  const [feed] = await queryAsVisitor<Feed>(visitor, {
    name: "chevet_open_feed",
    text: `update clinic.calendar_feed set last_read_at = now() where clinic_id = $1 and token_hash = $2 and revoked_at is null
      returning id, practitioner_id as "practitionerId", user_id as "userId", level, locale`,
    values: [id, Buffer.from(tokenHash)],
  }).catch((error: { code?: string }) => {
    // A clinic without a page shows nothing to a token that opens nothing.
    if (error.code === "Forbidden" || error.code === "NotFound") return [];
    throw error;
  });
  return feed;
}

const words = {
  fr: { agenda: "Agenda", busy: "Occupé", people: (n: number) => `${n} personnes` },
  en: { agenda: "Agenda", busy: "Busy", people: (n: number) => `${n} people` },
};

function eventOf(row: Row, say: (typeof words)["fr"]): IcsEvent {
  const { id, startsAt, endsAt, changedAt, cancelled, location } = row;
  return { id, startsAt, endsAt, changedAt, cancelled, location, title: titleOf(row, say) };
}

function titleOf({ kind, title, service, people }: Row, say: (typeof words)["fr"]): string {
  if (kind === "block") return title || say.busy;
  const [person] = people;
  if (!person) return say.busy;
  if (kind === "group") return [service, say.people(people.length)].filter(Boolean).join(" – ");
  const { givenName, familyName } = person;
  // By initials, no service comes along: with it, two letters are often somebody.
  const who = service ? `${givenName} ${familyName}` : `${initial(givenName)} ${initial(familyName)}`;
  return [who, service].filter(Boolean).join(" – ");
}

const initial = (name: string) => `${[...name][0] ?? ""}.`;

/**
 * $1 clinic, $2 practitioner, $3 level, $4 roles that may read visits. `allowed` is what may be said today, whatever the address was made for.
 */
const agenda = `
  with allowed as (
    select case when $3 <> 'busy'
        and exists (select from clinic.integration i where i.clinic_id = $1 and i.code = 'calendar' and i.enabled)
        and exists (select from identity.membership m where m.clinic_id = $1 and m.user_id = nullif(current_setting('app.user_id', true), '')::uuid
          and m.status = 'active' and m.role = any ($4::text[]))
      then $3 else 'busy' end as level
  ),
  theirs as (
    select s.* from clinic.sitting s
    where s.clinic_id = $1 and s.resource_id = $2 and s.starts_at between now() - interval '30 days' and now() + interval '180 days'
    union
    select s.* from clinic.occupancy o join clinic.sitting s on s.clinic_id = o.clinic_id and s.id = o.sitting_id
    where o.clinic_id = $1 and o.resource_id = $2 and o.starts_at between now() - interval '30 days' and now() + interval '180 days'
  )
  select t.id, t.kind, t.starts_at as "startsAt", t.ends_at as "endsAt", t.status = 'cancelled' as cancelled,
    greatest(t.last_updated, v.changed_at) as "changedAt", ${practitionerNameColumn.sql} as practitioner,
    case when a.level = 'busy' then '' else t.title end as title,
    case when a.level = 'full' then coalesce(h.name, '') else '' end as service,
    case when a.level = 'busy' or t.mode <> 'in-person' then '' else concat_ws(', ', nullif(l.name, ''), nullif(l.address_line, ''), nullif(l.city, '')) end as location,
    case when a.level = 'busy' then '[]' else coalesce(v.people, '[]') end as people
  from clinic.practitioner p
  cross join allowed a
  left join theirs t on t.status in ('booked', 'cancelled') and (t.status = 'booked' or t.last_updated > now() - interval '14 days')
  left join clinic.healthcare_service h on h.clinic_id = $1 and h.id = t.service_id
  left join clinic.location l on l.clinic_id = $1 and l.id = t.location_id
  left join lateral (
    select max(b.last_updated) as changed_at, jsonb_agg(jsonb_build_object(
        'givenName', coalesce(q.given_name, r.given_name), 'familyName', coalesce(q.family_name, r.family_name)) order by b.id)
      filter (where b.status not in ('cancelled', 'entered-in-error') and (q.id is not null or r.id is not null)) as people
    from clinic.appointment b
    left join clinic.patient q on q.clinic_id = $1 and q.id = b.patient_id
    left join clinic.request_person r on r.clinic_id = $1 and r.id = b.request_person_id
    where b.clinic_id = $1 and b.sitting_id = t.id
  ) v on true
  where p.clinic_id = $1 and p.id = $2 and p.status = 'active'
  order by t.starts_at, t.id limit 5000`;

/** One line a day for a calendar that says whose visits they are: where they went, the journal knows. */
const journal = `
  insert into clinic.audit_event (clinic_id, id, event, action, outcome, entity, entity_ids, agent_id, agent_role, request_id, address, ground, detail)
  select $1, $2, 'calendar.read', 'R', 'success', 'CalendarFeed', array[$3::uuid], m.user_id, m.role, $4, $5::inet, 'care', jsonb_build_object('level', $6::text)
  from identity.membership m
  where m.clinic_id = $1 and m.user_id = nullif(current_setting('app.user_id', true), '')::uuid and $6 <> 'busy'
    and not exists (select from clinic.audit_event e where e.clinic_id = $1 and e.event = 'calendar.read' and e.entity_ids @> array[$3::uuid] and e.recorded_at > now() - interval '1 day')`;

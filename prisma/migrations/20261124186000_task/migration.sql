-- Tasks and reminders (FHIR Task): something to do, about a patient or about nobody, for oneself, a colleague or whoever has a role here.
-- Somebody does it, or somebody hears that nobody opened it.

create table clinic.task (
  clinic_id uuid not null,
  id uuid not null,
  -- null: of the clinic, about nobody.
  patient_id uuid,
  author_id uuid not null,
  category text not null default 'task' constraint task_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  -- Says something of care: only whoever gives care reads it. The front desk's own tasks are not.
  clinical boolean not null default false,
  title text not null constraint task_title_length check (length(title) between 1 and 200),
  detail text not null default '' constraint task_detail_length check (length(detail) <= 2000),
  priority text not null default 'routine' constraint task_priority check (priority in ('routine', 'urgent')),
  status text not null default 'requested' constraint task_status check (status in ('requested', 'accepted', 'completed', 'cancelled')),
  -- Whose it is to do: `user:<id>`, `role:<role>` or `profession:<code>`, as an audience says it.
  owner text collate "C" not null constraint task_owner_form check (owner ~ '^(user:[0-9a-f-]{36}|(role|profession):[a-z]+([_-][a-z]+)*)$'),
  -- The person, where it is a person's.
  owner_id uuid,
  due_on date constraint task_due_range check (due_on between date '2000-01-01' and date '2200-01-01'),
  -- What it came from, and where its link leads back to.
  focus_kind text constraint task_focus_kind check (focus_kind ~ '^[a-z]+(-[a-z]+)*$'),
  focus_id uuid,
  opened_at timestamptz,
  opened_by uuid,
  closed_at timestamptz,
  closed_by uuid,
  outcome text not null default '' constraint task_outcome_length check (length(outcome) <= 1000),
  -- Days after which an unopened task is told to somebody else; null: as the clinic says.
  escalate_after_days int constraint task_escalate_days check (escalate_after_days between 1 and 90),
  -- To whom, in the form of owner; and when, while it is awaited.
  escalates_to text collate "C" constraint task_escalates_form check (escalates_to ~ '^(user:[0-9a-f-]{36}|(role|profession):[a-z]+([_-][a-z]+)*)$'),
  escalates_at timestamptz,
  escalated_at timestamptz,
  -- « Every two weeks »: counted from the first day, so that a month keeps its day.
  repeat_unit text constraint task_repeat_unit check (repeat_unit in ('day', 'week', 'month')),
  repeat_every int constraint task_repeat_every check (repeat_every between 1 and 365),
  repeat_from date,
  repeat_until date,
  -- The next one of its row, made when this one was done: it is done once, so there is one.
  next_id uuid,
  source_system text not null default '',
  source_id text not null default '',
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint task_pkey primary key (clinic_id, id),
  constraint task_owner_person check (owner_id is null or owner = 'user:' || owner_id),
  constraint task_focus check ((focus_kind is null) = (focus_id is null)),
  -- What leads into a chart is of care.
  constraint task_focus_clinical check (focus_kind is null or focus_kind not in ('note', 'condition', 'observation', 'medication', 'prescription') or clinical),
  constraint task_opened check ((opened_at is null) = (opened_by is null) and (status <> 'accepted' or opened_at is not null)),
  constraint task_closed check ((status in ('completed', 'cancelled')) = (closed_at is not null) and (closed_at is null) = (closed_by is null)),
  constraint task_escalated check (escalated_at is null or escalates_to is not null),
  constraint task_repeats check ((repeat_unit is null) = (repeat_every is null) and (repeat_unit is null) = (repeat_from is null)
    and (repeat_unit is null or due_on is not null) and (repeat_until is null or repeat_unit is not null)),
  constraint task_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint task_next_fk foreign key (clinic_id, next_id) references clinic.task (clinic_id, id) on delete restrict
);
create index task_open_idx on clinic.task (clinic_id, owner, due_on, id) where closed_at is null;
create index task_escalated_idx on clinic.task (clinic_id, escalates_to, due_on, id) where closed_at is null and escalated_at is not null;
create index task_closed_idx on clinic.task (clinic_id, closed_at desc, id desc) where closed_at is not null;
create index task_patient_idx on clinic.task (clinic_id, patient_id, id desc);

-- What a clinic decided for all its tasks. Without a row: three days, and whoever runs the clinic.
create table clinic.task_policy (
  clinic_id uuid not null,
  escalate_after_days int not null default 3 constraint task_policy_days check (escalate_after_days between 1 and 90),
  escalates_to text collate "C" constraint task_policy_form check (escalates_to ~ '^(user:[0-9a-f-]{36}|(role|profession):[a-z]+([_-][a-z]+)*)$'),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint task_policy_pkey primary key (clinic_id),
  constraint task_policy_clinic_fk foreign key (clinic_id) references clinic.clinic (clinic_id) on delete restrict
);

-- requested → accepted → completed or cancelled, and back by the person who pressed too soon. A task that was done and has its next one
-- stays done; a closed task is changed in nothing, but for the record that it is about when two are joined.
create function clinic.check_task() returns trigger language plpgsql set search_path = '' as $$
begin
  if new.author_id <> old.author_id or new.created_at <> old.created_at
    or new.focus_kind is distinct from old.focus_kind or new.focus_id is distinct from old.focus_id then
    raise exception 'what a task came from does not change' using errcode = 'check_violation';
  end if;
  if old.closed_at is not null then
    if new.status = old.status then
      if current_user = 'chevet_mover' and new.outcome = old.outcome and new.closed_by = old.closed_by and new.closed_at = old.closed_at then return new; end if;
      raise exception 'a closed task does not change' using errcode = 'check_violation';
    end if;
    if new.status <> 'accepted' then raise exception 'a closed task is opened again first' using errcode = 'check_violation'; end if;
    if old.next_id is not null then
      raise exception 'the next task is there already' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  -- Unopened again only for somebody else.
  if old.status = 'accepted' and new.status = 'requested' and new.owner = old.owner then
    raise exception 'an opened task is not unopened' using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger check_task before update on clinic.task for each row execute function clinic.check_task();
create trigger keep_version before update on clinic.task for each row execute function clinic.keep_version();
create trigger keep_version before update on clinic.task_policy for each row execute function clinic.keep_version();

-- Who has tasks before them reads again; nothing of what changed is told.
create function clinic.tell_task() returns trigger language plpgsql set search_path = '' as $$
begin
  perform pg_catalog.pg_notify('chevet_task', new.clinic_id::text);
  return null;
end $$;
create trigger tell_task after insert or update on clinic.task for each row execute function clinic.tell_task();

do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  -- The front desk has tasks too, and none that says something of care.
  suited constant text := $c$ and (not clinical or current_setting('app.clinical', true) = 'on')$c$;
begin
  foreach name in array array['task', 'task_policy'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
  end loop;
  execute format('create policy staff_clinic on clinic.task to chevet_staff using (%s) with check (%s)', own || unrestricted || suited, own || unrestricted || suited);
  execute format('create policy staff_clinic on clinic.task_policy to chevet_staff using (%s) with check (%s)', own, own);
end $$;
grant select, insert, update on clinic.task, clinic.task_policy to chevet_staff;

-- An earlier version does not say whether its row was of care: those of tasks and messages are for whoever gives care.
drop policy staff_read on clinic.record_version;
do $$
declare
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  clinical constant text := $c$ and (category = any (array['identity', 'appointment', 'administrative']) or current_setting('app.clinical', true) = 'on')$c$;
  addressed constant text := $c$ and (audience = '' or author_id = nullif(current_setting('app.user_id', true), '')::uuid
    or position('user:' || nullif(current_setting('app.user_id', true), '') || ';' in audience) > 0
    or position('profession:' || nullif(current_setting('app.profession', true), '') || ';' in audience) > 0
    or patient_id = nullif(current_setting('app.glass_patient', true), '')::uuid)$c$;
begin
  execute format('create policy staff_read on clinic.record_version for select to chevet_staff using (%s)', own || unrestricted || clinical || addressed);
end $$;

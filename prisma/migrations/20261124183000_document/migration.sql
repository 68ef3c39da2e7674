-- Documents: what arrives on paper, by fax or as a file. One waits in the inbox, of no patient; somebody files it in a chart; whoever it is
-- addressed to reviews it and signs it off. The original lies encrypted in the file store, and its bytes pass by the clinic's own door only.

alter table clinic.stored_file
  drop constraint stored_file_purpose,
  add constraint stored_file_purpose check (purpose in ('clinic-logo', 'practitioner-signature', 'export', 'page-cover', 'document'));

-- A file on its way in, part by part, so that a cut network or a page loaded anew goes on where it was. Each part is an encrypted object
-- of the file store under an id of its own; when the whole is there it is checked, encrypted as one file, and the parts are removed.
create table clinic.document_upload (
  clinic_id uuid not null,
  id uuid not null,
  author_id uuid not null,
  name text not null constraint document_upload_name_length check (length(name) between 1 and 255),
  size_bytes bigint not null constraint document_upload_size check (size_bytes between 1 and 104857600),
  -- With name and size, how the same file is known again: when the computer says that it was last changed.
  modified_at timestamptz not null,
  received_bytes bigint not null default 0 constraint document_upload_received check (received_bytes >= 0),
  part_ids uuid[] not null default '{}',
  part_keys text[] not null default '{}',
  status text not null default 'open' constraint document_upload_status check (status in ('open', 'done', 'refused')),
  document_id uuid,
  created_at timestamptz not null default now(),
  constraint document_upload_pkey primary key (clinic_id, id),
  constraint document_upload_whole check (received_bytes <= size_bytes)
);
create index document_upload_open_idx on clinic.document_upload (clinic_id, author_id, id) where status = 'open';

create table clinic.document (
  clinic_id uuid not null,
  id uuid not null,
  -- null while it waits in the inbox.
  patient_id uuid,
  -- Who brought it in.
  author_id uuid not null,
  category text not null default 'document' constraint document_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  file_id uuid not null,
  file_name text not null constraint document_file_name_length check (length(file_name) between 1 and 255),
  media_type text not null constraint document_media_type_length check (length(media_type) <= 100),
  size_bytes bigint not null constraint document_size check (size_bytes >= 0),
  status text not null default 'received' constraint document_status check (status in ('received', 'filed', 'reviewed', 'entered-in-error')),
  document_type text not null default '' constraint document_type_known check (document_type in ('', 'laboratory', 'imaging', 'pathology', 'functional',
    'consultation', 'hospital', 'operative', 'referral', 'prescription', 'form', 'consent', 'correspondence', 'identification', 'photo', 'other')),
  title text not null default '' constraint document_title_length check (length(title) <= 200),
  -- The day that it is about or was written; until somebody says so, the day when it came.
  dated_on date not null constraint document_dated_range check (dated_on between date '1900-01-01' and date '2200-01-01'),
  -- Who wrote it, as it is written there: « Dre C. Lemay, ophtalmologie ».
  source_author text not null default '' constraint document_source_author_length check (length(source_author) <= 200),
  -- Who filed it, or put it aside: the front desk sees what it handled itself, and no more of a chart.
  handled_by uuid,
  handled_at timestamptz,
  -- Whose review it waits for: it stays in their inbox until it is signed off or sent on.
  reviewer_id uuid,
  urgent boolean not null default false,
  reviewed_by uuid,
  reviewed_at timestamptz,
  error_reason text constraint document_error_reason check (error_reason in ('duplicate', 'illegible', 'not-a-record', 'wrong-document')),
  error_note text not null default '' constraint document_error_note_length check (length(error_note) <= 300),
  source_system text not null default '',
  source_id text not null default '',
  created_at timestamptz not null default now(),
  last_updated timestamptz not null default now(),
  version int not null default 1,
  change_number bigint not null default nextval('clinic.change_number'),
  change_txid xid8 not null default pg_current_xact_id(),
  constraint document_pkey primary key (clinic_id, id),
  constraint document_in_chart check (status = 'entered-in-error' or (status = 'received') = (patient_id is null)),
  constraint document_named check (status not in ('filed', 'reviewed') or (title <> '' and document_type <> '')),
  constraint document_handled check ((status = 'received') = (handled_by is null)),
  constraint document_addressed check (reviewer_id is null or status in ('filed', 'reviewed')),
  constraint document_reviewed check (status <> 'reviewed' or reviewed_by is not null),
  constraint document_in_error check ((status = 'entered-in-error') = (error_reason is not null)),
  constraint document_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint document_file_fk foreign key (clinic_id, file_id) references clinic.stored_file (clinic_id, id) on delete restrict
);
create index document_inbox_idx on clinic.document (clinic_id, created_at, id) where status = 'received';
create index document_patient_idx on clinic.document (clinic_id, patient_id, dated_on desc, id desc);
create index document_dated_idx on clinic.document (clinic_id, dated_on desc, id desc);
create index document_reviewer_idx on clinic.document (clinic_id, reviewer_id, urgent desc, id) where reviewer_id is not null;
create index document_handled_idx on clinic.document (clinic_id, handled_by, dated_on desc, id desc);

-- What the program read of a document: its words, by which it is found, and what it proposes. All of it can be read again from the file.
create table clinic.document_text (
  clinic_id uuid not null,
  -- The document's own id.
  id uuid not null,
  patient_id uuid,
  author_id uuid not null,
  category text not null default 'document' constraint document_text_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  -- As in the document, so that one condition holds for both and a search looks at one table; kept by follow_document.
  status text not null constraint document_text_status check (status in ('received', 'filed', 'reviewed', 'entered-in-error')),
  handled_by uuid,
  document_type text not null default '' constraint document_text_type_length check (length(document_type) <= 20),
  dated_on date not null,
  state text not null default 'waiting' constraint document_text_state check (state in ('waiting', 'read', 'no-text', 'locked', 'failed')),
  pages int constraint document_text_pages check (pages >= 0),
  content text not null default '' constraint document_text_content_length check (length(content) <= 500000),
  -- Folded words of content, title, type, author and file name (server/patient/fold-name.ts), without their places.
  words tsvector not null default ''::tsvector,
  proposed_patient_id uuid,
  proposed_because text constraint document_text_because check (proposed_because in ('chart', 'nam', 'birth-date', 'name')),
  proposed_type text not null default '' constraint document_text_proposed_type_length check (length(proposed_type) <= 20),
  proposed_on date,
  proposed_author text not null default '' constraint document_text_proposed_author_length check (length(proposed_author) <= 200),
  proposed_title text not null default '' constraint document_text_proposed_title_length check (length(proposed_title) <= 200),
  proposed_reviewer_id uuid,
  created_at timestamptz not null default now(),
  constraint document_text_pkey primary key (clinic_id, id),
  constraint document_text_document_fk foreign key (clinic_id, id) references clinic.document (clinic_id, id) on delete restrict,
  constraint document_text_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict,
  constraint document_text_proposed_patient_fk foreign key (clinic_id, proposed_patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index document_text_words_idx on clinic.document_text using gin (clinic_id, words) with (fastupdate = off);
create index document_text_dated_idx on clinic.document_text (clinic_id, dated_on desc, id desc);
create index document_text_handled_idx on clinic.document_text (clinic_id, handled_by, dated_on desc, id desc);
create index document_text_received_idx on clinic.document_text (clinic_id, dated_on desc, id desc) where status = 'received';
create index document_text_patient_idx on clinic.document_text (clinic_id, patient_id, dated_on desc, id desc);

-- What was said of a document when it was signed off or sent on. Never changed.
create table clinic.document_note (
  clinic_id uuid not null,
  id uuid not null,
  document_id uuid not null,
  patient_id uuid not null,
  author_id uuid not null,
  category text not null default 'document' constraint document_note_category check (category ~ '^[a-z]+(-[a-z]+)*$'),
  kind text not null constraint document_note_kind check (kind in ('signed', 'addressed')),
  -- Whom it was sent to.
  reviewer_id uuid,
  comment text not null default '' constraint document_note_comment_length check (length(comment) <= 2000),
  created_at timestamptz not null default now(),
  constraint document_note_pkey primary key (clinic_id, id),
  constraint document_note_sent check ((kind = 'addressed') = (reviewer_id is not null)),
  constraint document_note_document_fk foreign key (clinic_id, document_id) references clinic.document (clinic_id, id) on delete restrict,
  constraint document_note_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete restrict
);
create index document_note_document_idx on clinic.document_note (clinic_id, document_id, id);

create trigger keep_version before update on clinic.document for each row execute function clinic.keep_version();

-- What is found by its words is filed where the document is. Runs as whoever files it, under their policies.
create function clinic.follow_document() returns trigger language plpgsql set search_path = '' as $$
begin
  update clinic.document_text t
    set patient_id = new.patient_id, status = new.status, handled_by = new.handled_by, document_type = new.document_type, dated_on = new.dated_on
    where t.clinic_id = new.clinic_id and t.id = new.id;
  return null;
end $$;
create trigger follow_document after update of patient_id, status, handled_by, document_type, dated_on on clinic.document
  for each row execute function clinic.follow_document();

-- Who has the inbox before them reads again; nothing of what changed is told.
create function clinic.tell_document() returns trigger language plpgsql set search_path = '' as $$
begin
  perform pg_catalog.pg_notify('chevet_document', new.clinic_id::text);
  return null;
end $$;
create trigger tell_document after insert or update on clinic.document for each row execute function clinic.tell_document();

do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  -- Whoever gives care sees them all. The front desk sees what waits to be filed, and what it filed or put aside itself.
  handled constant text := $c$ and (current_setting('app.clinical', true) = 'on' or status = 'received'
    or handled_by = nullif(current_setting('app.user_id', true), '')::uuid)$c$;
  clinical constant text := $c$ and current_setting('app.clinical', true) = 'on'$c$;
  mine constant text := $c$ and author_id = nullif(current_setting('app.user_id', true), '')::uuid$c$;
begin
  foreach name in array array['document_upload', 'document', 'document_text', 'document_note'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
  end loop;
  -- A file under way is nobody's matter but whose it is.
  execute format('create policy staff_clinic on clinic.document_upload to chevet_staff using (%s) with check (%s)', own || mine, own || mine);
  execute format('create policy staff_clinic on clinic.document to chevet_staff using (%s) with check (%s)', own || unrestricted || handled, own || unrestricted || handled);
  execute format('create policy staff_clinic on clinic.document_text to chevet_staff using (%s) with check (%s)', own || unrestricted || handled, own || unrestricted || handled);
  execute format('create policy staff_clinic on clinic.document_note to chevet_staff using (%s) with check (%s)', own || unrestricted || clinical, own || unrestricted || clinical);
end $$;
grant select, insert, update on clinic.document_upload, clinic.document, clinic.document_text to chevet_staff;
grant select, insert on clinic.document_note to chevet_staff;

-- Under row security the words could not be looked up by an index (text search is not leakproof), so this one function sees past it, refuses
-- without the entered clinic, and returns ids alone: its caller reads those documents again under its own policies.
grant select on clinic.document_text to chevet_search;

-- The documents of one clinic that hold every word, the latest first, as ids only.
--   words      folded; each is the beginning of some word of the document
--   patient    of this chart only
--   kinds      of one of these types
--   since, until   dated between them
--   after_on, after_id   the last one of the page before
-- Whoever gives no care finds what waits to be filed and what they handled. Errors: insufficient_privilege without a clinic, or for another.
create function clinic.search_documents(
  clinic uuid, words text[], patient uuid, kinds text[], since date, until date, after_on date, after_id uuid, row_limit int
) returns setof uuid language plpgsql stable security definer set search_path = '' as $$
declare
  -- Below it, all that match are put in order; above it, documents are walked from the latest until enough of them match.
  few constant int := 1500;
  wanted int := least(greatest(coalesce(row_limit, 30), 1), 101);
  care constant boolean := coalesce(pg_catalog.current_setting('app.clinical', true) = 'on', false);
  person constant uuid := nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid;
  asked pg_catalog.tsquery;
  many int;
  filters text;
  rows text;
begin
  if clinic is null or clinic is distinct from nullif(pg_catalog.current_setting('app.clinic_id', true), '')::uuid then
    raise exception 'no clinic, or another one' using errcode = 'insufficient_privilege';
  end if;
  select pg_catalog.string_agg(pg_catalog.quote_literal(w.word) || ':*', ' & ')::pg_catalog.tsquery into asked from unnest(words) as w (word) where w.word <> '';
  if asked is null then return; end if;
  if patient is null then
    execute 'select count(*) from (select from clinic.document_text t where t.clinic_id = $1 and t.words @@ $2 limit $3) m' into many using clinic, asked, few + 1;
  end if;
  -- Planned for these very words. `is true` keeps the index of words out of the walks, where the order leads.
  filters := 'd.clinic_id = $1 and d.status <> ''entered-in-error'' and ($3 is null or d.patient_id = $3) and ($4 is null or d.document_type = any ($4))
    and ($5 is null or d.dated_on >= $5) and ($6 is null or d.dated_on <= $6) and ($7 is null or (d.dated_on, d.id) < ($7, $8))';
  if many <= few then
    rows := 'select d.id, d.dated_on from clinic.document_text d where d.words @@ $2 and ' || filters || ' and ($10 or d.status = ''received'' or d.handled_by = $11)';
  elsif care then
    rows := 'select d.id, d.dated_on from clinic.document_text d where (d.words @@ $2) is true and ' || filters;
  else
    -- What one handled, and what waits: two short walks, in the place of one past everybody's documents.
    rows := '(select d.id, d.dated_on from clinic.document_text d where d.handled_by = $11 and (d.words @@ $2) is true and ' || filters || ' order by d.dated_on desc, d.id desc limit $9)
      union all (select d.id, d.dated_on from clinic.document_text d where d.status = ''received'' and (d.words @@ $2) is true and ' || filters || ' order by d.dated_on desc, d.id desc limit $9)';
  end if;
  return query execute 'with t as ' || case when many <= few then 'materialized' else 'not materialized' end
    || ' (' || rows || ') select t.id from t order by t.dated_on desc, t.id desc limit $9'
    using clinic, asked, patient, kinds, since, until, after_on, after_id, wanted, care, person;
end $$;
grant execute on function clinic.search_documents to chevet_staff;
grant create on schema clinic to chevet_search;
alter function clinic.search_documents owner to chevet_search;
revoke create on schema clinic from chevet_search;

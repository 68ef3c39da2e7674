-- A letter says what its fields and its attachments brought from elsewhere in the chart: medications, allergies, results, a note. Whoever a restriction on
-- one of them names sees neither the letter nor its paper. What it holds is read off the letter itself, by the database, at each save and when it is signed.

alter table clinic.letter add column categories text not null default '' constraint letter_categories check (categories ~ '^([a-z]+(\|[a-z]+)*)?$');
alter table clinic.letter_draft add column categories text not null default '' constraint letter_draft_categories check (categories ~ '^([a-z]+(\|[a-z]+)*)?$');
alter table clinic.document add column categories text not null default '' constraint document_categories check (categories ~ '^([a-z]+(\|[a-z]+)*)?$');
alter table clinic.document_text add column categories text not null default '' constraint document_text_categories check (categories ~ '^([a-z]+(\|[a-z]+)*)?$');
-- As its row was: the rows that bear it are checked, and earlier versions are many.
alter table clinic.record_version add column categories text not null default '';

-- Of a letter's content, in one word after the other (« allergy|medication »): each piece bears where it came from (server/note/rich-text-schema.ts),
-- and what is attached is a note, results or documents, each of these with what it holds itself.
create function clinic.mixed_categories(clinic uuid, content jsonb) returns text language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.string_agg(distinct c.category, '|' order by c.category), '') from (
    select case when s.source ->> 'kind' = 'note' then 'note' else case s.source ->> 'name'
        -- By the name of a field, or of a phrase in either language (server/phrase/record-variables.ts says the same).
        when 'problems' then 'condition' when 'problemes' then 'condition' when 'medications' then 'medication' when 'medicaments' then 'medication'
        when 'allergies' then 'allergy' when 'history' then 'history' when 'vitals' then 'observation' when 'results' then 'observation'
        when 'resultats' then 'observation' when 'ta' then 'observation' when 'bp' then 'observation' when 'pouls' then 'observation'
        when 'pulse' then 'observation' when 'temperature' then 'observation' when 'saturation' then 'observation' when 'poids' then 'observation'
        when 'weight' then 'observation' when 'taille' then 'observation' when 'height' then 'observation' when 'imc' then 'observation'
        when 'bmi' then 'observation' when 'note' then 'note' when 'plan' then 'note' when 'derniere' then 'note' when 'last' then 'note'
        when 'rdv' then 'appointment' when 'next' then 'appointment' end end as category
      from pg_catalog.jsonb_path_query(mixed_categories.content, '$.body[*].runs[*].source') s (source)
    union all
    select case a.kind when 'note' then 'note' when 'results' then 'observation' when 'document' then 'document' end
      from pg_catalog.jsonb_path_query(mixed_categories.content, '$.attachments[*].kind') k (kind) cross join lateral (select k.kind #>> '{}') a (kind)
    union all
    select held.category
      from pg_catalog.jsonb_path_query(mixed_categories.content, '$.attachments[*].ids[*]') i (id)
      join clinic.document d on d.clinic_id = mixed_categories.clinic and d.id = (i.id #>> '{}')::uuid
      cross join lateral pg_catalog.regexp_split_to_table(d.category || '|' || d.categories, '\|') held (category)
  ) c where c.category <> ''
$$;
grant execute on function clinic.mixed_categories to chevet_staff;

create function clinic.mix_letter() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' then return new; end if;
  if tg_op = 'INSERT' or new.content is distinct from old.content then
    new.categories := clinic.mixed_categories(new.clinic_id, new.content);
  elsif new.categories is distinct from old.categories then
    raise exception 'a letter says itself what it holds' using errcode = 'check_violation', constraint = 'letter_categories_said';
  end if;
  return new;
end $$;
create trigger mix_letter before insert or update on clinic.letter for each row execute function clinic.mix_letter();
create trigger mix_letter before insert or update on clinic.letter_draft for each row execute function clinic.mix_letter();

-- The paper of a letter holds what the letter holds, and its words are found by whoever may read it.
create function clinic.mix_document() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' then return new; end if;
  new.categories := coalesce((select d.categories from clinic.letter_draft d where d.clinic_id = new.clinic_id and d.letter_id::text = new.source_id), '');
  return new;
end $$;
create trigger mix_document before insert on clinic.document for each row when (new.source_system = 'letter') execute function clinic.mix_document();
create function clinic.mix_document_text() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' then return new; end if;
  new.categories := coalesce((select d.categories from clinic.document d where d.clinic_id = new.clinic_id and d.id = new.id), '');
  return new;
end $$;
create trigger mix_document_text before insert on clinic.document_text for each row execute function clinic.mix_document_text();

-- Letters that stand already. The tables' owner looks past their policies for the length of these statements.
alter table clinic.letter no force row level security;
alter table clinic.letter_draft no force row level security;
alter table clinic.document no force row level security;
alter table clinic.document_text no force row level security;
alter table clinic.letter disable trigger user;
alter table clinic.letter_draft disable trigger user;
alter table clinic.document disable trigger user;
alter table clinic.document_text disable trigger user;
update clinic.letter l set categories = clinic.mixed_categories(l.clinic_id, l.content) where l.signed_at is not null;
update clinic.letter_draft d set categories = clinic.mixed_categories(d.clinic_id, d.content);
update clinic.document d set categories = l.categories from clinic.letter l where l.clinic_id = d.clinic_id and l.document_id = d.id;
update clinic.document_text t set categories = d.categories from clinic.document d where d.clinic_id = t.clinic_id and d.id = t.id and d.categories <> '';
alter table clinic.letter enable trigger user;
alter table clinic.letter_draft enable trigger user;
alter table clinic.document enable trigger user;
alter table clinic.document_text enable trigger user;
alter table clinic.letter force row level security;
alter table clinic.letter_draft force row level security;
alter table clinic.document force row level security;
alter table clinic.document_text force row level security;

create or replace function clinic.keep_version() returns trigger language plpgsql set search_path = '' as $$
declare
  old_row jsonb := pg_catalog.to_jsonb(old);
begin
  if new.version <> old.version + 1 then
    raise exception 'stale version of %', tg_table_name using errcode = 'serialization_failure';
  end if;
  new.last_updated := pg_catalog.now();
  new.change_number := pg_catalog.nextval('clinic.change_number');
  new.change_txid := pg_catalog.pg_current_xact_id();
  insert into clinic.record_version (clinic_id, entity, entity_id, version, patient_id, author_id, category, categories, audience, content, replaced_by)
  values (old.clinic_id, tg_table_name, coalesce((old_row ->> 'id')::uuid, old.clinic_id), old.version,
    (old_row ->> 'patient_id')::uuid, (old_row ->> 'author_id')::uuid, coalesce(old_row ->> 'category', 'administrative'), coalesce(old_row ->> 'categories', ''),
    coalesce(old_row ->> 'audience', ''), old_row, nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid);
  return new;
end $$;
grant insert (categories) on clinic.record_version to chevet_visitor;

create or replace function clinic.lock_letter_document() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' or old.source_system not in ('letter', 'chevet-prescription') then return new; end if;
  if (new.patient_id, new.category, new.categories, new.file_id, new.document_type, new.title, new.dated_on, new.source_author, new.source_system, new.source_id)
    is distinct from (old.patient_id, old.category, old.categories, old.file_id, old.document_type, old.title, old.dated_on, old.source_author, old.source_system, old.source_id)
    or new.status = 'received' or (old.replaced_by_id is not null and new.replaced_by_id is null) then
    raise exception 'what was signed here is locked' using errcode = 'check_violation', constraint = 'letter_lock';
  end if;
  return new;
end $$;

do $$
declare
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  -- What it brought from elsewhere is not closed either.
  unmixed constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null or categories = ''
    or current_setting('app.denied', true) !~ (patient_id::text || ':(' || categories || ');'))$c$;
  clinical constant text := $c$ and current_setting('app.clinical', true) = 'on'$c$;
  handled constant text := $c$ and (current_setting('app.clinical', true) = 'on' or status = 'received'
    or handled_by = nullif(current_setting('app.user_id', true), '')::uuid)$c$;
  known constant text := $c$ and (category = any (array['identity', 'appointment', 'administrative']) or current_setting('app.clinical', true) = 'on')$c$;
  addressed constant text := $c$ and (audience = '' or author_id = nullif(current_setting('app.user_id', true), '')::uuid
    or position('user:' || nullif(current_setting('app.user_id', true), '') || ';' in audience) > 0
    or position('profession:' || nullif(current_setting('app.profession', true), '') || ';' in audience) > 0
    or patient_id = nullif(current_setting('app.glass_patient', true), '')::uuid)$c$;
begin
  execute format('alter policy staff_clinic on clinic.letter using (%s) with check (%s)', own || unrestricted || unmixed || clinical, own || unrestricted || unmixed || clinical);
  execute format('alter policy staff_clinic on clinic.letter_draft using (%s) with check (%s)', own || unrestricted || unmixed || clinical, own || unrestricted || unmixed || clinical);
  execute format('alter policy staff_clinic on clinic.document using (%s) with check (%s)', own || unrestricted || unmixed || handled, own || unrestricted || unmixed || handled);
  execute format('alter policy staff_clinic on clinic.document_text using (%s) with check (%s)', own || unrestricted || unmixed || handled, own || unrestricted || unmixed || handled);
  execute format('alter policy staff_read on clinic.record_version using (%s)', own || unrestricted || unmixed || known || addressed);
end $$;

-- What a text brought from elsewhere goes on being said of it whoever saves it: a colleague who may not see the private note that a piece came from dropped
-- what that note holds. And a note whose diagnosis was chosen from the problems says a problem of the chart: whoever these are closed to sees it not.

-- Of these notes and documents, those that hold this, as ids only: a source may be hidden from whoever saves what it was carried into.
create function clinic.sources_with(clinic uuid, category text, sources uuid[]) returns setof uuid language sql stable security definer set search_path = '' as $$
  select n.id from clinic.note n
  where n.clinic_id = nullif(pg_catalog.current_setting('app.clinic_id', true), '')::uuid and n.clinic_id = sources_with.clinic and n.id = any (sources_with.sources)
    and sources_with.category = any (pg_catalog.string_to_array(n.categories, '|'))
  union all
  select d.id from clinic.document d
  where d.clinic_id = nullif(pg_catalog.current_setting('app.clinic_id', true), '')::uuid and d.clinic_id = sources_with.clinic and d.id = any (sources_with.sources)
    and sources_with.category = any (pg_catalog.string_to_array(d.category || '|' || d.categories, '|'))
$$;
grant select (categories) on clinic.note to chevet_search;
grant select (category, categories) on clinic.document to chevet_search;
grant execute on function clinic.sources_with to chevet_staff;

-- What these notes and documents hold, of all that a restriction may name (server/privacy/schema.ts).
create function clinic.kept_categories(clinic uuid, sources uuid[]) returns setof text language sql stable set search_path = '' as $$
  select w.word from pg_catalog.unnest(array['allergy', 'appointment', 'condition', 'document', 'history', 'identity', 'immunization', 'medication', 'message', 'note', 'observation', 'referral', 'task']) w (word)
  where pg_catalog.cardinality(kept_categories.sources) > 0
    and exists (select from clinic.sources_with(kept_categories.clinic, w.word, kept_categories.sources))
$$;
grant execute on function clinic.kept_categories to chevet_staff;

create or replace function clinic.source_categories(clinic uuid, sources jsonb) returns setof text language sql stable set search_path = '' as $$
  select case when s.source ->> 'kind' = 'note' then 'note' else case s.source ->> 'name'
      -- By the name of a field, or of a phrase in either language (server/phrase/record-variables.ts says the same).
      when 'problems' then 'condition' when 'problemes' then 'condition' when 'medications' then 'medication' when 'medicaments' then 'medication'
      when 'allergies' then 'allergy' when 'history' then 'history' when 'vitals' then 'observation' when 'results' then 'observation'
      when 'resultats' then 'observation' when 'ta' then 'observation' when 'bp' then 'observation' when 'pouls' then 'observation'
      when 'pulse' then 'observation' when 'temperature' then 'observation' when 'saturation' then 'observation' when 'poids' then 'observation'
      when 'weight' then 'observation' when 'taille' then 'observation' when 'height' then 'observation' when 'imc' then 'observation'
      when 'bmi' then 'observation' when 'note' then 'note' when 'plan' then 'note' when 'derniere' then 'note' when 'last' then 'note'
      when 'rdv' then 'appointment' when 'next' then 'appointment' end end
  from pg_catalog.jsonb_array_elements(sources) s (source)
  union all
  select held.category
  from (select pg_catalog.array_agg((s.source ->> 'id')::uuid) as ids from pg_catalog.jsonb_array_elements(sources) s (source) where s.source ->> 'kind' = 'note') carried
  cross join lateral clinic.kept_categories(source_categories.clinic, carried.ids) held (category)
$$;

create or replace function clinic.mixed_categories(clinic uuid, content jsonb) returns text language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.string_agg(distinct c.category, '|' order by c.category), '') from (
    select said.category
      from clinic.source_categories(mixed_categories.clinic, pg_catalog.jsonb_path_query_array(mixed_categories.content, '$.body[*].runs[*].source')) said (category)
    union all
    select case a.kind when 'note' then 'note' when 'results' then 'observation' when 'document' then 'document' end
      from pg_catalog.jsonb_path_query(mixed_categories.content, '$.attachments[*].kind') k (kind) cross join lateral (select k.kind #>> '{}') a (kind)
    union all
    select held.category
      from (select pg_catalog.array_agg((i.id #>> '{}')::uuid) as ids
        from pg_catalog.jsonb_path_query(mixed_categories.content, '$.attachments[*] ? (@.kind != "results").ids[*]') i (id)) behind
      cross join lateral clinic.kept_categories(mixed_categories.clinic, behind.ids) held (category)
  ) c where c.category <> ''
$$;

-- Of a note's answers and diagnoses. That it holds another note says no more than that it is one.
drop function clinic.note_categories;
create function clinic.note_categories(clinic uuid, answers jsonb, diagnoses jsonb) returns text language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.string_agg(distinct said.category, '|' order by said.category), '') from (
    select s.category
      from clinic.source_categories(note_categories.clinic, pg_catalog.jsonb_path_query_array(note_categories.answers, '$.*[*].runs[*].source')) s (category)
    union all
    select 'condition' where pg_catalog.jsonb_path_exists(note_categories.diagnoses, '$[*].conditionId ? (@ != null)')
  ) said where said.category not in ('', 'note')
$$;
grant execute on function clinic.note_categories to chevet_staff;

create or replace function clinic.mix_note() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' then return new; end if;
  if tg_op = 'INSERT' or new.answers is distinct from old.answers or new.diagnoses is distinct from old.diagnoses then
    new.categories := clinic.note_categories(new.clinic_id, new.answers, new.diagnoses);
  elsif new.categories is distinct from old.categories then
    raise exception 'a note says itself what it holds' using errcode = 'check_violation', constraint = 'note_categories_said';
  end if;
  return new;
end $$;

-- What stands already, a note before those that it was carried into; then the letters that have one behind them, their paper and earlier versions. The tables'
-- owner looks past their policies for the length of these statements, one clinic after the other.
alter table clinic.note no force row level security;
alter table clinic.note_draft no force row level security;
alter table clinic.letter no force row level security;
alter table clinic.letter_draft no force row level security;
alter table clinic.document no force row level security;
alter table clinic.document_text no force row level security;
alter table clinic.record_version no force row level security;
alter table clinic.note disable trigger user;
alter table clinic.note_draft disable trigger user;
alter table clinic.letter disable trigger user;
alter table clinic.letter_draft disable trigger user;
alter table clinic.document disable trigger user;
alter table clinic.document_text disable trigger user;
do $$
declare
  here uuid;
  changed int;
  papers int;
begin
  for here in select c.clinic_id from (select n.clinic_id from clinic.note n union select l.clinic_id from clinic.letter l) c loop
    perform pg_catalog.set_config('app.clinic_id', here::text, true);
    loop
      update clinic.note n set categories = s.said
      from (select k.id, clinic.note_categories(k.clinic_id, k.answers, k.diagnoses) as said from clinic.note k
        where k.clinic_id = here and (k.answers::text like '%"source"%' or k.diagnoses::text like '%"conditionId"%')) s
      where n.clinic_id = here and s.id = n.id and n.categories <> s.said;
      get diagnostics changed = row_count;
      exit when changed = 0;
    end loop;
    update clinic.note_draft d set categories = clinic.note_categories(d.clinic_id, d.answers, d.diagnoses)
      where d.clinic_id = here and (d.answers::text like '%"source"%' or d.diagnoses::text like '%"conditionId"%');
    -- A letter's paper may be behind another letter.
    loop
      update clinic.letter l set categories = s.said
      from (select k.id, clinic.mixed_categories(k.clinic_id, k.content) as said from clinic.letter k
        where k.clinic_id = here and k.signed_at is not null and k.categories ~ '\m(note|document)\M') s
      where l.clinic_id = here and s.id = l.id and l.categories <> s.said;
      get diagnostics changed = row_count;
      update clinic.document d set categories = l.categories from clinic.letter l
      where l.clinic_id = here and d.clinic_id = here and l.document_id = d.id and d.categories <> l.categories;
      get diagnostics papers = row_count;
      exit when changed + papers = 0;
    end loop;
    update clinic.letter_draft d set categories = clinic.mixed_categories(d.clinic_id, d.content)
      where d.clinic_id = here and d.categories ~ '\m(note|document)\M';
    update clinic.document_text t set categories = d.categories from clinic.document d
      where d.clinic_id = here and t.clinic_id = here and d.id = t.id and d.categories <> t.categories;
    update clinic.record_version v set categories = clinic.note_categories(v.clinic_id, v.content -> 'answers', v.content -> 'diagnoses')
      where v.clinic_id = here and v.entity = 'note' and (v.content ->> 'answers' like '%"source"%' or v.content ->> 'diagnoses' like '%"conditionId"%');
    update clinic.record_version v set categories = clinic.mixed_categories(v.clinic_id, v.content -> 'content')
      where v.clinic_id = here and v.entity = 'letter' and v.categories ~ '\m(note|document)\M';
    update clinic.record_version v set categories = d.categories from clinic.document d
      where v.clinic_id = here and d.clinic_id = here and v.entity = 'document' and v.entity_id = d.id and d.source_system = 'letter' and v.categories <> d.categories;
  end loop;
  perform pg_catalog.set_config('app.clinic_id', '', true);
end $$;
alter table clinic.note enable trigger user;
alter table clinic.note_draft enable trigger user;
alter table clinic.letter enable trigger user;
alter table clinic.letter_draft enable trigger user;
alter table clinic.document enable trigger user;
alter table clinic.document_text enable trigger user;
alter table clinic.note force row level security;
alter table clinic.note_draft force row level security;
alter table clinic.letter force row level security;
alter table clinic.letter_draft force row level security;
alter table clinic.document force row level security;
alter table clinic.document_text force row level security;
alter table clinic.record_version force row level security;

-- Only now past row security: above, the tables' owner looks.
grant create on schema clinic to chevet_search;
alter function clinic.sources_with owner to chevet_search;
revoke create on schema clinic from chevet_search;

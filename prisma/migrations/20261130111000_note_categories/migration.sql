-- A note says what its fields and phrases brought from elsewhere in the chart, as a letter does: medications, allergies, results. Whoever a restriction on one
-- of them names sees neither the note nor its draft nor its earlier versions. The database reads it off the note itself, at each save and at the signature.

alter table clinic.note add column categories text not null default '' constraint note_categories check (categories ~ '^([a-z]+(\|[a-z]+)*)?$');
alter table clinic.note_draft add column categories text not null default '' constraint note_draft_categories check (categories ~ '^([a-z]+(\|[a-z]+)*)?$');

-- Of where pieces of a text came from (server/note/rich-text-schema.ts), an array of sources: each category that they hold. What was carried from another note
-- holds what that note holds.
create function clinic.source_categories(clinic uuid, sources jsonb) returns setof text language sql stable set search_path = '' as $$
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
  from pg_catalog.jsonb_array_elements(sources) s (source)
  join clinic.note n on n.clinic_id = source_categories.clinic and n.id = (s.source ->> 'id')::uuid
  cross join lateral pg_catalog.regexp_split_to_table(n.categories, '\|') held (category)
  where s.source ->> 'kind' = 'note'
$$;
grant execute on function clinic.source_categories to chevet_staff;

create or replace function clinic.mixed_categories(clinic uuid, content jsonb) returns text language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.string_agg(distinct c.category, '|' order by c.category), '') from (
    select said.category
      from clinic.source_categories(mixed_categories.clinic, pg_catalog.jsonb_path_query_array(mixed_categories.content, '$.body[*].runs[*].source')) said (category)
    union all
    select case a.kind when 'note' then 'note' when 'results' then 'observation' when 'document' then 'document' end
      from pg_catalog.jsonb_path_query(mixed_categories.content, '$.attachments[*].kind') k (kind) cross join lateral (select k.kind #>> '{}') a (kind)
    union all
    select held.category
      from pg_catalog.jsonb_path_query(mixed_categories.content, '$.attachments[*].ids[*]') i (id)
      join clinic.document d on d.clinic_id = mixed_categories.clinic and d.id = (i.id #>> '{}')::uuid
      cross join lateral pg_catalog.regexp_split_to_table(d.category || '|' || d.categories, '\|') held (category)
    union all
    select held.category
      from pg_catalog.jsonb_path_query(mixed_categories.content, '$.attachments[*].ids[*]') i (id)
      join clinic.note n on n.clinic_id = mixed_categories.clinic and n.id = (i.id #>> '{}')::uuid
      cross join lateral pg_catalog.regexp_split_to_table(n.categories, '\|') held (category)
  ) c where c.category <> ''
$$;

-- Of a note's answers. That it holds another note says no more than that it is one.
create function clinic.note_categories(clinic uuid, answers jsonb) returns text language sql stable set search_path = '' as $$
  select coalesce(pg_catalog.string_agg(distinct said.category, '|' order by said.category), '')
  from clinic.source_categories(note_categories.clinic, pg_catalog.jsonb_path_query_array(note_categories.answers, '$.*[*].runs[*].source')) said (category)
  where said.category not in ('', 'note')
$$;
grant execute on function clinic.note_categories to chevet_staff;

create function clinic.mix_note() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' then return new; end if;
  if tg_op = 'INSERT' or new.answers is distinct from old.answers then
    new.categories := clinic.note_categories(new.clinic_id, new.answers);
  elsif new.categories is distinct from old.categories then
    raise exception 'a note says itself what it holds' using errcode = 'check_violation', constraint = 'note_categories_said';
  end if;
  return new;
end $$;
create trigger mix_note before insert or update on clinic.note for each row execute function clinic.mix_note();
create trigger mix_note before insert or update on clinic.note_draft for each row execute function clinic.mix_note();

-- Notes that stand already, a note before those that it was carried into; then the letters that have one behind them. The tables' owner looks past their policies
-- for the length of these statements.
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
  changed int;
begin
  loop
    update clinic.note n set categories = s.said
    from (select k.clinic_id, k.id, clinic.note_categories(k.clinic_id, k.answers) as said from clinic.note k where k.answers::text like '%"source"%') s
    where s.clinic_id = n.clinic_id and s.id = n.id and n.categories <> s.said;
    get diagnostics changed = row_count;
    exit when changed = 0;
  end loop;
end $$;
update clinic.note_draft d set categories = clinic.note_categories(d.clinic_id, d.answers) where d.answers::text like '%"source"%';
do $$
declare
  letters int;
  documents int;
begin
  -- A letter's paper may be behind another letter.
  loop
    update clinic.letter l set categories = s.said
    from (select k.clinic_id, k.id, clinic.mixed_categories(k.clinic_id, k.content) as said from clinic.letter k
      where k.signed_at is not null and k.categories ~ '\m(note|document)\M') s
    where s.clinic_id = l.clinic_id and s.id = l.id and l.categories <> s.said;
    get diagnostics letters = row_count;
    update clinic.document d set categories = l.categories from clinic.letter l
    where l.clinic_id = d.clinic_id and l.document_id = d.id and d.categories <> l.categories;
    get diagnostics documents = row_count;
    exit when letters + documents = 0;
  end loop;
end $$;
update clinic.letter_draft d set categories = clinic.mixed_categories(d.clinic_id, d.content) where d.categories ~ '\m(note|document)\M';
update clinic.document_text t set categories = d.categories from clinic.document d
  where d.clinic_id = t.clinic_id and d.id = t.id and d.categories <> t.categories;
alter table clinic.note enable trigger user;
alter table clinic.note_draft enable trigger user;
alter table clinic.letter enable trigger user;
alter table clinic.letter_draft enable trigger user;
alter table clinic.document enable trigger user;
alter table clinic.document_text enable trigger user;
-- Their earlier versions hold what they held.
update clinic.record_version v set categories = clinic.note_categories(v.clinic_id, v.content -> 'answers')
  where v.entity = 'note' and v.content ->> 'answers' like '%"source"%';
alter table clinic.note force row level security;
alter table clinic.note_draft force row level security;
alter table clinic.letter force row level security;
alter table clinic.letter_draft force row level security;
alter table clinic.document force row level security;
alter table clinic.document_text force row level security;
alter table clinic.record_version force row level security;

do $$
declare
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  unmixed constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null or categories = ''
    or current_setting('app.denied', true) !~ (patient_id::text || ':(' || categories || ');'))$c$;
  clinical constant text := $c$ and current_setting('app.clinical', true) = 'on'$c$;
  addressed constant text := $c$ and (audience = '' or author_id = nullif(current_setting('app.user_id', true), '')::uuid
    or position('user:' || nullif(current_setting('app.user_id', true), '') || ';' in audience) > 0
    or position('profession:' || nullif(current_setting('app.profession', true), '') || ';' in audience) > 0
    or patient_id = nullif(current_setting('app.glass_patient', true), '')::uuid)$c$;
  allowed constant text := own || unrestricted || unmixed || clinical || addressed;
begin
  execute format('alter policy staff_clinic on clinic.note using (%s) with check (%s)', allowed, allowed);
  execute format('alter policy staff_clinic on clinic.note_draft using (%s) with check (%s)', allowed, allowed);
end $$;

-- What row security hides from the reader is passed over as what they have no ground for is: a hundred in a row, of a chart that is closed to them, ended the
-- search before what is theirs, and said so that the words stand in it. The search goes on from the last that was found, read by its reader or not.

grant create on schema clinic to chevet_search;
set local role chevet_search;
create or replace function clinic.search_documents(
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
  -- Given by its id alone, where it may be hidden from whoever asks: its day is read here, and told to nobody.
  if after_on is null and after_id is not null then
    select t.dated_on into after_on from clinic.document_text t where t.clinic_id = clinic and t.id = after_id;
    if after_on is null then return; end if;
  end if;
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
reset role;
revoke create on schema clinic from chevet_search;

-- `told` false, once and last: a thousand and more were looked at, and the search goes on from there. It is an id alone, without its day.
create or replace function clinic.search_told_documents(
  clinic uuid, words text[], patient uuid, kinds text[], since date, until date, after_on date, after_id uuid, wanted int
) returns table (id uuid, dated_on date, told boolean) language plpgsql stable set search_path = '' as $$
declare
  at_once constant int := 101;
  rounds constant int := 10;
  person constant uuid := nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid;
  found_here uuid[];
  judged jsonb := '{}';
  one record;
  shown int := 0;
begin
  for round in 1..rounds loop
    select pg_catalog.array_agg(s.found order by s.place) into found_here
      from clinic.search_documents(clinic, words, patient, kinds, since, until, after_on, after_id, at_once) with ordinality as s (found, place);
    if found_here is null then return; end if;
    -- Read again under this person's own policies.
    for one in select d.id, d.dated_on, d.patient_id, d.reviewer_id from clinic.document d
      where d.clinic_id = search_told_documents.clinic and d.id = any (found_here) order by d.dated_on desc, d.id desc
    loop
      id := one.id;
      dated_on := one.dated_on;
      told := patient is not null or one.patient_id is null or one.reviewer_id is not distinct from person;
      if not told then
        -- Once for each chart. Of one chart, the line of the journal asks for the ground.
        if not judged ? one.patient_id::text then
          judged := judged || pg_catalog.jsonb_build_object(one.patient_id, clinic.lacks_ground(one.patient_id));
        end if;
        told := not (judged -> one.patient_id::text)::boolean;
      end if;
      if told then
        shown := shown + 1;
        return next;
        if shown = wanted then return; end if;
      end if;
    end loop;
    if pg_catalog.cardinality(found_here) < at_once then return; end if;
    after_on := null;
    after_id := found_here[at_once];
  end loop;
  id := after_id;
  dated_on := null;
  told := false;
  return next;
end $$;

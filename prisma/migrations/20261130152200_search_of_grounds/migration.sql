-- A page of a search by words is full of what its reader may be told, wherever that stands among what is kept from them: whoever put a hundred documents of
-- their own around one in a chart for which they have no ground read in the page's length, or in whether it was the last, that the words stand in it.
-- `told` false, once and last: a thousand and more were looked at, and the search goes on from there. Only behind that many is anything to be guessed.
create function clinic.search_told_documents(
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
    select pg_catalog.array_agg(s.found) into found_here
      from clinic.search_documents(clinic, words, patient, kinds, since, until, after_on, after_id, at_once) as s (found);
    id := null;
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
    if id is null or coalesce(pg_catalog.cardinality(found_here), 0) < at_once then return; end if;
    after_on := dated_on;
    after_id := id;
  end loop;
  told := false;
  return next;
end $$;
grant execute on function clinic.search_told_documents to chevet_staff;

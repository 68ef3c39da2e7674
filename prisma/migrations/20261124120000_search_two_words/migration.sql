-- Two fragments that many bear apart and few together (« an ro ») read every name that holds the one to find the other: 10 ms
-- of CPU in a clinic of 100,000. The pairs of letters of a patient's names, indexed together, find the few at once. Each pair
-- is marked with its clinic; clinic_id as a column of its own would be one list of all the clinic's patients to walk beside
-- them, three times the work.
create index patient_pairs_idx on clinic.patient using gin (reference.word_pairs(clinic_id, search_text)) with (fastupdate = off);

-- Its owner is the role that sees past row security, which may create here for this moment only.
grant create on schema clinic to chevet_search;
set local role chevet_search;
-- The patients of one clinic that answer a query, best first, as ids only.
--   words        folded as search_text is (server/patient/fold-name.ts); each must be in some name, at its start or inside
--   birth        born that day
--   digits       of a phone number: its last ones, or its first ones
--   file_numbers the number itself, in the spellings that may be meant
--   nam          keyed hash of a NAM
-- Keys that are given all hold at once, except file_numbers and digits, of which either may.
-- Errors: insufficient_privilege without a clinic, or for another than the one entered.
create or replace function clinic.search_patients(
  clinic uuid, words text[], birth date, digits text, file_numbers text[], nam bytea, row_limit int
) returns setof uuid language plpgsql stable security definer set search_path = '' as $$
declare
  beyond constant text := pg_catalog.chr(1114111);
  many_words constant int := 200;
  -- So many are read in the order of answers before the words are looked for together.
  in_order constant int := 2000;
  together constant int := 400;
  wanted int := least(greatest(coalesce(row_limit, 20), 1), 200);
  starts text[];
  parts text[];
  found_ids uuid[] := '{}';
  driver text;
  fewest int;
  many int;
  w text;
  inside text[];
  pairs text[];
  first_words text[];
  r record;
begin
  if clinic is null or clinic is distinct from nullif(pg_catalog.current_setting('app.clinic_id', true), '')::uuid then
    raise exception 'no clinic, or another one' using errcode = 'insufficient_privilege';
  end if;
  words := coalesce(words, '{}');
  select coalesce(pg_catalog.array_agg('% ' || e.escaped || '%'), '{}'), coalesce(pg_catalog.array_agg('%' || e.escaped || '%'), '{}')
    into starts, parts
    from (select pg_catalog.regexp_replace(t.word, '([\\%_])', '\\\1', 'g') as escaped from unnest(words) as t (word)) e;

  if nam is not null then
    return query select p.id from clinic.patient p
      where p.clinic_id = clinic and p.nam_hash = nam and p.status <> 'entered-in-error' order by p.id limit wanted;
    return;
  end if;

  if birth is not null then
    return query select p.id from clinic.patient p
      where p.clinic_id = clinic and p.birth_date = birth and p.status <> 'entered-in-error' and p.search_text like all (parts)
        and (digits is null or exists (
          select from clinic.patient_contact c
          where c.clinic_id = clinic and c.patient_id = p.id and c.ended_at is null and pg_catalog.strpos(c.normalised, digits) > 0))
      order by p.search_text collate "C", p.id limit wanted;
    return;
  end if;

  if file_numbers is not null then
    for r in
      select p.id from clinic.patient p
      where p.clinic_id = clinic and p.file_number = any (file_numbers) and p.status <> 'entered-in-error'
      order by p.file_number limit wanted
    loop
      found_ids := found_ids || r.id;
    end loop;
  end if;

  if digits is not null then
    -- The last digits first: they are what people remember of a number.
    for r in
      select c.patient_id as id from clinic.patient_contact c join clinic.patient p on p.clinic_id = clinic and p.id = c.patient_id
      where c.clinic_id = clinic and c.system in ('phone', 'sms') and c.ended_at is null
        and pg_catalog.reverse(c.normalised) collate "C" >= pg_catalog.reverse(digits)
        and pg_catalog.reverse(c.normalised) collate "C" < pg_catalog.reverse(digits) || beyond
        and p.status <> 'entered-in-error' and p.search_text like all (parts)
      order by pg_catalog.reverse(c.normalised) collate "C"
    loop
      exit when pg_catalog.cardinality(found_ids) >= wanted;
      if r.id <> all (found_ids) then found_ids := found_ids || r.id; end if;
    end loop;
    for r in
      select c.patient_id as id from clinic.patient_contact c join clinic.patient p on p.clinic_id = clinic and p.id = c.patient_id
      where c.clinic_id = clinic and c.system in ('phone', 'sms') and c.ended_at is null
        and c.normalised collate "C" >= '+1' || digits and c.normalised collate "C" < '+1' || digits || beyond
        and p.status <> 'entered-in-error' and p.search_text like all (parts)
      order by c.normalised collate "C"
    loop
      exit when pg_catalog.cardinality(found_ids) >= wanted;
      if r.id <> all (found_ids) then found_ids := found_ids || r.id; end if;
    end loop;
    return query select unnest(found_ids);
    return;
  end if;

  if pg_catalog.cardinality(words) = 0 then
    return query select unnest(found_ids);
    return;
  end if;

  -- Names that begin with the words. The word that fewest patients bear leads; the others are looked for beside it.
  driver := words[1];
  if pg_catalog.cardinality(words) > 1 then
    foreach w in array words loop
      select count(*) into many from (
        select 1 from clinic.patient_word pw where pw.clinic_id = clinic and pw.word >= w and pw.word < w || beyond limit coalesce(fewest, 500)
      ) few;
      if fewest is null or many < fewest then driver := w; fewest := many; end if;
    end loop;
  end if;
  if pg_catalog.cardinality(words) = 1 then
    for r in
      select pw.patient_id as id from clinic.patient_word pw
      where pw.clinic_id = clinic and pw.word >= driver and pw.word < driver || beyond
      order by pw.word, pw.place, pw.names, pw.patient_id
    loop
      exit when pg_catalog.cardinality(found_ids) >= wanted;
      if r.id <> all (found_ids) then found_ids := found_ids || r.id; end if;
    end loop;
  else
    for r in
      select pw.patient_id as id from (
        select x.patient_id, x.names from clinic.patient_word x
        where x.clinic_id = clinic and x.word >= driver and x.word < driver || beyond
        order by x.word, x.place, x.names, x.patient_id limit in_order
      ) pw
      where (' ' || pw.names) like all (starts)
    loop
      exit when pg_catalog.cardinality(found_ids) >= wanted;
      if r.id <> all (found_ids) then found_ids := found_ids || r.id; end if;
    end loop;
  end if;
  if pg_catalog.cardinality(found_ids) >= wanted then
    return query select unnest(found_ids);
    return;
  end if;

  -- Several words of which none alone leads to enough: few bear them together, and their pairs of letters say who.
  -- The first, the middle and the last pair of a word single out as many as all of them would, and each more costs a list.
  select pg_catalog.array_agg(distinct pair.text) into pairs
    from unnest(words) as t (word), unnest(reference.word_pairs(clinic, t.word)) with ordinality as pair (text, n)
    where pair.n in (1, pg_catalog.length(t.word) / 2, pg_catalog.length(t.word) - 1);
  if pg_catalog.cardinality(words) > 1 and pairs is not null then
    -- Planned anew each time, as below.
    for r in execute 'select c.id from (
        select p.id, p.search_text from clinic.patient p
        where p.clinic_id = $1 and reference.word_pairs(p.clinic_id, p.search_text) @> $2 and p.search_text like all ($3)
          and p.status <> ''entered-in-error''
        limit $5
      ) c order by ('' '' || c.search_text) like all ($4) desc, c.search_text collate "C", c.id'
      using clinic, pairs, parts, starts, together
    loop
      exit when pg_catalog.cardinality(found_ids) >= wanted;
      if r.id <> all (found_ids) then found_ids := found_ids || r.id; end if;
    end loop;
    return query select unnest(found_ids);
    return;
  end if;

  -- Then names that hold the words anywhere, led by the one found inside the fewest different words.
  fewest := null;
  foreach w in array words loop
    -- A single letter has no pair, and leads only when there is nothing else.
    continue when pg_catalog.length(w) = 1 and exists (select from unnest(words) as t (word) where pg_catalog.length(t.word) > 1);
    if pg_catalog.length(w) = 1 then
      select pg_catalog.array_agg(n.word) into inside from clinic.name_word n where n.clinic_id = clinic and pg_catalog.strpos(n.word, w) > 0;
    else
      -- Planned anew each time: a plan kept for any word cannot know that the pairs single out a few words, and would read them all.
      execute 'select pg_catalog.array_agg(n.word) from (
          select x.word from clinic.name_word x
          where x.clinic_id = $1 and reference.word_pairs(x.clinic_id, x.word) @> reference.word_pairs($1, $2) and pg_catalog.strpos(x.word, $2) > 0
          limit $3
        ) n' into inside using clinic, w, many_words;
    end if;
    many := coalesce(pg_catalog.cardinality(inside), 0);
    if fewest is null or many < fewest then fewest := many; driver := w; first_words := inside; end if;
    exit when many = 0;
  end loop;
  if fewest < many_words or pg_catalog.length(driver) = 1 then
    -- Word by word in their order: the inner query stops when the loop has enough.
    select pg_catalog.array_agg(t.word order by t.word) into first_words from unnest(first_words) as t (word);
    for r in
      select pw.patient_id as id from unnest(first_words) as d (word)
      cross join lateral (
        select x.patient_id from clinic.patient_word x
        where x.clinic_id = clinic and x.word = d.word and x.names like all (parts)
        order by x.place, x.names, x.patient_id
      ) pw
    loop
      exit when pg_catalog.cardinality(found_ids) >= wanted;
      if r.id <> all (found_ids) then found_ids := found_ids || r.id; end if;
    end loop;
  else
    -- So many words that putting them in order would cost more than the first answers that come.
    for r in execute 'select pw.patient_id as id from clinic.name_word d
      cross join lateral (
        select x.patient_id from clinic.patient_word x
        where x.clinic_id = $1 and x.word = d.word and x.names like all ($3)
        order by x.place, x.names, x.patient_id
      ) pw
      where d.clinic_id = $1 and reference.word_pairs(d.clinic_id, d.word) @> reference.word_pairs($1, $2) and pg_catalog.strpos(d.word, $2) > 0'
      using clinic, driver, parts
    loop
      exit when pg_catalog.cardinality(found_ids) >= wanted;
      if r.id <> all (found_ids) then found_ids := found_ids || r.id; end if;
    end loop;
  end if;
  return query select unnest(found_ids);
end $$;

reset role;
revoke create on schema clinic from chevet_search;

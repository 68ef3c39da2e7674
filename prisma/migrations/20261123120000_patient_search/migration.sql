-- Finding a patient by any part of any name, as fast in a clinic of 100,000 as in one of 900 (why: server/patient/README.md).
-- Row security cannot use an index for "contains", so a function that sees past it returns ids, and its caller reads the
-- rows again under its own policies.

-- Numbers that a clinic counts by itself.
create table clinic.counter (
  clinic_id uuid not null constraint counter_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  name text not null constraint counter_name check (name in ('file-number')),
  value bigint not null constraint counter_value_positive check (value > 0),
  constraint counter_pkey primary key (clinic_id, name)
);

-- One row per word of a patient's names, in the order in which answers are shown: the first of a hundred thousand are read
-- from the index and the rest never looked at.
create table clinic.patient_word (
  clinic_id uuid not null,
  patient_id uuid not null,
  category text not null default 'identity',
  word text collate "C" not null constraint patient_word_length check (length(word) between 1 and 60),
  -- 0: the first word of the family name. An answer by family name comes before one by given name.
  place smallint not null constraint patient_word_place check (place in (0, 1)),
  -- The patient's search_text, so that the other words of a query are looked for without opening the patient's row.
  names text collate "C" not null constraint patient_word_names_length check (length(names) between 1 and 500),
  constraint patient_word_pkey primary key (clinic_id, patient_id, word),
  constraint patient_word_patient_fk foreign key (clinic_id, patient_id) references clinic.patient (clinic_id, id) on delete cascade
);
create index patient_word_search_idx on clinic.patient_word (clinic_id, word, place, names, patient_id);

-- Each word once per clinic: few enough to look inside every one, for the middle of a name or a single letter of it.
-- It says of nobody that they are a patient, and keeps a word that nobody bears any more until the clinic leaves.
create table clinic.name_word (
  clinic_id uuid not null constraint name_word_clinic_fk references clinic.clinic (clinic_id) on delete restrict,
  word text collate "C" not null constraint name_word_length check (length(word) between 1 and 60),
  constraint name_word_pkey primary key (clinic_id, word)
);

-- The pairs of letters of a word, each marked with its clinic: one entry of the index below then lists the words of one
-- clinic, and a search costs what that clinic's words cost, however many clinics there are.
create function reference.word_pairs(clinic uuid, word text) returns text[] language plpgsql immutable strict parallel safe cost 10000 set search_path = '' as $$
declare
  pairs text[] := '{}';
begin
  for i in 1 .. pg_catalog.length(word) - 1 loop
    pairs := pairs || (clinic::text || pg_catalog.substr(word, i, 2));
  end loop;
  return pairs;
end $$;
grant execute on function reference.word_pairs to chevet_staff, chevet_mover, chevet_search;
create index name_word_pairs_idx on clinic.name_word using gin (clinic_id, reference.word_pairs(clinic_id, word)) with (fastupdate = off);

-- Runs as whoever writes the patient, under their policies. Only the row's own clinic is touched.
create function clinic.index_patient_words() returns trigger language plpgsql set search_path = '' as $$
declare
  words constant text[] := pg_catalog.string_to_array(new.search_text, ' ');
  w text;
begin
  if tg_op = 'UPDATE' then
    delete from clinic.patient_word p where p.clinic_id = old.clinic_id and p.patient_id = old.id;
  end if;
  if new.status = 'entered-in-error' then return null; end if;
  -- Row by row, since a distributed database refuses INSERT … SELECT under row security; and in one order for everybody:
  -- two registrations that bring the same new words wait for each other, and never in a circle.
  for w in select distinct t.word from unnest(words) as t (word) order by t.word loop
    insert into clinic.patient_word (clinic_id, patient_id, category, word, place, names)
      values (new.clinic_id, new.id, new.category, w, case when w = words[1] then 0 else 1 end, new.search_text);
    insert into clinic.name_word (clinic_id, word) values (new.clinic_id, w) on conflict do nothing;
  end loop;
  return null;
end $$;
create trigger index_words after insert or update of search_text, status, category on clinic.patient
  for each row execute function clinic.index_patient_words();

do $$
declare
  name text;
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
begin
  foreach name in array array['counter', 'patient_word', 'name_word'] loop
    execute format('alter table clinic.%I enable row level security', name);
    execute format('alter table clinic.%I force row level security', name);
    execute format('grant select, insert, update, delete on clinic.%I to chevet_mover', name);
    execute format('create policy mover_clinic on clinic.%I to chevet_mover using (%s) with check (%s)', name, own, own);
  end loop;
  execute format('grant select, insert, update on clinic.counter to chevet_staff');
  execute format('create policy staff_clinic on clinic.counter to chevet_staff using (%s) with check (%s)', own, own);
  -- What the trigger needs and no more: nobody who serves reads a name here.
  execute format('grant insert, delete, select (clinic_id, patient_id) on clinic.patient_word to chevet_staff');
  execute format('create policy staff_clinic on clinic.patient_word to chevet_staff using (%s) with check (%s)', own || unrestricted, own || unrestricted);
  execute format('grant insert on clinic.name_word to chevet_staff');
  execute format('create policy staff_clinic on clinic.name_word to chevet_staff using (%s) with check (%s)', own, own);
end $$;

grant select on clinic.patient, clinic.patient_contact, clinic.patient_word, clinic.name_word to chevet_search;

-- The patients of one clinic that answer a query, best first, as ids only.
--   words        folded as search_text is (server/patient/fold-name.ts); each must be in some name, at its start or inside
--   birth        born that day
--   digits       of a phone number: its last ones, or its first ones
--   file_numbers the number itself, in the spellings that may be meant
--   nam          keyed hash of a NAM
-- Keys that are given all hold at once, except file_numbers and digits, of which either may.
-- Errors: insufficient_privilege without a clinic, or for another than the one entered.
create function clinic.search_patients(
  clinic uuid, words text[], birth date, digits text, file_numbers text[], nam bytea, row_limit int
) returns setof uuid language plpgsql stable security definer set search_path = '' as $$
declare
  beyond constant text := pg_catalog.chr(1114111);
  many_words constant int := 200;
  wanted int := least(greatest(coalesce(row_limit, 20), 1), 200);
  starts text[];
  parts text[];
  found_ids uuid[] := '{}';
  driver text;
  fewest int;
  many int;
  w text;
  inside text[];
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
        select 1 from clinic.patient_word pw where pw.clinic_id = clinic and pw.word >= w and pw.word < w || beyond limit coalesce(fewest, 1000)
      ) few;
      if fewest is null or many < fewest then driver := w; fewest := many; end if;
    end loop;
  end if;
  for r in
    select pw.patient_id as id from clinic.patient_word pw
    where pw.clinic_id = clinic and pw.word >= driver and pw.word < driver || beyond and (' ' || pw.names) like all (starts)
    order by pw.word, pw.place, pw.names, pw.patient_id
  loop
    exit when pg_catalog.cardinality(found_ids) >= wanted;
    if r.id <> all (found_ids) then found_ids := found_ids || r.id; end if;
  end loop;
  if pg_catalog.cardinality(found_ids) >= wanted then
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

grant execute on function clinic.search_patients to chevet_staff;
-- To hand a function over, the new owner must be able to create in the schema for that moment.
grant create on schema clinic to chevet_search;
alter function clinic.search_patients owner to chevet_search;
revoke create on schema clinic from chevet_search;

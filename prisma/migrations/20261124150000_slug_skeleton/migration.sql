-- « c1inique » passed beside « clinique »: pairs of letters were folded before the letters that make them. The addresses given
-- so far are folded anew, as server/clinic/slug-form.ts does; of two that were both given already, each keeps its own.
do $$
declare
  s record;
begin
  alter table host.slug no force row level security;
  for s in
    select slug, replace(replace(replace(translate(replace(slug, '-', ''), '1i0582', 'llosbz'), 'rn', 'm'), 'vv', 'w'), 'cl', 'd') as folded
    from host.slug
  loop
    begin
      update host.slug set skeleton = s.folded where slug = s.slug and skeleton <> s.folded;
    exception when unique_violation then null;
    end;
  end loop;
  alter table host.slug force row level security;
end $$;

-- Whom a restriction holds back cannot lift it: neither the person it names nor one of the role it names. reference.enter has
-- listed in app.denied what this person is held from (nothing while a glass is broken: then the verb alone refuses).
drop policy staff_change on clinic.restriction;
create policy staff_change on clinic.restriction for update to chevet_staff
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid
    and (user_id is null or user_id is distinct from nullif(current_setting('app.user_id', true), '')::uuid)
    and (nullif(current_setting('app.denied', true), '') is null or role is null
      or position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))
  with check (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid);

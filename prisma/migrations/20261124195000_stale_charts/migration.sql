-- A whole chart is kept for days. What it holds may meanwhile be found to be another person's, or no record at all; or the patient closes a part of it to
-- whoever made it. From that moment on the file is fetched and sent no more, and a link that shows it opens nothing: another is made.

-- The documents that stand in it, and what its author was when they asked: a restriction may name a role.
alter table clinic.chart_export add column held uuid[] not null default '{}';
alter table clinic.chart_export add column author_role text not null default '' constraint chart_export_author_role_length check (length(author_role) <= 40);
grant update (held) on clinic.chart_export to chevet_staff;

-- Of these whole charts, those that may go nowhere any more, as ids only: what was done to a chart by somebody else, and who is named by a restriction, is
-- seen by neither its author nor whoever has a link. Notes that were declared an error before are printed as such and close nothing.
create function clinic.closed_exports(clinic uuid, exports uuid[]) returns setof uuid language sql stable security definer set search_path = '' as $$
  select e.id from clinic.chart_export e
  where e.clinic_id = nullif(pg_catalog.current_setting('app.clinic_id', true), '')::uuid and e.clinic_id = closed_exports.clinic and e.id = any (closed_exports.exports) and (
    exists (select from clinic.restriction r
      where r.clinic_id = e.clinic_id and r.patient_id = e.patient_id and r.ended_at is null and r.created_at > e.created_at and (r.user_id = e.author_id or r.role = e.author_role))
    or exists (select from unnest(e.held) h (id) left join clinic.document d on d.clinic_id = e.clinic_id and d.id = h.id
      where d.patient_id is distinct from e.patient_id or d.status not in ('filed', 'reviewed'))
    -- Two records that were one for a while: what was made of both holds the other's.
    or exists (select from clinic.patient_merge m where m.clinic_id = e.clinic_id and m.patient_id = e.patient_id and m.undone_at > e.created_at)
    or e.options -> 'parts' ? 'problems' and exists (select from clinic.condition t where t.clinic_id = e.clinic_id and t.patient_id = e.patient_id
      and t.status = 'entered-in-error' and t.error_at > e.created_at and t.created_at < coalesce(e.settled_at, pg_catalog.now()))
    or e.options -> 'parts' ? 'allergies' and exists (select from clinic.allergy_intolerance t where t.clinic_id = e.clinic_id and t.patient_id = e.patient_id
      and t.status = 'entered-in-error' and t.error_at > e.created_at and t.created_at < coalesce(e.settled_at, pg_catalog.now()))
    or e.options -> 'parts' ? 'medications' and exists (select from clinic.medication t where t.clinic_id = e.clinic_id and t.patient_id = e.patient_id
      and t.status = 'entered-in-error' and t.error_at > e.created_at and t.created_at < coalesce(e.settled_at, pg_catalog.now()))
    or e.options -> 'parts' ? 'history' and exists (select from clinic.history_entry t where t.clinic_id = e.clinic_id and t.patient_id = e.patient_id
      and t.status = 'entered-in-error' and t.error_at > e.created_at and t.created_at < coalesce(e.settled_at, pg_catalog.now()))
    or e.options -> 'parts' ? 'immunizations' and exists (select from clinic.immunization t where t.clinic_id = e.clinic_id and t.patient_id = e.patient_id
      and t.status = 'entered-in-error' and t.error_at > e.created_at and t.created_at < coalesce(e.settled_at, pg_catalog.now()))
    or e.options -> 'parts' ? 'observations' and exists (select from clinic.observation t where t.clinic_id = e.clinic_id and t.patient_id = e.patient_id
      and t.status = 'entered-in-error' and t.error_at > e.created_at and t.created_at < coalesce(e.settled_at, pg_catalog.now()))
    or e.options -> 'parts' ? 'notes' and exists (select from clinic.note t where t.clinic_id = e.clinic_id and t.patient_id = e.patient_id
      and t.status = 'entered-in-error' and t.error_at > e.created_at and t.created_at < coalesce(e.settled_at, pg_catalog.now())))
$$;

grant select (clinic_id, id, patient_id, author_id, author_role, options, held, created_at, settled_at) on clinic.chart_export to chevet_search;
grant select (clinic_id, patient_id, user_id, role, created_at, ended_at) on clinic.restriction to chevet_search;
grant select (clinic_id, patient_id, undone_at) on clinic.patient_merge to chevet_search;
grant select (clinic_id, patient_id, status, error_at, created_at) on clinic.condition, clinic.allergy_intolerance, clinic.medication, clinic.history_entry,
  clinic.immunization, clinic.observation to chevet_search;
grant select (error_at, created_at) on clinic.note to chevet_search;
grant select (chart_export_id) on clinic.communication_document to chevet_search;

grant execute on function clinic.closed_exports to chevet_staff;
grant create on schema clinic to chevet_search;
alter function clinic.closed_exports owner to chevet_search;
-- A function is replaced by its owner.
set local role chevet_search;
-- The documents and whole charts of the link that this address opens which may not be shown any more, as ids only.
create or replace function clinic.withdrawn_documents(clinic uuid) returns setof uuid language sql stable security definer set search_path = '' as $$
  with sent as (
    select t.clinic_id, t.patient_id, s.document_id, s.chart_export_id
    from clinic.transmission t
    join clinic.communication_document s on s.clinic_id = t.clinic_id and s.communication_id = t.id
    where t.clinic_id = nullif(pg_catalog.current_setting('app.clinic_id', true), '')::uuid and t.clinic_id = withdrawn_documents.clinic
      and t.token_hash = pg_catalog.decode(nullif(pg_catalog.current_setting('app.token_hash', true), ''), 'hex')
  )
  select s.document_id from sent s left join clinic.document d on d.clinic_id = s.clinic_id and d.id = s.document_id
  where s.document_id is not null and (d.patient_id is distinct from s.patient_id or d.status not in ('filed', 'reviewed'))
  union all
  select c.id from clinic.closed_exports(withdrawn_documents.clinic, array(select s.chart_export_id from sent s where s.chart_export_id is not null)) c (id)
$$;
set local role chevet_owner;
revoke create on schema clinic from chevet_search;

-- A document goes to somebody only where whoever sends it reads it, in the chart that it is sent from: a foreign key alone looks past the policies. A whole
-- chart that holds what is no longer its patient's goes to nobody.
create or replace function clinic.check_sent_document() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' then return new; end if;
  if new.document_id is not null and not exists (
      select from clinic.document d where d.clinic_id = new.clinic_id and d.id = new.document_id and d.patient_id = new.patient_id)
    or new.chart_export_id is not null and not exists (
      select from clinic.chart_export e where e.clinic_id = new.clinic_id and e.id = new.chart_export_id and e.patient_id = new.patient_id) then
    raise exception 'no such document' using errcode = 'foreign_key_violation';
  end if;
  if new.chart_export_id is not null and exists (select from clinic.closed_exports(new.clinic_id, array[new.chart_export_id])) then
    raise exception 'no longer this chart' using errcode = 'check_violation', constraint = 'communication_document_closed';
  end if;
  return new;
end $$;

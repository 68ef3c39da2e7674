-- A letter that a corrected one replaced stays in the chart, to be read, and goes to nobody any more. Its document says so by itself, since whoever
-- sends may not see the letter. Links that went before stay open: what was sent was sent, and the chart says that a corrected one exists.

alter table clinic.document add column replaced_by_id uuid;
alter table clinic.document add constraint document_replaced_by_self check (replaced_by_id is distinct from id);
alter table clinic.document add constraint document_replaced_by_fk foreign key (clinic_id, replaced_by_id) references clinic.document (clinic_id, id) on delete restrict;
create index document_replaced_by_idx on clinic.document (clinic_id, replaced_by_id) where replaced_by_id is not null;

-- Letters that were replaced already. The table's owner looks past its policies for the length of this statement.
alter table clinic.document no force row level security;
alter table clinic.letter no force row level security;
alter table clinic.document disable trigger user;
update clinic.document d set replaced_by_id = n.document_id
from clinic.letter o join clinic.letter n on n.clinic_id = o.clinic_id and n.corrects_id = o.id and n.document_id is not null
where o.clinic_id = d.clinic_id and o.document_id = d.id and o.status = 'replaced';
alter table clinic.document enable trigger user;
alter table clinic.document force row level security;
alter table clinic.letter force row level security;

-- The paper of a letter or of a prescription leaves neither its chart nor its words, and once replaced it stays replaced.
create or replace function clinic.lock_letter_document() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' or old.source_system not in ('letter', 'chevet-prescription') then return new; end if;
  if (new.patient_id, new.category, new.file_id, new.document_type, new.title, new.dated_on, new.source_author, new.source_system, new.source_id)
    is distinct from (old.patient_id, old.category, old.file_id, old.document_type, old.title, old.dated_on, old.source_author, old.source_system, old.source_id)
    or new.status = 'received' or (old.replaced_by_id is not null and new.replaced_by_id is null) then
    raise exception 'what was signed here is locked' using errcode = 'check_violation', constraint = 'letter_lock';
  end if;
  return new;
end $$;

create or replace function clinic.check_sent_document() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'chevet_mover' then return new; end if;
  if new.document_id is not null and not exists (
      select from clinic.document d where d.clinic_id = new.clinic_id and d.id = new.document_id and d.patient_id = new.patient_id)
    or new.chart_export_id is not null and not exists (
      select from clinic.chart_export e where e.clinic_id = new.clinic_id and e.id = new.chart_export_id and e.patient_id = new.patient_id) then
    raise exception 'no such document' using errcode = 'foreign_key_violation';
  end if;
  if new.document_id is not null and exists (
      select from clinic.document d where d.clinic_id = new.clinic_id and d.id = new.document_id and d.replaced_by_id is not null) then
    raise exception 'replaced by another' using errcode = 'check_violation', constraint = 'communication_document_replaced';
  end if;
  if new.chart_export_id is not null and exists (select from clinic.closed_exports(new.clinic_id, array[new.chart_export_id])) then
    raise exception 'no longer this chart' using errcode = 'check_violation', constraint = 'communication_document_closed';
  end if;
  return new;
end $$;

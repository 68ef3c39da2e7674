-- A signed note may be corrected as often as it must: each correction says which version it corrects and why, and a version has one correction that
-- stands or is being written. The text of each stays.

alter table clinic.note add column corrects_id uuid;
alter table clinic.note add column correction_reason text constraint note_correction_reason_length check (length(correction_reason) between 1 and 300);

-- Corrections that are there: each is of the one before it. The table's owner looks past its policies for the length of this statement.
alter table clinic.note no force row level security;
alter table clinic.note disable trigger user;
update clinic.note n set corrects_id = coalesce(c.before, n.amends_id)
from (
  select k.clinic_id, k.id, case when k.status <> 'entered-in-error' then lag(k.id) over
    (partition by k.clinic_id, k.amends_id, k.status <> 'entered-in-error' order by k.signed_at nulls last, k.created_at, k.id) end as before
  from clinic.note k where k.relation = 'correction'
) c
where c.clinic_id = n.clinic_id and c.id = n.id;
alter table clinic.note enable trigger user;
alter table clinic.note force row level security;

alter table clinic.note add constraint note_corrects check ((correction_reason is null or corrects_id is not null) and corrects_id is distinct from id);
alter table clinic.note add constraint note_corrects_fk foreign key (clinic_id, corrects_id) references clinic.note (clinic_id, id) on delete restrict;
create unique index note_corrects_key on clinic.note (clinic_id, corrects_id) where corrects_id is not null and status <> 'entered-in-error';

create or replace function clinic.lock_note() returns trigger language plpgsql set search_path = '' as $$
declare
  me uuid := nullif(pg_catalog.current_setting('app.user_id', true), '')::uuid;
  after_signing constant text[] := array['status', 'cosigned_at', 'cosigned_by', 'error_reason', 'error_by', 'error_at',
    'version', 'last_updated', 'change_number', 'change_txid'];
begin
  -- Whoever moves a clinic brings what was signed elsewhere, whole.
  if current_user = 'chevet_mover' then return new; end if;
  if tg_op = 'INSERT' then
    if new.status <> 'preliminary' then
      raise exception 'a note is signed after it was begun' using errcode = 'check_violation', constraint = 'note_lock';
    end if;
    return new;
  end if;
  if old.status = 'preliminary' then
    if new.author_id is distinct from old.author_id then
      raise exception 'a note stays its author''s' using errcode = 'check_violation', constraint = 'note_lock';
    end if;
    if new.signed_at is not null then
      if (new.relation is not distinct from 'correction') <> (new.corrects_id is not null) or new.corrects_id is not null and not exists (
          select from clinic.note c where c.clinic_id = new.clinic_id and c.id = new.corrects_id and c.patient_id = new.patient_id
            and (c.id = new.amends_id or c.amends_id = new.amends_id and c.relation = 'correction')) then
        raise exception 'a correction is of a version of its note' using errcode = 'check_violation', constraint = 'note_corrects';
      end if;
      if new.signed_by is distinct from me or new.status <> 'final' or new.cosigned_at is not null then
        raise exception 'nobody signs in the name of another' using errcode = 'check_violation', constraint = 'note_lock';
      end if;
      new.content_hash := pg_catalog.sha256(pg_catalog.convert_to((pg_catalog.jsonb_build_array(new.id, new.patient_id, new.encounter_id,
        new.questionnaire_id, new.questionnaire_number, new.amends_id, new.relation, new.title, new.answers, new.diagnoses,
        pg_catalog.date_part('epoch', new.occurred_at), new.signed_by, pg_catalog.date_part('epoch', new.signed_at))
        || case when new.corrects_id is null then '[]' else pg_catalog.jsonb_build_array(new.corrects_id, new.correction_reason) end)::text, 'UTF8'));
    end if;
    return new;
  end if;
  if pg_catalog.to_jsonb(new) - after_signing is distinct from pg_catalog.to_jsonb(old) - after_signing then
    raise exception 'a signed note is locked' using errcode = 'check_violation', constraint = 'note_lock';
  end if;
  if old.status = 'entered-in-error' or (new.status <> old.status and new.status = 'preliminary')
    or (old.status = 'amended' and new.status = 'final')
    or (old.cosigned_at is not null and (new.cosigned_at, new.cosigned_by) is distinct from (old.cosigned_at, old.cosigned_by))
    or (old.cosigned_at is null and new.cosigned_at is not null and (new.cosigned_by is distinct from me or me = old.signed_by))
    or (new.error_reason is not null and new.error_by is distinct from me) then
    raise exception 'a signed note is locked' using errcode = 'check_violation', constraint = 'note_lock';
  end if;
  return new;
end $$;

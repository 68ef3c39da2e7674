-- Names that people read in a list stand as in a Québec directory: « Évaluation » before « Traitement », « Émond » between « Dubé »
-- and « Fortin ». The column says it once, so that every `order by`, and the cursor of every page, agrees.
-- Equality stays that of bytes. No index is kept in this order: the order of ICU changes with its version, that of "C" never does.

alter table clinic.location drop constraint location_name_key;
drop index clinic.healthcare_service_name_key, clinic.resource_name_key;

alter table clinic.location alter column name type text collate "fr-CA-x-icu";
alter table clinic.healthcare_service alter column name type text collate "fr-CA-x-icu";
alter table clinic.resource alter column name type text collate "fr-CA-x-icu";
alter table clinic.practitioner
  alter column family_name type text collate "fr-CA-x-icu",
  alter column given_name type text collate "fr-CA-x-icu";
alter table identity.membership alter column display_name type text collate "fr-CA-x-icu";

create unique index location_name_key on clinic.location (clinic_id, name collate "C");
create unique index healthcare_service_name_key on clinic.healthcare_service (clinic_id, name collate "C") where status = 'active';
create unique index resource_name_key on clinic.resource (clinic_id, location_id, name collate "C") where location_id is not null and status = 'active';

-- The photo on the clinic's page: the one kind of file that anybody may see, and only where the page shows it.
alter table clinic.stored_file
  drop constraint stored_file_purpose,
  add constraint stored_file_purpose check (purpose in ('clinic-logo', 'practitioner-signature', 'export', 'page-cover'));
grant select (clinic_id, id, purpose, media_type, size_bytes, object_key) on clinic.stored_file to chevet_visitor;
create policy visitor_clinic on clinic.stored_file for select to chevet_visitor
  using (clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid and purpose = 'page-cover' and patient_id is null);

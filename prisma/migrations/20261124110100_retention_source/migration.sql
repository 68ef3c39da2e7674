-- What the clinic's person in charge of privacy relies on for the years of retention, once they said it; '' for the term that
-- comes with the professions (AC-47).
alter table clinic.clinic add column retention_source text not null default ''
  constraint clinic_retention_source_length check (length(retention_source) <= 300);

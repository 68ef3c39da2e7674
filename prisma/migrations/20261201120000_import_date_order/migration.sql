-- In which order the days of a file in figures are written is of the whole file, proposed from its column and seen by whoever imports it: read one by
-- one, a file with the month first gave wrong birth dates in silence.
alter table clinic.patient_import add column date_order text not null default 'day' check (date_order in ('day', 'month'));

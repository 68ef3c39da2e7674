-- A value that was read in a report of the chart leads to it. The column was there; the room of documents brings its key. Only the clinic is in
-- the key: a document that is taken out of a wrong chart has no patient any more, and is then not shown beside the value (server/summary).
alter table clinic.observation add constraint observation_report_fk
  foreign key (clinic_id, report_id) references clinic.document (clinic_id, id) on delete restrict;
create index observation_report_idx on clinic.observation (clinic_id, report_id) where report_id is not null;

-- Whom the document itself names (its NAM, or a name and a birth date, or the name of its file), whatever chart it was dropped on: it is proposed
-- for that chart, and whoever files or reviews it is told when its words say somebody else. Null: nobody of the clinic, or more than one.
alter table clinic.document_text
  add column named_patient_id uuid,
  add column named_because text constraint document_text_named_because check (named_because in ('nam', 'birth-date', 'name')),
  add constraint document_text_named_patient_fk foreign key (clinic_id, named_patient_id) references clinic.patient (clinic_id, id) on delete restrict;

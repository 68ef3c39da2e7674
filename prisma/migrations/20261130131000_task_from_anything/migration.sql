-- A task may come from any statement of a record, and from a letter or a request: each of care, and so is its task.
alter table clinic.task drop constraint task_focus_clinical;
alter table clinic.task add constraint task_focus_clinical check (focus_kind is null or focus_kind not in
  ('note', 'condition', 'observation', 'medication', 'prescription', 'allergy', 'history', 'immunization', 'letter') or clinical);

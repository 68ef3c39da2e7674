-- How somebody was when their pressure or their pulse was taken: lying and then standing, the two say something together (FHIR R4, the extension
-- observation-bodyPosition). '' : nobody said.
alter table clinic.observation add column body_position text not null default '' constraint observation_body_position check (
  body_position = '' or (body_position in ('lying', 'sitting', 'standing') and code in ('bp-systolic', 'bp-diastolic', 'heart-rate')));

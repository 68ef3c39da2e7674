-- Those who come no more are few, and stand anywhere in the order of names: their list reads them, and not all the others on the way.
create index patient_inactive_idx on clinic.patient (clinic_id, (search_text collate "C"), id) where status = 'inactive';

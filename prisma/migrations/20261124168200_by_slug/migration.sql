-- Each call of a member finds the clinic by its slug, and looked through all of the host's clinics for it.
create index clinic_registration_slug_idx on host.clinic_registration (slug);
-- Whether a request may be forgotten asks who waits for it: one look, and not at the whole list for each request.
create index waitlist_entry_request_idx on clinic.waitlist_entry (clinic_id, request_person_id) where request_person_id is not null;

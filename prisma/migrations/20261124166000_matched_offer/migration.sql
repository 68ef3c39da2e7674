-- A request that is matched while an offer waits for its answer takes the offer along: what is accepted then stands in the record.
grant update (patient_id) on clinic.waitlist_offer to chevet_staff;

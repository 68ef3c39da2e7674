-- What did not arrive of the visits to come is found by itself: the list of what needs a look walked all that a clinic ever sent.
create index visit_message_amiss_idx on clinic.visit_message (clinic_id, starts_at) where status in ('unknown', 'failed', 'bounced', 'skipped');

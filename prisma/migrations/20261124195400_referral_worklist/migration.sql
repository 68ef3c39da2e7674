-- The worklist of requests: the soonest expected first, drafts before them. Its order is a column, which an index serves also under row security, where
-- « coalesce » in a condition counts as leaky.
alter table clinic.service_request add column sorts_on date not null generated always as (coalesce(expected_on, '1900-01-01'::date)) stored;
create index service_request_open_idx on clinic.service_request (clinic_id, sorts_on, id) where status in ('draft', 'signed', 'sent', 'booked', 'seen');
drop index clinic.service_request_status_idx;
create index service_request_order_idx on clinic.service_request (clinic_id, status, sorts_on, id);

-- The front desk sends requests and books their consultations. The row says of whom, to whom, how soon and where it stands; why is in the letter, which
-- stays for whoever gives care. It sees those that are under way, and neither drafts, nor answers, nor what was called off and why.
do $$
declare
  own constant text := $c$clinic_id = nullif(current_setting('app.clinic_id', true), '')::uuid$c$;
  unrestricted constant text := $c$ and (nullif(current_setting('app.denied', true), '') is null or patient_id is null
    or (position(patient_id::text || ':*' in current_setting('app.denied', true)) = 0
      and position(patient_id::text || ':' || category || ';' in current_setting('app.denied', true)) = 0))$c$;
  underway constant text := $c$ and (current_setting('app.clinical', true) = 'on' or status = any (array['signed', 'sent', 'booked', 'seen']))$c$;
begin
  execute format('alter policy staff_clinic on clinic.service_request using (%s) with check (%s)', own || unrestricted || underway, own || unrestricted || underway);
end $$;

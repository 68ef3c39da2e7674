-- What a resource takes has one index and not two alike: between the one that answers by itself and the one that goes to the table for every
-- row the planner saw no difference, for the same reason as before, and after a morning of bookings it took the second.
drop index clinic.occupancy_gaps_idx;
drop index clinic.occupancy_window_idx;
create index occupancy_window_idx on clinic.occupancy (clinic_id, resource_id, starts_at, ends_at, hold_expires_at, sitting_id, blocking);

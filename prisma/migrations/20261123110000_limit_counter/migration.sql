-- Counts of tries (`rate_limit` is a table of BullMQ's). A key is a keyed hash (server/limit), so that neither an address nor
-- an e-mail can be read from it; columns are those that rate-limiter-flexible writes, in its order.
create table queue.limit_counter (
  key text primary key constraint limit_counter_key_length check (length(key) between 1 and 255),
  points int not null default 0,
  -- Milliseconds since 1970, as the library counts; null never expires.
  expire bigint
);
create index limit_counter_expire_idx on queue.limit_counter (expire);

alter table queue.limit_counter enable row level security;
alter table queue.limit_counter force row level security;

-- Counted before anybody is known: nobody's row in particular, and nothing in it about anybody.
grant select, insert, update, delete on queue.limit_counter to chevet_auth;
create policy limit_counter_auth on queue.limit_counter for all to chevet_auth using (true) with check (true);

-- Counts of tries (`rate_limit` is a table of BullMQ's). A key is a keyed hash of the limit and whose tries these are
-- (server/limit): neither an address nor an e-mail can be read from it. Columns are those that rate-limiter-flexible writes, in its order.
create table queue.limit_counter (
  key text primary key constraint limit_counter_key_form check (key ~ '^[0-9a-f]{64}$'),
  points int not null default 0,
  -- Milliseconds since 1970, as the library counts; null never expires.
  expire bigint
);
create index limit_counter_expire_idx on queue.limit_counter (expire);

alter table queue.limit_counter enable row level security;
alter table queue.limit_counter force row level security;

-- Counted before anybody is known: who has the hash has the row.
grant select, insert, update, delete on queue.limit_counter to chevet_auth;
create policy limit_counter_auth on queue.limit_counter to chevet_auth
  using (key = nullif(current_setting('app.token_hash', true), ''))
  with check (key = nullif(current_setting('app.token_hash', true), ''));

-- The worker sweeps what has expired, as it seals the platform's own journal.
grant select (expire), delete on queue.limit_counter to chevet_sealer;
create policy limit_counter_sealer on queue.limit_counter to chevet_sealer
  using (nullif(current_setting('app.clinic_id', true), '')::uuid = '00000000-0000-0000-0000-000000000000');

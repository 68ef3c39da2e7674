-- Run once per database by a superuser, and harmless to run again. It makes the roles and the five schemas, and nothing
-- else: tables, policies and functions come with the migrations, which chevet_owner runs.
-- Passwords are set by whoever starts the database (`alter role … password …`); none is written here.

do $$
declare
  name text;
begin
  -- NOINHERIT before any grant: a login gets nothing from the roles it may become until it becomes one of them.
  foreach name in array array['chevet_owner', 'chevet_web', 'chevet_worker', 'chevet_queue'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I login noinherit', name);
    end if;
  end loop;
  foreach name in array array['chevet_staff', 'chevet_patient', 'chevet_visitor', 'chevet_auth', 'chevet_registrar',
    'chevet_host', 'chevet_billing', 'chevet_relay', 'chevet_sealer', 'chevet_mover'] loop
    if not exists (select from pg_roles where rolname = name) then
      execute format('create role %I nologin noinherit', name);
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'chevet_search') then
    create role chevet_search nologin noinherit bypassrls;
  end if;
end $$;

grant chevet_staff, chevet_patient, chevet_visitor, chevet_auth, chevet_registrar, chevet_host to chevet_web;
grant chevet_staff, chevet_auth, chevet_billing, chevet_relay, chevet_sealer, chevet_mover to chevet_worker;
-- The owner hands the listed search functions to chevet_search, and for that must be able to become it.
grant chevet_search to chevet_owner;

-- A forgotten transaction must not hold a lock, a forgotten query must not hold a connection (milliseconds).
alter role chevet_web set statement_timeout = '10s';
alter role chevet_web set lock_timeout = '5s';
alter role chevet_web set idle_in_transaction_session_timeout = '15s';
alter role chevet_worker set statement_timeout = '60s';
alter role chevet_worker set lock_timeout = '10s';
alter role chevet_worker set idle_in_transaction_session_timeout = '60s';
alter role chevet_owner set lock_timeout = '30s';
-- Values never reach the server's log. An error quotes them in its message (invalid input syntax for type date: "…"), its
-- DETAIL (the row that broke a constraint) and its parameters, so a serving session's errors are not logged there at all: the
-- application logs each by its code. Slow statements and statement logging, if an operator turns them on, come without values.
-- The owner's errors stay in the log, since a migration that fails must say why, but without the rows it met.
do $$
declare
  name text;
begin
  foreach name in array array['chevet_web', 'chevet_worker', 'chevet_queue'] loop
    execute format('alter role %I set log_min_messages = ''log''', name);
  end loop;
  foreach name in array array['chevet_owner', 'chevet_web', 'chevet_worker', 'chevet_queue'] loop
    execute format('alter role %I set log_error_verbosity = ''terse''', name);
    execute format('alter role %I set log_parameter_max_length = 0', name);
    execute format('alter role %I set log_parameter_max_length_on_error = 0', name);
  end loop;
end $$;

do $$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to chevet_owner, chevet_web, chevet_worker, chevet_queue', current_database());
  -- BullMQ adds many jobs at once through temporary tables.
  execute format('grant temporary on database %I to chevet_queue', current_database());
  -- CREATE lets the owner install the trusted extensions named in the first migration.
  execute format('grant create on database %I to chevet_owner', current_database());
end $$;

create schema if not exists clinic authorization chevet_owner;
create schema if not exists identity authorization chevet_owner;
create schema if not exists host authorization chevet_owner;
create schema if not exists reference authorization chevet_owner;
create schema if not exists queue authorization chevet_owner;
drop schema if exists public;

-- A large object would belong to a role, not to a clinic: nobody makes one.
revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public;

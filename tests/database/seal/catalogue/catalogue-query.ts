import type { Catalogue } from "./catalogue.ts";

/** One statement that reads the whole catalogue: the mutation suite runs it hundreds of times. Works on PostgreSQL 15 and later. */

const grants = (acl: string, kind: string, owner: string) => `(
  select coalesce(json_agg(json_build_object('grantee', case a.grantee when 0 then 'public' else a.grantee::regrole::text end,
    'privilege', a.privilege_type, 'grantable', a.is_grantable) order by a.grantee::regrole::text, a.privilege_type), '[]')
  from aclexplode(coalesce(${acl}, acldefault('${kind}', ${owner}))) a)`;

// Members of an extension are PostgreSQL's own code; the extensions themselves are listed.
const own = (catalogue: string, oid: string) =>
  `not exists (select from pg_depend d where d.classid = '${catalogue}'::regclass and d.objid = ${oid} and d.deptype = 'e')`;

const columns = `(
  select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
    'hasDefault', a.atthasdef, 'generated', a.attgenerated <> '' or a.attidentity <> '',
    'grants', case when a.attacl is null then '[]' else ${grants("a.attacl", "c", "c.relowner")} end) order by a.attnum), '[]')
  from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)`;

const constraints = `(
  select coalesce(json_agg(json_build_object('name', k.conname, 'type', k.contype,
    'columns', coalesce((select json_agg(a.attname order by u.at) from unnest(k.conkey) with ordinality u(num, at)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.num), '[]'),
    'definition', pg_get_constraintdef(k.oid),
    'references', (select fn.nspname || '.' || f.relname from pg_class f join pg_namespace fn on fn.oid = f.relnamespace where f.oid = k.confrelid),
    'referencedColumns', (select json_agg(a.attname order by u.at) from unnest(k.confkey) with ordinality u(num, at)
      join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.num),
    'deferrable', k.condeferrable) order by k.conname), '[]')
  from pg_constraint k where k.conrelid = c.oid and k.contype <> 'n')`;

const indexes = `(
  select coalesce(json_agg(json_build_object('name', i.relname, 'unique', x.indisunique,
    'first', pg_get_indexdef(x.indexrelid, 1, true),
    'columns', (select json_agg(a.attname order by u.at) from unnest(x.indkey::int2[]) with ordinality u(num, at)
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = u.num and a.attnum > 0),
    'partial', x.indpred is not null,
    'ofConstraint', exists (select from pg_constraint k where k.conindid = x.indexrelid and k.contype in ('p', 'u', 'x'))) order by i.relname), '[]')
  from pg_index x join pg_class i on i.oid = x.indexrelid where x.indrelid = c.oid)`;

const policies = `(
  select coalesce(json_agg(json_build_object('name', p.polname, 'permissive', p.polpermissive, 'command', p.polcmd,
    'roles', (select json_agg(case r when 0 then 'public' else r::regrole::text end order by r::regrole::text) from unnest(p.polroles) r),
    'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid),
    'subselect', coalesce(p.polqual::text, '') || coalesce(p.polwithcheck::text, '') ~ '\\{(SUBLINK|SUBPLAN)') order by p.polname), '[]')
  from pg_policy p where p.polrelid = c.oid)`;

const triggers = `(
  select coalesce(json_agg(json_build_object('name', t.tgname, 'enabled', t.tgenabled,
    'function', (select n.nspname || '.' || f.proname from pg_proc f join pg_namespace n on n.oid = f.pronamespace where f.oid = t.tgfoid)) order by t.tgname), '[]')
  from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)`;

const relation = (extra: string) =>
  `json_build_object('schema', n.nspname, 'name', c.relname, 'owner', c.relowner::regrole::text, ${extra})`;

const outside = `n.nspname !~ '^pg_' and n.nspname <> 'information_schema'`;

const tables = (
  where: string,
) => `(select coalesce(json_agg(${relation(`'kind', c.relkind, 'rowSecurity', c.relrowsecurity, 'forced', c.relforcerowsecurity,
      'options', coalesce(to_json(c.reloptions), '[]'), 'columns', ${columns}, 'constraints', ${constraints}, 'indexes', ${indexes},
      'policies', ${policies}, 'triggers', ${triggers},
      'rules', (select coalesce(json_agg(r.rulename), '[]') from pg_rewrite r where r.ev_class = c.oid and r.rulename <> '_RETURN'),
      'grants', ${grants("c.relacl", "r", "c.relowner")}`)} order by n.nspname, c.relname), '[]')
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where ${outside} and c.relkind in ('r', 'p', 'v', 'm', 'f') and ${own("pg_class", "c.oid")}${where})`;

/** One table alone, as `[schema, name]`. */
export const tableQuery = `select ${tables(" and n.nspname = $1 and c.relname = $2")} as tables`;

/** Each part of the catalogue, as an expression that gives JSON. */
const parts: Readonly<Record<keyof Catalogue, string>> = {
  schemas: `(select json_agg(json_build_object('name', n.nspname, 'owner', n.nspowner::regrole::text,
    'grants', ${grants("n.nspacl", "n", "n.nspowner")}) order by n.nspname) from pg_namespace n where ${outside})`,
  tables: tables(""),
  sequences: `(select coalesce(json_agg(${relation(`'grants', ${grants("c.relacl", "s", "c.relowner")}`)} order by n.nspname, c.relname), '[]')
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${outside} and c.relkind = 'S')`,
  routines: `(select coalesce(json_agg(json_build_object('schema', n.nspname, 'name', f.proname, 'signature', f.oid::regprocedure::text,
      'owner', f.proowner::regrole::text, 'kind', f.prokind, 'language', l.lanname, 'securityDefiner', f.prosecdef,
      'settings', coalesce(to_json(f.proconfig), '[]'), 'grants', ${grants("f.proacl", "f", "f.proowner")},
      'result', pg_get_function_result(f.oid)) order by f.oid::regprocedure::text), '[]')
    from pg_proc f join pg_namespace n on n.oid = f.pronamespace join pg_language l on l.oid = f.prolang
    where ${outside} and ${own("pg_proc", "f.oid")})`,
  types: `(select coalesce(json_agg(json_build_object('schema', n.nspname, 'name', t.typname, 'owner', t.typowner::regrole::text, 'kind', t.typtype,
      'grants', ${grants("t.typacl", "T", "t.typowner")}) order by n.nspname, t.typname), '[]')
    from pg_type t join pg_namespace n on n.oid = t.typnamespace left join pg_class c on c.oid = t.typrelid
    where ${outside} and ${own("pg_type", "t.oid")} and (t.typtype in ('e', 'd', 'r', 'm') or t.typtype = 'c' and c.relkind = 'c'))`,
  roles: `(select json_agg(json_build_object('name', r.rolname, 'superuser', r.rolsuper, 'inherit', r.rolinherit, 'createRole', r.rolcreaterole,
      'createDatabase', r.rolcreatedb, 'login', r.rolcanlogin, 'replication', r.rolreplication, 'bypassRls', r.rolbypassrls,
      'settings', (select coalesce(json_agg(v order by v), '[]') from pg_db_role_setting s, unnest(s.setconfig) v where s.setrole = r.oid and s.setdatabase = 0))
      order by r.rolname) from pg_roles r where r.rolname !~ '^pg_')`,
  memberships: `(select coalesce(json_agg(json_build_object('member', m.member::regrole::text, 'role', m.roleid::regrole::text, 'admin', m.admin_option,
      'inherit', (to_json(m) ->> 'inherit_option')::boolean, 'set', (to_json(m) ->> 'set_option')::boolean)
      order by m.member::regrole::text, m.roleid::regrole::text), '[]')
    from pg_auth_members m where m.member::regrole::text !~ '^pg_')`,
  defaultPrivileges: `(select coalesce(json_agg(json_build_object('owner', d.defaclrole::regrole::text,
      'schema', (select nspname from pg_namespace where oid = d.defaclnamespace), 'objects', d.defaclobjtype,
      'grants', ${grants("d.defaclacl", "f", "d.defaclrole")})), '[]') from pg_default_acl d)`,
  database: `(select json_build_object('owner', d.datdba::regrole::text, 'grants', ${grants("d.datacl", "d", "d.datdba")})
    from pg_database d where d.datname = current_database())`,
  extensions: `(select coalesce(json_agg(json_build_object('name', e.extname, 'schema', n.nspname) order by e.extname), '[]')
    from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname <> 'plpgsql')`,
  eventTriggers: `(select coalesce(json_agg(evtname), '[]') from pg_event_trigger)`,
};

export const partQuery = (part: keyof Catalogue) => `select ${parts[part]} as part`;

export const catalogueQuery = `select json_build_object(${Object.entries(parts)
  .map(([name, expression]) => `'${name}', ${expression}`)
  .join(", ")}) as catalogue`;

-- Who did what, when and why is kept by the database itself, so that no program, ours included, can forget to write it down.

create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists btree_gist;
create extension if not exists ltree;

-- Roles reach rows by what the transaction says of its actor. A forgotten setting reaches nothing.
create schema access;

create function access.person() returns uuid language sql stable
return nullif(current_setting('quipu.person', true), '')::uuid;

create function access.network_wide() returns boolean language sql stable
return coalesce(current_setting('quipu.network', true), '') = 'on';

create function access.institutions() returns uuid[] language sql stable
return coalesce(nullif(current_setting('quipu.institutions', true), ''), '{}')::uuid[];

create function access.countries() returns text[] language sql stable
return coalesce(nullif(current_setting('quipu.countries', true), ''), '{}')::text[];

-- The ids that an actor reaches by name: themselves and the institutions they speak for.
create function access.reaches(keeper uuid) returns boolean language sql stable
return access.network_wide() or keeper = access.person() or keeper = any (access.institutions());

create schema record;

create table record.deed (
  id uuid primary key default uuidv7(),
  name text not null constraint "a deed is named noun.past" check (name ~ '^[a-z][a-z-]*\.[a-z][a-z-]*$'),
  actor_kind text not null constraint "a deed is done by a person or by the system" check (actor_kind in ('person', 'system')),
  person_id uuid,
  on_behalf_of uuid,
  about_kind text,
  about_id uuid,
  reason text,
  reason_salt bytea,
  reason_digest bytea,
  corrects uuid references record.deed,
  request_id text not null,
  at timestamptz not null default clock_timestamp(),
  xid xid8 not null default pg_current_xact_id(),
  constraint "a person's deed names the person" check ((actor_kind = 'person') = (person_id is not null))
);
create index deed_about on record.deed (about_id, at desc);
create index deed_person on record.deed (person_id, at desc);
create index deed_xid on record.deed (xid);
create index deed_name on record.deed (name, at desc);

-- One row a row that a deed changed. Values may be emptied by a lawful erasure; digests, who, when and why stay.
create table record.change (
  id bigint generated always as identity primary key,
  deed_id uuid not null,
  relation text not null,
  row_id uuid not null,
  operation text not null,
  keeper uuid,
  salt bytea,
  before jsonb,
  after jsonb,
  before_digest bytea,
  after_digest bytea,
  erased_at timestamptz,
  erased_by uuid,
  erased_under text
);
create index change_row on record.change (row_id, id);
create index change_deed on record.change (deed_id);

-- A deed asked for twice with the same key counts once; the second asking gets the first one's answer.
create table record.once (
  key uuid primary key,
  deed_id uuid not null references record.deed,
  answer jsonb,
  at timestamptz not null default clock_timestamp()
);
create index once_at on record.once (at);

-- The chain: each seal takes in the deeds committed since the last one, in a fixed order.
create table record.seal (
  no bigint generated always as identity primary key,
  previous bytea not null,
  digest bytea not null,
  deeds integer not null,
  snapshot pg_snapshot not null,
  at timestamptz not null default clock_timestamp()
);
create table record.sealed (
  deed_id uuid primary key,
  seal_no bigint not null references record.seal,
  position integer not null
);
create unique index sealed_position on record.sealed (seal_no, position);

-- What is watched, and how: columns left out of history (computed ones) and the column that says whose the row is.
create table record.watched (
  relation text primary key,
  without text[] not null,
  keeper text
);

create function record.begin(
  deed_name text, actor_kind text, person_id uuid, on_behalf_of uuid, about_kind text, about_id uuid,
  reason text, corrects uuid, request_id text, once uuid
) returns table (deed_id uuid, done boolean, answer jsonb)
language plpgsql security definer set search_path = pg_catalog, record as $$
#variable_conflict use_variable
declare
  deed uuid := uuidv7();
  salt bytea := case when reason is not null then uuid_send(gen_random_uuid()) end;
  earlier record.once;
begin
  insert into record.deed (id, name, actor_kind, person_id, on_behalf_of, about_kind, about_id, reason, reason_salt, reason_digest, corrects, request_id)
  values (deed, deed_name, actor_kind, person_id, on_behalf_of, about_kind, about_id, reason, salt, sha256(salt || convert_to(reason, 'UTF8')), corrects, request_id);
  if once is not null then
    insert into record.once (key, deed_id) values (once, deed) on conflict do nothing;
    if not found then
      select * into earlier from record.once o where o.key = once;
      return query select earlier.deed_id, true, earlier.answer;
      return;
    end if;
  end if;
  perform set_config('quipu.deed', deed::text, true);
  return query select deed, false, null::jsonb;
end $$;

create function record.finish(deed uuid, once uuid, result jsonb, about uuid) returns void
language plpgsql security definer set search_path = pg_catalog, record as $$
begin
  if once is not null then
    update record.once o set answer = result where o.key = once and o.deed_id = deed;
  end if;
  -- What a deed created is known only when it is done.
  if about is not null then
    update record.deed d set about_id = about where d.id = deed and d.about_id is null and d.xid = pg_current_xact_id();
  end if;
  perform set_config('quipu.deed', '', true);
end $$;

create function record.current_deed(relation text) returns uuid
language plpgsql stable security definer set search_path = pg_catalog, record as $$
declare deed uuid := nullif(current_setting('quipu.deed', true), '')::uuid;
begin
  if deed is null or not exists (select from record.deed d where d.id = deed and d.xid = pg_current_xact_id()) then
    raise exception using errcode = 'QP001', message = format('%s was written outside a deed', relation);
  end if;
  return deed;
end $$;

create function record.keep() returns trigger
language plpgsql security definer set search_path = pg_catalog, record as $$
declare
  relation_name text := tg_table_schema || '.' || tg_table_name;
  deed uuid := record.current_deed(relation_name);
  without text[] := tg_argv[0]::text[];
  keeper_column text := nullif(tg_argv[1], '');
begin
  if tg_op = 'INSERT' then
    insert into record.change (deed_id, relation, row_id, operation, keeper, salt, after, after_digest)
    select deed, relation_name, n.id, 'insert', (n.after ->> keeper_column)::uuid, n.salt, n.after, sha256(n.salt || convert_to(n.after::text, 'UTF8'))
    from (select r.id, to_jsonb(r) - without as after, uuid_send(gen_random_uuid()) as salt from new_rows r) n;
  elsif tg_op = 'DELETE' then
    insert into record.change (deed_id, relation, row_id, operation, keeper, salt, before, before_digest)
    select deed, relation_name, o.id, 'delete', (o.before ->> keeper_column)::uuid, o.salt, o.before, sha256(o.salt || convert_to(o.before::text, 'UTF8'))
    from (select r.id, to_jsonb(r) - without as before, uuid_send(gen_random_uuid()) as salt from old_rows r) o;
  else
    insert into record.change (deed_id, relation, row_id, operation, keeper, salt, before, after, before_digest, after_digest)
    select deed, relation_name, c.id, 'update', c.keeper, c.salt, c.before, c.after,
      sha256(c.salt || convert_to(c.before::text, 'UTF8')), sha256(c.salt || convert_to(c.after::text, 'UTF8'))
    from (
      select n.id, (n.whole ->> keeper_column)::uuid as keeper, uuid_send(gen_random_uuid()) as salt, d.before, d.after
      from (select r.id, to_jsonb(r) - without as whole from new_rows r) n
      join (select r.id, to_jsonb(r) - without as whole from old_rows r) o on o.id = n.id and o.whole <> n.whole,
      lateral (
        select jsonb_object_agg(key, o.whole -> key) as before, jsonb_object_agg(key, value) as after
        from jsonb_each(n.whole) where o.whole -> key is distinct from value
      ) d
    ) c;
  end if;
  return null;
end $$;

-- Puts a table under history. Generated columns are left out by themselves.
create procedure record.watch(relation regclass, without text[] default '{}', keeper text default null)
language plpgsql set search_path = pg_catalog, record as $$
declare
  relation_name text;
  left_out text[];
begin
  select n.nspname || '.' || c.relname into relation_name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = relation;
  select without || coalesce(array_agg(attname::text), '{}') into left_out
  from pg_attribute where attrelid = relation and attgenerated <> '' and not attisdropped;
  insert into record.watched values (relation_name, left_out, keeper)
  on conflict on constraint watched_pkey do update set without = excluded.without, keeper = excluded.keeper;
  execute format('drop trigger if exists keep_insert on %s', relation);
  execute format('drop trigger if exists keep_update on %s', relation);
  execute format('drop trigger if exists keep_delete on %s', relation);
  execute format('create trigger keep_insert after insert on %s referencing new table as new_rows for each statement execute function record.keep(%L, %L)', relation, left_out, coalesce(keeper, ''));
  execute format('create trigger keep_update after update on %s referencing old table as old_rows new table as new_rows for each statement execute function record.keep(%L, %L)', relation, left_out, coalesce(keeper, ''));
  execute format('create trigger keep_delete after delete on %s referencing old table as old_rows for each statement execute function record.keep(%L, %L)', relation, left_out, coalesce(keeper, ''));
  execute format('drop trigger if exists keep_truncate on %s', relation);
  execute format('create trigger keep_truncate before truncate on %s for each statement execute function record.refuse_truncate()', relation);
end $$;

create function record.refuse_truncate() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'QP001', message = format('%I.%I is kept in history and cannot be truncated', tg_table_schema, tg_table_name);
end $$;

-- Gives a room its schema: the web server's role may use it, and own nothing in it.
create procedure record.open_schema(schema_name text) language plpgsql as $$
begin
  execute format('grant usage on schema %I to quipu_app', schema_name);
  execute format('alter default privileges in schema %I grant select, insert, update, delete on tables to quipu_app', schema_name);
  execute format('alter default privileges in schema %I grant execute on functions to quipu_app', schema_name);
end $$;

-- History is added to and never rewritten; the two exceptions go through functions that say what they do.
create function record.refuse_rewriting() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'change' and tg_op = 'UPDATE' and current_setting('quipu.erasing', true) = 'on' then return new; end if;
  if tg_table_name = 'deed' and tg_op = 'UPDATE' and (current_setting('quipu.erasing', true) = 'on' or old.xid = pg_current_xact_id()) then return new; end if;
  raise exception using errcode = 'QP002', message = 'history is added to, never rewritten';
end $$;
create trigger never_rewritten before update or delete on record.deed for each row execute function record.refuse_rewriting();
create trigger never_rewritten before update or delete on record.change for each row execute function record.refuse_rewriting();
create trigger never_rewritten before update or delete on record.seal for each row execute function record.refuse_rewriting();
create trigger never_rewritten before update or delete on record.sealed for each row execute function record.refuse_rewriting();

-- A lawful erasure: the values of these rows leave history; the digests stay, so the chain still verifies.
create function record.erase(relation_name text, row_ids uuid[], rule text) returns integer
language plpgsql security definer set search_path = pg_catalog, record as $$
declare
  deed uuid := record.current_deed(relation_name);
  emptied integer;
begin
  perform set_config('quipu.erasing', 'on', true);
  update record.change c set salt = null, before = null, after = null, erased_at = clock_timestamp(), erased_by = deed, erased_under = rule
  where c.relation = relation_name and c.row_id = any (row_ids) and c.erased_at is null and c.deed_id <> deed;
  get diagnostics emptied = row_count;
  update record.deed d set reason = null, reason_salt = null
  where d.reason is not null and d.id <> deed and d.id in (select c.deed_id from record.change c where c.erased_by = deed);
  perform set_config('quipu.erasing', '', true);
  return emptied;
end $$;

-- What a deed amounts to: what is known of it for ever, whatever is erased.
create function record.deed_digest(deed record.deed) returns bytea language sql stable set search_path = pg_catalog, record as $$
  select sha256(
    convert_to(jsonb_build_array(deed.id, deed.name, deed.actor_kind, deed.person_id, deed.on_behalf_of, deed.about_kind, deed.about_id,
      deed.corrects, deed.request_id, deed.at at time zone 'UTC', encode(deed.reason_digest, 'hex'))::text, 'UTF8')
    || coalesce((select sha256(string_agg(convert_to(concat_ws('|', c.id, c.relation, c.row_id, c.operation, encode(c.before_digest, 'hex'), encode(c.after_digest, 'hex')), 'UTF8'), '\x0a' order by c.id))
       from record.change c where c.deed_id = deed.id), ''))
$$;

-- Seals what was committed since the last seal; answers how many deeds. Called by a job every few seconds, one at a time.
create function record.seal_deeds() returns integer
language plpgsql security definer set search_path = pg_catalog, record as $$
declare
  last record.seal;
  next_no bigint;
  seen pg_snapshot;
  sealed_count integer;
begin
  perform pg_advisory_xact_lock(hashtext('record.seal'));
  select * into last from record.seal order by no desc limit 1;
  seen := pg_current_snapshot();
  create temporary table if not exists sealing (deed_id uuid, position integer, digest bytea) on commit delete rows;
  delete from sealing;
  insert into sealing
  select d.id, row_number() over (order by d.id), record.deed_digest(d)
  from record.deed d
  where (last.no is null or d.xid >= pg_snapshot_xmin(last.snapshot))
    and (last.no is null or not pg_visible_in_snapshot(d.xid, last.snapshot))
    and pg_visible_in_snapshot(d.xid, seen)
    and not exists (select from record.sealed s where s.deed_id = d.id);
  get diagnostics sealed_count = row_count;
  if sealed_count = 0 then return 0; end if;
  insert into record.seal (previous, digest, deeds, snapshot)
  select coalesce(last.digest, '\x'), sha256(coalesce(last.digest, '\x') || string_agg(s.digest, '' order by s.position)), sealed_count, seen from sealing s
  returning no into next_no;
  insert into record.sealed (deed_id, seal_no, position) select s.deed_id, next_no, s.position from sealing s;
  return sealed_count;
end $$;

create aggregate record.folded (jsonb) (sfunc = jsonb_concat, stype = jsonb, initcond = '{}');

-- Everything that does not hold, one row each; none is the good answer. The whole history is read.
create function record.verify() returns table (problem text, subject text)
language plpgsql security definer set search_path = pg_catalog, record as $$
declare w record.watched;
begin
  return query
    select 'seal does not match its deeds', s.no::text
    from record.seal s
    where s.digest is distinct from sha256(s.previous || coalesce((
      select string_agg(record.deed_digest(d), '' order by x.position) from record.sealed x join record.deed d on d.id = x.deed_id where x.seal_no = s.no), ''))
      or s.deeds <> (select count(*) from record.sealed x join record.deed d on d.id = x.deed_id where x.seal_no = s.no);
  return query
    select 'seal does not follow the one before', s.no::text
    from (select no, previous, lag(digest, 1, '\x'::bytea) over (order by no) as expected from record.seal) s where s.previous <> s.expected;
  return query
    select 'kept value differs from its digest', c.id::text
    from record.change c
    where c.erased_at is null and (
      (c.before_digest is not null and c.before_digest is distinct from sha256(c.salt || convert_to(c.before::text, 'UTF8')))
      or (c.after_digest is not null and c.after_digest is distinct from sha256(c.salt || convert_to(c.after::text, 'UTF8'))));
  return query
    select 'reason differs from its digest', d.id::text from record.deed d
    where d.reason is not null and d.reason_digest is distinct from sha256(d.reason_salt || convert_to(d.reason, 'UTF8'));
  return query
    select 'change without a deed', c.id::text from record.change c where not exists (select from record.deed d where d.id = c.deed_id);
  for w in select * from record.watched order by relation loop
    return query execute format($q$
      with told as (
        select c.row_id, record.folded(coalesce(c.after, '{}') order by c.id) as state,
          (array_agg(c.operation order by c.id desc))[1] = 'delete' as gone
        from record.change c where c.relation = %1$L group by c.row_id
      )
      select 'row differs from its history', %1$L || ' ' || coalesce(t.id, told.row_id)::text
      from %2$s t full join told on told.row_id = t.id
      where (t.id is null and not told.gone) or (told.row_id is null) or (t.id is not null and told.gone)
        or exists (select from jsonb_each(told.state) s where s.value is distinct from to_jsonb(t) -> s.key and to_jsonb(t) ? s.key)
    $q$, w.relation, (select format('%I.%I', split_part(w.relation, '.', 1), split_part(w.relation, '.', 2))));
  end loop;
end $$;

-- What the web server's role may do here: read what it may see, and write only through the functions.
grant usage on schema access, record to quipu_app;
grant execute on all functions in schema access to quipu_app;
grant select on record.deed, record.change, record.seal, record.sealed, record.once to quipu_app;
revoke execute on all functions in schema record from public;
grant execute on function record.begin, record.finish, record.erase, record.verify, record.current_deed, record.refuse_truncate, record.keep to quipu_app;

alter table record.change enable row level security;
create policy "private history is seen by those whose it is" on record.change for select to quipu_app
  using (keeper is null or access.reaches(keeper));

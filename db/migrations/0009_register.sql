-- The register as its keepers and its readers use it: who brought an entry in, since when it waits, and keys for programs that read much.

-- Until its country has validated an entry, it is kept by whoever brought it in; afterwards by its representatives.
alter table network.institution add column registered_by uuid references network.person;
alter table network.institution add column submitted_at timestamptz;
alter table network.institution add constraint "what waits for validation says since when" check (state <> 'submitted' or submitted_at is not null);
create index institution_registered_by on network.institution (registered_by) where registered_by is not null;
create index institution_waiting on network.institution (country_code, submitted_at) where state = 'submitted';
create index institution_merged_into on network.institution (merged_into) where merged_into is not null;
create index institution_validated on network.institution (validated_at desc, id) where state = 'listed';
create index merge_kept on network.merge (kept_id);
create index merge_absorbed on network.merge (absorbed_id);
create unique index "an institution is merged once at a time" on network.merge (absorbed_id) where undone_at is null;

-- Reading is free for everyone; a key only raises how often. What is kept is its digest, never the key.
create table network.api_key (
  id uuid primary key default uuidv7(),
  person_id uuid not null references network.person,
  label text not null constraint "a key says what it is for" check (trim(label) <> '' and length(label) <= 120),
  prefix text not null,
  digest bytea not null constraint "a key is its own" unique,
  per_minute integer not null default 1200 constraint "a key allows something" check (per_minute > 0),
  created_at timestamptz not null default now(),
  revoked_at timestamptz
);
create index api_key_person on network.api_key (person_id);
alter table network.api_key enable row level security;
create policy "a key is its person's own" on network.api_key for all to quipu_app using (access.network_wide() or person_id = access.person());
call record.watch('network.api_key', '{digest}', 'person_id');

-- A program is not signed in when it shows its key: only how much it may read is told, by the digest.
create function network.api_rate(key_digest bytea) returns integer
language sql stable security definer set search_path = pg_catalog, network as $$
  select per_minute from network.api_key k where k.digest = key_digest and k.revoked_at is null
$$;

-- Which institutions of the public register deeds have touched that a snapshot had not seen; null stands for "too many, or not known: read all".
create function network.register_touched(seen pg_snapshot, most integer) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, network as $$
declare
  touched uuid[];
  unknown boolean;
begin
  -- Nearly always nothing has happened: that must cost next to nothing, for every search asks it.
  if not exists (select from record.deed d where d.xid >= pg_snapshot_xmin(seen) and not pg_visible_in_snapshot(d.xid, seen)) then
    return '{}';
  end if;
  with fresh as materialized (
    select d.id from record.deed d where d.xid >= pg_snapshot_xmin(seen) and not pg_visible_in_snapshot(d.xid, seen)
  ), changed as materialized (
    select c.relation, c.row_id, c.operation, c.before, c.after, c.erased_at
    from fresh f join record.change c on c.deed_id = f.id
    where c.relation in ('network.institution', 'network.institution_name', 'network.identifier')
    limit most * 12
  ), whose as (
    select case when relation = 'network.institution' then row_id else (coalesce(before, '{}') ->> 'institution_id')::uuid end as id from changed
    union select (after ->> 'institution_id')::uuid from changed where relation <> 'network.institution'
    union select (before ->> 'merged_into')::uuid from changed where relation = 'network.institution' and before ? 'merged_into'
    union select (after ->> 'merged_into')::uuid from changed where relation = 'network.institution' and after ? 'merged_into'
    union select n.institution_id from changed c join network.institution_name n on c.relation = 'network.institution_name' and n.id = c.row_id
    union select i.institution_id from changed c join network.identifier i on c.relation = 'network.identifier' and i.id = c.row_id
    union select i.merged_into from changed c join network.institution i on c.relation = 'network.institution' and i.id = c.row_id
  )
  select (select coalesce(array_agg(id), '{}') from whose where id is not null),
    exists (select from changed where erased_at is not null and operation = 'delete') or (select count(*) >= most * 12 from changed)
  into touched, unknown;
  if unknown or cardinality(touched) > most then return null; end if;
  return touched;
end $$;

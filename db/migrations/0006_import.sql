-- Registers that countries keep elsewhere come in by the thousand rows: what was brought, how it is read, what became of each row, so that it can go on, be repeated and be undone.

-- How the columns of one kind of file become institutions, kept for the next time and for others.
create table network.import_mapping (
  id uuid primary key default uuidv7(),
  name text not null constraint "a mapping has a name" check (trim(name) <> '' and length(name) <= 120),
  source text not null,
  format text not null,
  columns text[] not null,
  mapping jsonb not null constraint "a mapping is an object" check (jsonb_typeof(mapping) = 'object'),
  shared boolean not null default false,
  person_id uuid references network.person,
  changed_at timestamptz not null default now(),
  constraint "a person names a mapping once" unique nulls not distinct (person_id, name)
);
alter table network.import_mapping enable row level security;
create policy "a mapping is its author's until it is shared" on network.import_mapping for all to quipu_app
  using (shared or person_id = access.person() or access.network_wide())
  with check (person_id = access.person() or access.network_wide());

create table network.import (
  id uuid primary key default uuidv7(),
  file_id uuid not null,
  file_name text not null,
  bytes bigint not null,
  person_id uuid references network.person,
  -- The country whose register this is; none where it spans several, which only the network's office may bring.
  country_code char(2) references network.country (code),
  state text not null default 'reading' constraint "an import is at one stage" check (state in ('reading', 'unreadable', 'mapping', 'checking', 'checked', 'running', 'stopped', 'done', 'undoing', 'undone')),
  -- Why the file cannot be read: {code, values}.
  unreadable jsonb,
  reading jsonb,
  columns jsonb not null default '[]',
  sample jsonb not null default '[]',
  row_count integer not null default 0,
  mapping jsonb,
  mapping_revision integer not null default 0,
  -- The mapping that the last check was made with: running asks that it be this one.
  checked_revision integer,
  enters_as text not null default 'submitted' constraint "an import enters drafts, entries that wait, or listed ones" check (enters_as in ('draft', 'submitted', 'listed')),
  counts jsonb not null default '{}',
  at_row integer not null default 0,
  undo jsonb,
  brought_at timestamptz not null default now(),
  finished_at timestamptz
);
create index import_by_country on network.import (country_code, brought_at desc);
create index import_by_person on network.import (person_id, brought_at desc);
alter table network.import enable row level security;
create policy "an import is seen by who brought it, its country and the office" on network.import for all to quipu_app
  using (access.network_wide() or person_id = access.person() or country_code = any (access.countries()));

-- What becomes of the rows of any import, of registers as of collections. The jobs alone write it, and it repeats what the file and the record hold: so it stands outside the record.
create schema import;
grant usage on schema import to quipu_app;

-- What a source said of a thing when it was last read: so that a second reading changes nothing, and a change made here since is not written over.
create table import.entry (
  id uuid primary key default uuidv7(),
  kind text not null,
  source text not null,
  key text not null,
  subject_id uuid not null,
  said jsonb not null,
  constraint "a source has an entry once" unique (kind, source, key)
);
create index entry_subject on import.entry (subject_id);

create table import.row (
  id uuid primary key default uuidv7(),
  import_id uuid not null,
  number integer not null,
  outcome text not null constraint "a row is entered, changed, as it was, refused, or left out" check (outcome in ('created', 'updated', 'unchanged', 'refused', 'left-out')),
  subject_id uuid,
  deed_id uuid,
  -- The entry that this row told anew, and what it had said before; null where it had said nothing.
  entry_key text,
  said_before jsonb,
  undone text constraint "a row is undone, was kept because others changed it since, or had nothing to undo" check (undone in ('undone', 'kept', 'nothing')),
  constraint "a row is told once" unique (import_id, number)
);
create index row_subject on import.row (import_id, subject_id);

-- What is wrong with cells: made anew by each check and each run.
create table import.finding (
  id uuid primary key default uuidv7(),
  import_id uuid not null,
  number integer not null,
  refuses boolean not null,
  column_path text not null,
  field text not null,
  code text not null,
  value text not null,
  fills jsonb not null default '{}',
  remedy text
);
create index finding_row on import.finding (import_id, number);

grant select on import.row, import.finding to quipu_app;
alter table import.entry enable row level security;
alter table import.row enable row level security;
alter table import.finding enable row level security;
create policy "a museum's row is seen with its import" on import.row for select to quipu_app using (exists (select from network.import i where i.id = import_id));
create policy "a museum's finding is seen with its import" on import.finding for select to quipu_app using (exists (select from network.import i where i.id = import_id));

call record.watch('network.import_mapping');
-- What the file holds is in the file, and how far the work has come is in the deeds.
call record.watch('network.import', '{columns,sample,counts,at_row}');

-- Institutions that something besides these imports' own rows refers to, in whatever room: they cannot be taken back.
create function network.referred_to(institutions uuid[]) returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  reference record;
begin
  for reference in
    select c.conrelid::regclass as relation, a.attname as name
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.confrelid = 'network.institution'::regclass and c.contype = 'f' and cardinality(c.conkey) = 1
      and c.conrelid not in ('network.institution_name'::regclass, 'network.identifier'::regclass, 'network.validation'::regclass)
  loop
    return query execute format('select %1$I from %2$s where %1$I = any ($1)', reference.name, reference.relation) using institutions;
  end loop;
end $$;

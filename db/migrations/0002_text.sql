-- Text that people write exists in several languages, and each language has its own state and its own public words: so a
-- translation can be published while its original is being edited, grow stale by itself, and never take anything down.

create schema text;
call record.open_schema('text');

-- One text in all its languages. Whose it is decides who may translate it; what it is for tells the translator.
create table text.text_set (
  id uuid primary key default uuidv7(),
  owner_kind text not null constraint "a text belongs to a network, a country, an institution, a body or a person"
    check (owner_kind in ('network', 'country', 'institution', 'body', 'person')),
  owner_id text not null default '',
  room text not null,
  purpose text not null,
  form text not null default 'plain' constraint "a text is a line, plain paragraphs or markdown" check (form in ('line', 'plain', 'markdown')),
  source_language text not null,
  -- The normalised source that translations are measured by: the last approved one; until there is one, the draft.
  source_hash text,
  -- Set where the text is one person's or one institution's private matter: then only they reach it.
  keeper uuid,
  constraint "a text's language is a language tag" check (source_language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$' and source_language <> 'und'),
  constraint "only the network has no id" check ((owner_kind = 'network') = (owner_id = ''))
);
create index text_set_owner on text.text_set (owner_kind, owner_id, room, purpose);

-- The words being worked on, one row a language. Readers never see this table.
create table text.version (
  id uuid primary key default uuidv7(),
  set_id uuid not null references text.text_set on delete cascade,
  language text not null constraint "a version's language is a language tag" check (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$' and language <> 'und'),
  state text not null constraint "a version is by machine, in edit, in review or approved" check (state in ('machine', 'in-edit', 'in-review', 'approved')),
  method text not null default 'human' constraint "a version says how it was made" check (method in ('human', 'machine', 'machine-edited')),
  body text not null constraint "a text is at most 200,000 characters" check (length(body) <= 200000),
  hash text not null,
  -- The source it was made from, and the changed source for which someone said that it still holds.
  source_hash text,
  dismissed_hash text,
  translator_id uuid,
  reviewer_id uuid,
  note text not null default '',
  revision integer not null default 1,
  changed_at timestamptz not null default now(),
  keeper uuid,
  constraint "a text has one version a language" unique (set_id, language)
);
create index version_desk on text.version (language, state);

-- What readers see, one row a language: exactly the words that someone published.
create table text.published (
  id uuid primary key default uuidv7(),
  set_id uuid not null references text.text_set on delete cascade,
  language text not null,
  method text not null constraint "what is published says how it was made" check (method in ('human', 'machine', 'machine-edited')),
  body text not null,
  plain text not null,
  hash text not null,
  source_hash text,
  dismissed_hash text,
  published_at timestamptz not null default now(),
  keeper uuid,
  constraint "a text is published once a language" unique (set_id, language)
);

alter table text.text_set enable row level security;
alter table text.version enable row level security;
alter table text.published enable row level security;
create policy "a private text is its keeper's" on text.text_set for all to quipu_app using (keeper is null or access.reaches(keeper));
create policy "a private text is its keeper's" on text.version for all to quipu_app using (keeper is null or access.reaches(keeper));
create policy "a private text is its keeper's" on text.published for all to quipu_app using (keeper is null or access.reaches(keeper));

call record.watch('text.text_set', '{}', 'keeper');
call record.watch('text.version', '{}', 'keeper');
call record.watch('text.published', '{}', 'keeper');

-- Whether words made from one source still hold for another.
create function text.is_stale(made_from text, dismissed text, source text) returns boolean language sql immutable
return source is not null and made_from is distinct from source and dismissed is distinct from source;

-- The published words of a text: {"es": {"body", "state": "approved" | "machine" | "stale", "method", "form", "source"}}.
create function text.shown(text_id uuid) returns jsonb language sql stable
begin atomic
  select coalesce(jsonb_object_agg(p.language, jsonb_build_object(
    'body', p.body,
    'state', case
      when p.language <> s.source_language and text.is_stale(p.source_hash, p.dismissed_hash, o.hash) then 'stale'
      when p.method = 'machine' then 'machine'
      else 'approved' end,
    'method', p.method,
    'form', s.form,
    'source', p.language = s.source_language)), '{}')
  from text.text_set s
  join text.published p on p.set_id = s.id
  left join text.published o on o.set_id = s.id and o.language = s.source_language
  where s.id = text_id;
end;

-- The words being worked on, in the same shape, for those who write and check them: never for readers.
create function text.working(text_id uuid) returns jsonb language sql stable
begin atomic
  select coalesce(jsonb_object_agg(v.language, jsonb_build_object(
    'body', v.body,
    'state', case
      when v.language <> s.source_language and text.is_stale(v.source_hash, v.dismissed_hash, s.source_hash) then 'stale'
      else v.state end,
    'method', v.method,
    'form', s.form,
    'source', v.language = s.source_language,
    'revision', v.revision)), '{}')
  from text.text_set s
  join text.version v on v.set_id = s.id
  where s.id = text_id;
end;

-- The published words without markup in the language asked, else in its base language, else in the original: to sort and search by.
create function text.reads(text_id uuid, asked text) returns text language sql stable
begin atomic
  select p.plain
  from text.published p join text.text_set s on s.id = p.set_id
  where p.set_id = text_id
  order by p.language <> asked, p.language <> split_part(asked, '-', 1), p.language <> s.source_language, p.language
  limit 1;
end;

-- What the desk counts and lists: every version beside its source.
create view text.desk with (security_invoker = true) as
select v.id, v.set_id, v.language, v.state, v.method, v.changed_at, v.translator_id,
  text.is_stale(v.source_hash, v.dismissed_hash, s.source_hash) as stale,
  p.id is not null as published, p.hash is distinct from v.hash as unpublished_changes,
  s.owner_kind, s.owner_id, s.room, s.purpose, s.form, s.source_language
from text.version v
join text.text_set s on s.id = v.set_id
left join text.published p on p.set_id = v.set_id and p.language = v.language
where v.language <> s.source_language;

-- Authored forms: what is asked is fixed the moment it is published, so that an answer is always read beside the very question it answered.

create schema questionnaire;
call record.open_schema('questionnaire');

-- A form as its author works on it.
create table questionnaire.definition (
  id uuid primary key default uuidv7(),
  owner_kind text not null constraint "a form belongs to a network, a country, an institution or a body" check (owner_kind in ('network', 'country', 'institution', 'body')),
  owner_id text not null default '',
  room text not null,
  purpose text not null,
  content jsonb not null,
  revision integer not null default 1,
  changed_at timestamptz not null default now(),
  constraint "only the network's form has no owner's id" check ((owner_kind = 'network') = (owner_id = ''))
);
create index definition_owner on questionnaire.definition (owner_kind, owner_id, room);

-- What was published, for ever.
create table questionnaire.version (
  id uuid primary key default uuidv7(),
  definition_id uuid not null references questionnaire.definition,
  number integer not null,
  content jsonb not null,
  published_at timestamptz not null default now(),
  constraint "a form's versions are numbered" unique (definition_id, number)
);

create function questionnaire.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception using errcode = '23514', constraint = 'a published form is never changed', message = 'a published form is never changed';
end $$;
create trigger never_changed before update or delete on questionnaire.version for each row execute function questionnaire.refuse_change();

-- One answering of one version, by an institution or by a person. Its country's officers read it once it was sent.
create table questionnaire.response (
  id uuid primary key default uuidv7(),
  version_id uuid not null references questionnaire.version,
  institution_id uuid,
  person_id uuid,
  country_code char(2),
  keeper uuid not null,
  state text not null default 'draft' constraint "a response is a draft, sent, returned or accepted" check (state in ('draft', 'sent', 'returned', 'accepted')),
  revision integer not null default 0,
  started_at timestamptz not null default now(),
  sent_at timestamptz,
  note text not null default '',
  constraint "a response is one institution's or one person's" check (keeper = coalesce(institution_id, person_id) and num_nonnulls(institution_id, person_id) = 1),
  constraint "what was sent has its time" check (state in ('draft', 'returned') or sent_at is not null)
);
create index response_version on questionnaire.response (version_id, state);
create index response_keeper on questionnaire.response (keeper);

-- The answers, each saved as it is given; `revision` is the response's when it was last changed.
create table questionnaire.answer (
  id uuid primary key default uuidv7(),
  response_id uuid not null references questionnaire.response on delete cascade,
  question text not null,
  value jsonb not null,
  revision integer not null,
  changed_by uuid,
  changed_at timestamptz not null default now(),
  keeper uuid not null,
  constraint "a question has one answer in a response" unique (response_id, question)
);

create function questionnaire.reaches(keeper uuid, country_code char, state text) returns boolean language sql stable
return access.reaches(keeper) or (state <> 'draft' and country_code = any (access.countries()));

alter table questionnaire.response enable row level security;
alter table questionnaire.answer enable row level security;
create policy "a response is its keeper's own, and its country's once sent" on questionnaire.response for all to quipu_app
  using (questionnaire.reaches(keeper, country_code, state));
create policy "an answer is reached with its response" on questionnaire.answer for all to quipu_app
  using (access.reaches(keeper) or exists (select from questionnaire.response r where r.id = response_id));

call record.watch('questionnaire.definition');
call record.watch('questionnaire.version');
call record.watch('questionnaire.response', '{}', 'keeper');
call record.watch('questionnaire.answer', '{}', 'keeper');

-- The answers of a response as one value: {question: value}.
create function questionnaire.answers(response uuid) returns jsonb language sql stable
begin atomic
  select coalesce(jsonb_object_agg(a.question, a.value), '{}') from questionnaire.answer a where a.response_id = response;
end;

-- Who the network is: its countries over time, its bodies and decisions, its institutions as their countries vouch for them, and its people.

create schema network;
call record.open_schema('network');

-- Accents, case and the like do not part two spellings of one name.
create function network.folded(value text) returns text language sql immutable parallel safe strict
return lower(public.unaccent('public.unaccent', normalize(value, NFKC)));

create table network.network (
  id uuid primary key default uuidv7(),
  only_one boolean not null default true constraint "an installation is one network" unique check (only_one),
  code text not null,
  name_id uuid not null references text.text_set,
  about_id uuid references text.text_set,
  seat_country char(2) not null,
  seat_city text,
  zone text not null,
  working_languages text[] not null constraint "a network works in at least one language" check (cardinality(working_languages) > 0),
  demo boolean not null default false,
  founded_year smallint
);

create table network.country (
  id uuid primary key default uuidv7(),
  code char(2) not null constraint "a country is entered once" unique constraint "a country has an ISO 3166 code" check (code ~ '^[A-Z]{2}$'),
  in_region boolean not null,
  zone text not null,
  working_languages text[] not null constraint "a country works in at least one language" check (cardinality(working_languages) > 0),
  -- What a museum is follows each national law.
  definition_id uuid references text.text_set,
  definition_source text,
  edits_are_reviewed boolean not null default true,
  introduction_id uuid references text.text_set
);

create table network.topic (
  id uuid primary key default uuidv7(),
  code text not null constraint "a topic's code is used once" unique,
  broader_id uuid references network.topic,
  matches text[] not null default '{}'
);
create table network.topic_label (
  id uuid primary key default uuidv7(),
  topic_id uuid not null references network.topic,
  language text not null,
  kind text not null default 'preferred' check (kind in ('preferred', 'alternative')),
  label text not null
);
create unique index "a topic has one preferred label a language" on network.topic_label (topic_id, language) where kind = 'preferred';

-- The plan's result codes, by which every room says what it serves.
create table network.plan_result (
  id uuid primary key default uuidv7(),
  code text not null constraint "a result's code is used once" unique,
  name_id uuid not null references text.text_set,
  valid daterange not null
);

create table network.person (
  id uuid primary key default uuidv7(),
  -- As the person writes them; many carry two surnames.
  given_names text not null,
  first_surname text not null default '',
  second_surname text not null default '',
  full_name text generated always as (trim(given_names || ' ' || first_surname || rtrim(' ' || second_surname))) stored,
  preferred_language text not null default 'es',
  zone text not null default 'UTC',
  country_code char(2) references network.country (code),
  profession text not null default '',
  biography_id uuid references text.text_set,
  public_profile boolean not null default false,
  in_directory boolean not null default false,
  willing_to text[] not null default '{}' constraint "willingness is to review, teach, host or mentor" check (willing_to <@ '{review,teach,host,mentor}'),
  expertise uuid[] not null default '{}',
  acts_without_email boolean not null default false,
  invented boolean not null default false,
  erased_at timestamptz
);
create index person_by_name on network.person using gin (network.folded(given_names || ' ' || first_surname || ' ' || second_surname) gin_trgm_ops);

-- What only the person, their country's officer and the office may see.
create table network.person_contact (
  id uuid primary key default uuidv7(),
  person_id uuid not null constraint "a person has one set of contacts" unique references network.person,
  email text constraint "an address belongs to one person" unique,
  telephone text,
  -- Asked for one purpose, with consent, and never shown: statistics of who is trained.
  sex text check (sex in ('female', 'male', 'other'))
);
alter table network.person_contact enable row level security;

create table network.consent (
  id uuid primary key default uuidv7(),
  person_id uuid not null references network.person,
  purpose text not null,
  notice_version text not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz,
  constraint "a consent is withdrawn after it is given" check (withdrawn_at >= given_at)
);
create unique index "a purpose is consented to once at a time" on network.consent (person_id, purpose) where withdrawn_at is null;
alter table network.consent enable row level security;

create table network.institution (
  id uuid primary key default uuidv7(),
  slug text not null constraint "an institution's address is used once" unique,
  country_code char(2) not null references network.country (code),
  kind text not null check (kind in ('museum', 'archaeological-park', 'ministry', 'university', 'association', 'archive-library', 'site', 'other')),
  legal_kind text check (legal_kind in ('public', 'mixed', 'private-nonprofit', 'private', 'community')),
  type text check (type in ('art', 'archaeology', 'history', 'ethnography', 'science', 'natural-history', 'general', 'specialised', 'house', 'site', 'children', 'eco-community', 'other')),
  collections text[] not null default '{}',
  name text not null constraint "an institution has a name" check (trim(name) <> ''),
  name_language text not null default 'es',
  description_id uuid references text.text_set,
  governing_body text not null default '',
  region text not null default '',
  city text not null default '',
  address text not null default '',
  postcode text not null default '',
  latitude double precision constraint "a latitude lies between −90 and 90" check (latitude between -90 and 90),
  longitude double precision constraint "a longitude lies between −180 and 180" check (longitude between -180 and 180),
  coordinates_precision text check (coordinates_precision in ('exact', 'approximate', 'city')),
  -- EDTF: 1922, 19XX, 1890~, ..
  founded text not null default '',
  founded_year smallint,
  size_class text check (size_class in ('very-small', 'small', 'medium', 'large')),
  staff_count integer constraint "staff are counted from zero" check (staff_count >= 0),
  resources text[] not null default '{}',
  services text[] not null default '{}',
  admission text check (admission in ('free', 'paid', 'free-some-days')),
  admission_note text not null default '',
  opening jsonb not null default '{}',
  opening_note text not null default '',
  accessibility text[] not null default '{}',
  accessibility_note text not null default '',
  email text not null default '',
  telephone text not null default '',
  website text not null default '',
  social jsonb not null default '{}',
  state text not null default 'draft' check (state in ('draft', 'submitted', 'returned', 'listed', 'withdrawn', 'merged')),
  closed_permanently boolean not null default false,
  merged_into uuid references network.institution,
  validated_at timestamptz,
  completeness smallint not null default 0 constraint "completeness is a percentage" check (completeness between 0 and 100),
  invented boolean not null default false,
  source text not null default '',
  constraint "coordinates come in pairs" check ((latitude is null) = (longitude is null)),
  constraint "a merged institution points to the one that stays" check ((state = 'merged') = (merged_into is not null))
);
create index institution_country on network.institution (country_code, state);
create index institution_by_name on network.institution using gin (network.folded(name) gin_trgm_ops);
create index institution_place on network.institution (latitude, longitude) where state = 'listed';

create table network.institution_name (
  id uuid primary key default uuidv7(),
  institution_id uuid not null references network.institution,
  language text not null,
  name text not null,
  kind text not null default 'translated' check (kind in ('translated', 'short', 'former', 'acronym'))
);
create index institution_name_of on network.institution_name (institution_id);

create table network.identifier (
  id uuid primary key default uuidv7(),
  institution_id uuid not null references network.institution,
  scheme text not null check (scheme in ('isil', 'wikidata', 'national-register', 'osm', 'source', 'other')),
  issuer text not null default '',
  value text not null,
  constraint "an identifier belongs to one institution" unique (scheme, issuer, value)
);
create index identifier_of on network.identifier (institution_id);

create table network.picture (
  id uuid primary key default uuidv7(),
  institution_id uuid not null references network.institution,
  file_id uuid not null,
  alternative text not null default '',
  credit text not null constraint "a picture has a credit" check (trim(credit) <> ''),
  rights text not null constraint "a picture has its rights stated" check (trim(rights) <> ''),
  position smallint not null default 0
);
create index picture_of on network.picture (institution_id, position);

-- A country vouches for an entry: who, when, under which definition.
create table network.validation (
  id uuid primary key default uuidv7(),
  institution_id uuid not null references network.institution,
  country_code char(2) not null,
  outcome text not null check (outcome in ('validated', 'returned', 'withdrawn')),
  officer_id uuid references network.person,
  definition_source text not null default '',
  note text not null default '',
  at timestamptz not null default now()
);
create index validation_of on network.validation (institution_id, at desc);

-- What a museum wishes to change, waiting for its country where its country says so.
create table network.proposed_edit (
  id uuid primary key default uuidv7(),
  institution_id uuid not null references network.institution,
  person_id uuid not null references network.person,
  changes jsonb not null,
  note text not null default '',
  state text not null default 'waiting' check (state in ('waiting', 'accepted', 'partly', 'refused', 'withdrawn')),
  decided_by uuid references network.person,
  decided_at timestamptz,
  reason text not null default ''
);
create unique index "an institution has one edit waiting" on network.proposed_edit (institution_id) where state = 'waiting';
alter table network.proposed_edit enable row level security;

create table network.merge (
  id uuid primary key default uuidv7(),
  kept_id uuid not null references network.institution,
  absorbed_id uuid not null references network.institution,
  moved jsonb not null,
  state_before text not null,
  undone_at timestamptz
);
create table network.different (
  id uuid primary key default uuidv7(),
  one_id uuid not null references network.institution,
  other_id uuid not null references network.institution,
  constraint "a pair is told apart once" unique (one_id, other_id),
  constraint "a pair is written in order" check (one_id < other_id)
);

create table network.affiliation (
  id uuid primary key default uuidv7(),
  person_id uuid not null references network.person,
  institution_id uuid not null references network.institution,
  post text not null default '',
  contract text check (contract in ('permanent', 'temporary', 'service', 'volunteer', 'intern', 'other')),
  valid daterange not null,
  state text not null default 'claimed' check (state in ('claimed', 'verified', 'refused', 'ended')),
  decided_by uuid references network.person,
  decided_at timestamptz
);
create index affiliation_person on network.affiliation (person_id);
create index affiliation_institution on network.affiliation (institution_id);

create table network.body (
  id uuid primary key default uuidv7(),
  code text not null constraint "a body's code is used once" unique,
  kind text not null check (kind in ('council', 'executive-committee', 'technical-unit', 'national-commission', 'working-table', 'committee', 'other')),
  name_id uuid not null references text.text_set,
  about_id uuid references text.text_set,
  country_code char(2) references network.country (code),
  parent_id uuid references network.body,
  valid daterange not null default '[,)',
  quorum_share numeric(5, 4)
);
create table network.seat (
  id uuid primary key default uuidv7(),
  body_id uuid not null references network.body,
  country_code char(2) references network.country (code),
  office text not null default 'member' check (office in ('chair', 'vice-chair', 'secretary', 'coordinator', 'member', 'delegate', 'alternate', 'rapporteur')),
  votes smallint not null default 1,
  position smallint not null default 0
);
create index seat_of on network.seat (body_id, position);

create table network.body_session (
  id uuid primary key default uuidv7(),
  body_id uuid not null references network.body,
  number smallint,
  name_id uuid references text.text_set,
  held daterange not null,
  place text not null default '',
  public boolean not null default true
);
create table network.decision (
  id uuid primary key default uuidv7(),
  body_id uuid not null references network.body,
  session_id uuid references network.body_session,
  code text not null constraint "a decision's number is used once" unique,
  motion_id uuid not null references text.text_set,
  text_id uuid references text.text_set,
  rule text not null check (rule in ('unanimity', 'absolute-majority', 'simple-majority', 'two-thirds', 'consensus')),
  state text not null default 'proposed' check (state in ('proposed', 'adopted', 'rejected', 'withdrawn')),
  decided_on date,
  public boolean not null default false,
  source_url text not null default '',
  constraint "a decided motion has its date" check ((state in ('adopted', 'rejected')) = (decided_on is not null))
);
create table network.vote (
  id uuid primary key default uuidv7(),
  decision_id uuid not null references network.decision,
  seat_id uuid not null references network.seat,
  person_id uuid references network.person,
  choice text not null check (choice in ('for', 'against', 'abstention', 'absent')),
  constraint "a seat votes once on a motion" unique (decision_id, seat_id)
);
create table network.paper (
  id uuid primary key default uuidv7(),
  decision_id uuid references network.decision,
  session_id uuid references network.body_session,
  title_id uuid not null references text.text_set,
  file_id uuid,
  url text not null default '',
  public boolean not null default false
);

create table network.mandate (
  id uuid primary key default uuidv7(),
  seat_id uuid not null references network.seat,
  person_id uuid not null references network.person,
  valid daterange not null constraint "a mandate lasts at least a day" check (not isempty(valid)),
  decision_id uuid references network.decision,
  constraint "a seat is held by one person at a time" unique (seat_id, valid without overlaps)
);
create index mandate_person on network.mandate (person_id);

create table network.membership (
  id uuid primary key default uuidv7(),
  country_code char(2) not null references network.country (code),
  kind text not null check (kind in ('member', 'observer', 'invited')),
  valid daterange not null constraint "a membership lasts at least a day" check (not isempty(valid)),
  decision_id uuid references network.decision,
  source text not null default '',
  -- The source tells only that it was so at this date, not since when.
  begin_is_known boolean not null default true,
  constraint "a country has one membership at a time" unique (country_code, valid without overlaps)
);

create table network.role_grant (
  id uuid primary key default uuidv7(),
  person_id uuid not null references network.person,
  role text not null,
  scope_kind text not null check (scope_kind in ('network', 'country', 'institution', 'body')),
  country_code char(2) references network.country (code),
  institution_id uuid references network.institution,
  body_id uuid references network.body,
  valid tstzrange not null constraint "a role lasts some time" check (not isempty(valid)),
  decision_id uuid references network.decision,
  mandate_id uuid references network.mandate,
  constraint "a role has exactly the scope it names" check (
    (scope_kind = 'country') = (country_code is not null)
    and (scope_kind = 'institution') = (institution_id is not null)
    and (scope_kind = 'body') = (body_id is not null))
);
create index role_grant_person on network.role_grant (person_id);
create index role_grant_institution on network.role_grant (institution_id) where institution_id is not null;

create table network.partner (
  id uuid primary key default uuidv7(),
  name text not null,
  part text not null check (part in ('coordinates', 'administers', 'funds', 'supports')),
  website text not null default '',
  country_code char(2),
  about_id uuid references text.text_set,
  valid daterange not null default '[,)',
  source text not null default ''
);

create table network.country_law (
  id uuid primary key default uuidv7(),
  country_code char(2) not null references network.country (code),
  kind text not null check (kind in ('law', 'policy', 'definition', 'other')),
  title_id uuid not null references text.text_set,
  url text not null default '',
  file_id uuid,
  adopted_on date,
  summary_id uuid references text.text_set
);

create table network.invitation (
  id uuid primary key default uuidv7(),
  email text not null,
  person_id uuid references network.person,
  given_names text not null default '',
  first_surname text not null default '',
  second_surname text not null default '',
  language text not null default 'es',
  role text,
  scope_kind text,
  country_code char(2),
  institution_id uuid references network.institution,
  body_id uuid references network.body,
  token_digest bytea not null constraint "an invitation's token is its own" unique,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  withdrawn_at timestamptz,
  invited_by uuid references network.person
);
alter table network.invitation enable row level security;

-- The yearly return: an instrument that a network or a country publishes and museums answer.
create table network.instrument (
  id uuid primary key default uuidv7(),
  code text not null,
  year smallint not null,
  kind text not null check (kind in ('visitors', 'self-assessment', 'other')),
  title_id uuid not null references text.text_set,
  about_id uuid references text.text_set,
  country_code char(2) references network.country (code),
  questionnaire_version_id uuid not null,
  open_from timestamptz,
  open_until timestamptz,
  zone text not null,
  state text not null default 'draft' check (state in ('draft', 'open', 'closed', 'published')),
  smallest_cell smallint not null default 5,
  constraint "an instrument is published once a year" unique (code, year),
  constraint "a return opens before it closes" check (open_until > open_from)
);
create table network.institution_return (
  id uuid primary key default uuidv7(),
  instrument_id uuid not null references network.instrument,
  institution_id uuid not null references network.institution,
  response_id uuid not null,
  state text not null default 'draft' check (state in ('draft', 'sent', 'returned', 'checked')),
  sent_at timestamptz,
  checked_by uuid references network.person,
  checked_at timestamptz,
  note text not null default '',
  shared_with text[] not null default '{}',
  constraint "a museum answers an instrument once" unique (instrument_id, institution_id)
);
alter table network.institution_return enable row level security;

-- Reach of what is one institution's own: its representatives, its country's officers, the network's office.
create function network.reaches_institution(institution uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, network as $$
  select access.network_wide() or institution = any (access.institutions())
    or exists (select from network.institution i where i.id = institution and i.country_code = any (access.countries()))
$$;
create function network.reaches_person(person uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, network as $$
  select access.network_wide() or person = access.person()
    or exists (select from network.person p where p.id = person and p.country_code = any (access.countries()))
    or exists (select from network.affiliation a where a.person_id = person and a.state in ('claimed', 'verified') and a.institution_id = any (access.institutions()))
$$;
create policy "contacts are the person's own" on network.person_contact for all to quipu_app using (network.reaches_person(person_id));
create policy "consents are the person's own" on network.consent for all to quipu_app using (network.reaches_person(person_id));
create policy "a proposed edit is its institution's own" on network.proposed_edit for all to quipu_app using (network.reaches_institution(institution_id));
create policy "a return is its institution's own" on network.institution_return for all to quipu_app using (network.reaches_institution(institution_id));
create policy "an invitation is its sender's scope's own" on network.invitation for all to quipu_app
  using (access.network_wide() or country_code = any (access.countries()) or institution_id = any (access.institutions()) or invited_by = access.person());

drop policy "private history is seen by those whose it is" on record.change;
create policy "private history is seen by those whose it is" on record.change for select to quipu_app
  using (keeper is null or access.reaches(keeper) or network.reaches_institution(keeper) or network.reaches_person(keeper));

-- Who signs in is asked before anyone is known: only what the session needs, by the person's id.
create function network.grants_of(person uuid, as_of timestamptz)
returns table (id uuid, role text, scope_kind text, scope_id text)
language sql stable security definer set search_path = pg_catalog, network as $$
  select g.id, g.role, g.scope_kind, coalesce(g.country_code::text, g.institution_id::text, g.body_id::text)
  from network.role_grant g where g.person_id = person and g.valid @> as_of
$$;

-- Separation of duties: who handles the money does not select, and who audits changes nothing.
create function network.refuse_joined_duties() returns trigger language plpgsql
security definer set search_path = pg_catalog, network as $$
declare
  selecting constant text[] := '{national-commission,evaluator,committee-chair,committee-secretary}';
begin
  if exists (
    select from network.role_grant g
    where g.person_id = new.person_id and g.id <> new.id and g.valid && new.valid and (
      (new.role = 'finance' and g.role = any (selecting)) or (g.role = 'finance' and new.role = any (selecting))
      or (new.role = 'auditor' and g.role not in ('auditor', 'institution-representative'))
      or (g.role = 'auditor' and new.role not in ('auditor', 'institution-representative')))
  ) then
    raise exception using errcode = '23514', constraint = 'duties that are kept apart are not joined in one person', message = 'duties that are kept apart are not joined in one person';
  end if;
  return new;
end $$;
create trigger duties_kept_apart before insert or update on network.role_grant for each row execute function network.refuse_joined_duties();

call record.watch('network.network');
call record.watch('network.country');
call record.watch('network.topic');
call record.watch('network.topic_label');
call record.watch('network.plan_result');
call record.watch('network.person');
call record.watch('network.person_contact', '{}', 'person_id');
call record.watch('network.consent', '{}', 'person_id');
call record.watch('network.institution');
call record.watch('network.institution_name');
call record.watch('network.identifier');
call record.watch('network.picture');
call record.watch('network.validation');
call record.watch('network.proposed_edit', '{}', 'institution_id');
call record.watch('network.merge');
call record.watch('network.different');
call record.watch('network.affiliation');
call record.watch('network.body');
call record.watch('network.seat');
call record.watch('network.body_session');
call record.watch('network.decision');
call record.watch('network.vote');
call record.watch('network.paper');
call record.watch('network.mandate');
call record.watch('network.membership');
call record.watch('network.role_grant');
call record.watch('network.partner');
call record.watch('network.country_law');
call record.watch('network.invitation', '{}', 'invited_by');
call record.watch('network.instrument');
call record.watch('network.institution_return', '{}', 'institution_id');

-- Facts that other rooms count, and nothing else of this room.
create view network.fact_institution as
  select id, country_code, kind, legal_kind, type, size_class, completeness, validated_at, state = 'listed' as listed from network.institution where state <> 'merged';
create view network.fact_membership as select country_code, kind, valid from network.membership;
create view network.fact_mandate as select m.person_id, s.body_id, s.country_code, s.office, m.valid from network.mandate m join network.seat s on s.id = m.seat_id;
create view network.fact_return with (security_invoker = true) as
  select r.instrument_id, i.code, i.year, i.kind, r.institution_id, r.state from network.institution_return r join network.instrument i on i.id = r.instrument_id;

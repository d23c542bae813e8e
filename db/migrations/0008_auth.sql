-- How people prove who they are, kept apart from who they are; and how they come: by themselves, by invitation, or entered by an officer.

-- The tables are those that better-auth 1.7 asks for (a test compares), in snake case. They are outside the record: a session is no deed, and a
-- password's digest has no business in a history. What matters of it for people is told by the log below.
create schema auth;
call record.open_schema('auth');

create table auth."user" (
  id uuid primary key default uuidv7(),
  name text not null,
  email text not null constraint "an account's address is its own" unique,
  email_verified boolean not null,
  image text,
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null default current_timestamp,
  two_factor_enabled boolean,
  -- Empty between proving an address and telling one's own data.
  person_id uuid constraint "an account is one person's" unique references network.person
);
create table auth.session (
  id uuid primary key default uuidv7(),
  expires_at timestamptz not null,
  token text not null constraint "a session's token is its own" unique,
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null,
  ip_address text,
  user_agent text,
  user_id uuid not null references auth."user" on delete cascade,
  method text,
  second_factor boolean
);
create index session_user_id_idx on auth.session (user_id);
create table auth.account (
  id uuid primary key default uuidv7(),
  account_id text not null,
  provider_id text not null,
  user_id uuid not null references auth."user" on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null
);
create index account_user_id_idx on auth.account (user_id);
create table auth.verification (
  id uuid primary key default uuidv7(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default current_timestamp,
  updated_at timestamptz not null default current_timestamp
);
create index verification_identifier_idx on auth.verification (identifier);
create table auth.two_factor (
  id uuid primary key default uuidv7(),
  secret text not null,
  backup_codes text not null,
  user_id uuid not null references auth."user" on delete cascade,
  verified boolean,
  failed_verification_count integer,
  locked_until timestamptz
);
create index two_factor_secret_idx on auth.two_factor (secret);
create index two_factor_user_id_idx on auth.two_factor (user_id);
create table auth.passkey (
  id uuid primary key default uuidv7(),
  name text,
  public_key text not null,
  user_id uuid not null references auth."user" on delete cascade,
  credential_id text not null,
  counter integer not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  created_at timestamptz,
  aaguid text
);
create index passkey_user_id_idx on auth.passkey (user_id);
create index passkey_credential_id_idx on auth.passkey (credential_id);

-- Every way in that was tried, and how it ended. An address without an account is kept as a digest only.
create table auth.sign_in_log (
  id uuid primary key default uuidv7(),
  at timestamptz not null default clock_timestamp(),
  user_id uuid,
  address_digest bytea,
  method text not null constraint "a way in has a name" check (method in ('password', 'letter', 'code', 'passkey', 'oidc', 'invitation', 'demo', 'second-factor', 'recovery-code')),
  outcome text not null constraint "a way in is opened, half open, shut or slowed" check (outcome in ('in', 'second-factor', 'refused', 'slowed')),
  client text not null default '',
  agent text not null default ''
);
create index sign_in_log_user on auth.sign_in_log (user_id, at desc);
create index sign_in_log_at on auth.sign_in_log (at);
-- Written and read, never rewritten by who serves pages; what is past its time is removed by the night's job, as owner.
revoke update, delete on auth.sign_in_log from quipu_app;

insert into jobs.retention_rule (code, keep_for, basis) values
  ('auth.sign-in-log', '1 year', 'Who tried to sign in, for finding out about a misuse.'),
  ('auth.ended', '7 days', 'Sessions, codes and links that are over.'),
  ('network.invitation', '1 year', 'Invitations that were never accepted.');

-- What people agree to: notice and terms, each version in its languages, in force from a day.
create table network.legal_text (
  id uuid primary key default uuidv7(),
  kind text not null constraint "a legal text is the privacy notice or the terms" check (kind in ('privacy', 'terms')),
  version text not null,
  in_force_from date not null,
  body_id uuid not null references text.text_set,
  constraint "a version of a legal text is published once" unique (kind, version)
);
call record.watch('network.legal_text');

alter table network.invitation
  add column post text not null default '',
  add column message text not null default '',
  add column batch_id uuid,
  add constraint "an invitation has a language of the interface" check (language in ('es', 'pt', 'en', 'ar'));
create index invitation_open on network.invitation (lower(email)) where accepted_at is null and withdrawn_at is null;

-- Whoever holds the link sees the invitation, and nobody else does.
create function network.invitation_by(digest bytea) returns setof network.invitation
language sql stable security definer set search_path = pg_catalog, network as $$
  select * from network.invitation i where i.token_digest = digest
$$;
create function network.take_invitation(digest bytea, taker uuid, as_of timestamptz) returns setof network.invitation
language plpgsql security definer set search_path = pg_catalog, network as $$
begin
  perform record.current_deed('network.invitation');
  return query
    update network.invitation i set accepted_at = as_of, person_id = taker
    where i.token_digest = digest and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > as_of and (i.person_id is null or i.person_id = taker)
    returning i.*;
end $$;

-- What people said of themselves for statistics alone is read within a deed that says who read it and why; one's own is one's own.
revoke select on network.person_contact from quipu_app;
grant select (id, person_id, email, telephone) on network.person_contact to quipu_app;
create function network.read_sensitive(person uuid) returns table (sex text)
language plpgsql stable security definer set search_path = pg_catalog, network as $$
begin
  if person is distinct from access.person() then perform record.current_deed('network.person_contact'); end if;
  if not network.reaches_person(person) then return; end if;
  return query select c.sex from network.person_contact c where c.person_id = person;
end $$;

-- One's own data, whole, and nobody else's: for the export that the law promises. The history too, while its values are there.
create function network.own_history(person uuid) returns table (deed text, at timestamptz, by_person uuid, on_behalf_of uuid, relation text, operation text, after jsonb)
language plpgsql stable security definer set search_path = pg_catalog, network as $$
begin
  if person is distinct from access.person() and not access.network_wide() then return; end if;
  return query
    select d.name, d.at, d.person_id, d.on_behalf_of, c.relation, c.operation, c.after
    from record.change c join record.deed d on d.id = c.deed_id
    where c.keeper = person or (c.relation = 'network.person' and c.row_id = person)
      or (c.relation = 'network.affiliation' and c.row_id in (select a.id from network.affiliation a where a.person_id = person))
    order by c.id;
end $$;

-- An address may be known already without its holder being told to whom: asked where a new one is entered.
create function network.person_with_address(address text) returns uuid
language sql stable security definer set search_path = pg_catalog, network as $$
  select c.person_id from network.person_contact c where lower(c.email) = lower(address)
$$;
revoke execute on function network.invitation_by, network.take_invitation, network.read_sensitive, network.own_history, network.person_with_address from public;
grant execute on function network.invitation_by, network.take_invitation, network.read_sensitive, network.own_history, network.person_with_address to quipu_app;

-- The tools that all rooms share keep things of their own: work that takes long, letters, files, and what people asked to be told about.

-- ── Jobs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
-- What the program writes while it works (a bar that moves, a heart that beats) is no deed of anyone and stays outside the record;
-- what people ask of jobs (to start, cancel, rerun one) is a deed of theirs. The queue itself is graphile-worker's own schema.
create schema jobs;
grant usage on schema jobs to quipu_app;

-- What each task may cost, written by the jobs' process at its start.
create table jobs.task (
  name text primary key,
  attempts integer not null constraint "a task is tried at least once" check (attempts > 0),
  queue text
);

-- Adds a job in the transaction of the deed that causes it: no deed, no job. The queue may not be written by the server's role in any other way.
create function jobs.add(name text, payload json, key text, run_at timestamptz, priority integer, queue text) returns bigint
language plpgsql security definer set search_path = pg_catalog, jobs as $$
#variable_conflict use_variable
declare
  known jobs.task;
  added bigint;
begin
  select * into known from jobs.task t where t.name = name;
  select j.id into added from graphile_worker.add_job(
    identifier => name, payload => payload, queue_name => coalesce(queue, known.queue), run_at => run_at,
    max_attempts => known.attempts, job_key => key, priority => priority) j;
  return added;
end $$;

create table jobs.progress (
  id uuid primary key default uuidv7(),
  task text not null,
  keeper uuid,
  about_kind text,
  about_id uuid,
  state text not null default 'waiting'
    constraint "work is waiting, running, done, failed or cancelled" check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  done bigint not null default 0,
  total bigint,
  message text,
  message_values jsonb not null default '{}',
  cursor jsonb,
  result jsonb,
  result_file uuid,
  problem text,
  attempt integer not null default 0,
  cancel_asked_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  moved_at timestamptz not null default clock_timestamp(),
  ended_at timestamptz
);
create index progress_about on jobs.progress (about_id, created_at desc);
create index progress_keeper on jobs.progress (keeper, created_at desc);
alter table jobs.progress enable row level security;
create policy "work is followed by who asked for it" on jobs.progress for select to quipu_app using (access.reaches(keeper));
grant select on jobs.progress to quipu_app;

-- Starts work whose progress can be followed; answers the id of its progress, which the payload carries too.
create function jobs.start(task text, payload jsonb, keeper uuid, about_kind text, about_id uuid, run_at timestamptz, queue text) returns uuid
language plpgsql security definer set search_path = pg_catalog, jobs as $$
declare made uuid;
begin
  insert into jobs.progress (task, keeper, about_kind, about_id) values (task, keeper, about_kind, about_id) returning id into made;
  perform jobs.add(task, (payload || jsonb_build_object('progressId', made))::json, 'progress:' || made, run_at, null, queue);
  return made;
end $$;

-- Asks running work to stop, and takes waiting work out of the queue. True if there was something to stop.
create function jobs.cancel(progress uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, jobs as $$
declare
  removed bigint;
begin
  update jobs.progress p set cancel_asked_at = coalesce(p.cancel_asked_at, clock_timestamp())
  where p.id = progress and p.state in ('waiting', 'running') and access.reaches(p.keeper);
  if not found then return false; end if;
  delete from graphile_worker._private_jobs j where j.key = 'progress:' || progress and j.locked_at is null returning j.id into removed;
  if removed is not null then
    update jobs.progress p set state = 'cancelled', ended_at = clock_timestamp(), moved_at = clock_timestamp() where p.id = progress;
  end if;
  return true;
end $$;

-- The queue as a steward reads it. Payloads name things by id and hold nothing personal.
create function jobs.state_of(locked_at timestamptz, attempts smallint, max_attempts smallint, run_at timestamptz) returns text language sql stable
return case when locked_at is not null then 'running' when attempts >= max_attempts then 'dead'
  when attempts > 0 then 'again' when run_at > now() then 'later' else 'waiting' end;

create function jobs.list_queue(of_state text, most integer, before bigint)
returns table (id bigint, task text, payload json, state text, attempts integer, max_attempts integer, problem text, key text, created_at timestamptz, run_at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, jobs as $$
#variable_conflict use_column
begin
  if not access.network_wide() then return; end if;
  return query
    select q.* from (
      select j.id, t.identifier, j.payload, jobs.state_of(j.locked_at, j.attempts, j.max_attempts, j.run_at) as state,
        j.attempts::integer, j.max_attempts::integer, j.last_error, j.key, j.created_at, j.run_at
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    ) q where (of_state is null or q.state = of_state) and (list_queue.before is null or q.id < list_queue.before)
    order by q.id desc limit most;
end $$;

-- How many jobs are in which state, and since when the oldest of them has been due. Tells nothing of anyone: health checks read it too.
create function jobs.count_queue() returns table (state text, count bigint, oldest timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, jobs as $$
#variable_conflict use_column
begin
  return query
    select q.state, count(*), min(q.run_at)
    from (select jobs.state_of(j.locked_at, j.attempts, j.max_attempts, j.run_at) as state, j.run_at from graphile_worker._private_jobs j) q
    group by q.state order by q.state;
end $$;

-- Gives a dead job all its attempts back; answers the name of its task, or nothing if there is no such job.
create function jobs.rerun(job bigint) returns text
language plpgsql security definer set search_path = pg_catalog, jobs as $$
#variable_conflict use_variable
declare
  found_job record;
begin
  if not access.network_wide() then return null; end if;
  select j.id, j.key, t.identifier into found_job
  from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
  where j.id = job and j.locked_at is null and j.attempts >= j.max_attempts for update of j;
  if not found then return null; end if;
  perform graphile_worker.reschedule_jobs(array[job], run_at => now(), attempts => 0);
  update jobs.progress p set state = 'waiting', problem = null, ended_at = null, moved_at = clock_timestamp()
  where 'progress:' || p.id = found_job.key and p.state = 'failed';
  return found_job.identifier;
end $$;

-- Takes a dead job out of the queue for good; answers the name of its task.
create function jobs.discard(job bigint) returns text
language plpgsql security definer set search_path = pg_catalog, jobs as $$
#variable_conflict use_variable
declare
  name text;
begin
  if not access.network_wide() then return null; end if;
  delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
  where j.id = job and t.id = j.task_id and j.locked_at is null and j.attempts >= j.max_attempts returning t.identifier into name;
  return name;
end $$;

-- Whether a jobs' process is at work: it holds this lock as long as it lives.
create function jobs.at_work() returns boolean language sql stable security definer set search_path = pg_catalog
return exists (select from pg_catalog.pg_locks where locktype = 'advisory' and granted and database = (select oid from pg_catalog.pg_database where datname = current_database())
  and classid = 0 and objid = 719523202 and objsubid = 1);

-- What the nightly checks found (the history verified, the backup made): the latest of each is shown to the steward.
create table jobs.finding (
  id uuid primary key default uuidv7(),
  name text not null,
  good boolean not null,
  detail jsonb not null default '{}',
  at timestamptz not null default clock_timestamp()
);
create index finding_name on jobs.finding (name, at desc);
alter table jobs.finding enable row level security;
create policy "what the nightly checks found is for the office" on jobs.finding for select to quipu_app using (access.network_wide());
grant select on jobs.finding to quipu_app;

-- How long things are kept. A rule is a decision of people, so it is in the record; what it does each night is a deed of the system that names it.
create table jobs.retention_rule (
  id uuid primary key default uuidv7(),
  code text not null constraint "a retention rule has a code of its own" unique,
  keep_for interval not null constraint "a retention rule keeps for some time" check (keep_for > interval '0'),
  active boolean not null default true,
  basis text
);
grant select, update on jobs.retention_rule to quipu_app;
call record.watch('jobs.retention_rule');

revoke execute on all functions in schema jobs from public;
grant execute on function jobs.add, jobs.start, jobs.cancel, jobs.list_queue, jobs.count_queue, jobs.rerun, jobs.discard, jobs.at_work to quipu_app;

-- ── Mail ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
-- The outbox and its log are kept by the program itself and outside the record: letters carry what people write to each other,
-- and their text is dropped after a while, which a history of them would defeat. That a letter was caused is told by the deed that caused it.
create schema mail;
grant usage on schema mail to quipu_app;

create table mail.letter (
  id uuid primary key default uuidv7(),
  name text not null,
  keeper uuid,
  address text not null constraint "a letter has an address" check (address ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  recipient text,
  language text not null,
  subject text not null,
  body jsonb,
  purpose text,
  secret boolean not null default false,
  reply_to text,
  enclosures jsonb not null default '[]',
  state text not null default 'queued'
    constraint "a letter is queued, sending, sent, held, suppressed, bounced or failed"
    check (state in ('queued', 'sending', 'sent', 'held', 'suppressed', 'bounced', 'failed')),
  message_id text constraint "a message id is of one letter" unique,
  answer text,
  attempts integer not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  state_at timestamptz not null default clock_timestamp()
);
create index letter_state on mail.letter (state, state_at);
create index letter_keeper on mail.letter (keeper, created_at desc);
create index letter_address on mail.letter (lower(address), created_at desc);
alter table mail.letter enable row level security;
create policy "a letter is seen by whom it is for" on mail.letter for select to quipu_app using (access.reaches(keeper));
grant select on mail.letter to quipu_app;

create table mail.event (
  id bigint generated always as identity primary key,
  letter_id uuid not null references mail.letter on delete cascade,
  state text not null,
  detail text,
  at timestamptz not null default clock_timestamp()
);
create index event_letter on mail.event (letter_id, id);
alter table mail.event enable row level security;
create policy "what became of a letter is seen by whom it is for" on mail.event for select to quipu_app
  using (exists (select from mail.letter l where l.id = letter_id));
grant select on mail.event to quipu_app;

create function mail.tell() returns trigger language plpgsql security definer set search_path = pg_catalog, mail as $$
begin
  if tg_op = 'INSERT' or new.state <> old.state then
    insert into mail.event (letter_id, state, detail) values (new.id, new.state, new.answer);
  end if;
  return null;
end $$;
create trigger tell after insert or update on mail.letter for each row execute function mail.tell();

-- Addresses that get no more letters, or none of one purpose ('' is every purpose).
create table mail.suppression (
  id uuid primary key default uuidv7(),
  address text not null,
  purpose text not null default '',
  reason text not null constraint "letters stop because they bounced, were complained of or are unwanted" check (reason in ('bounced', 'complained', 'unsubscribed', 'by-hand')),
  detail text,
  letter_id uuid,
  at timestamptz not null default clock_timestamp(),
  constraint "an address is suppressed once for a purpose" unique (address, purpose)
);
alter table mail.suppression enable row level security;
create policy "suppressed addresses are for the office" on mail.suppression for select to quipu_app using (access.network_wide());
grant select on mail.suppression to quipu_app;

-- Puts a composed letter into the outbox and its sending into the queue, in the transaction at hand.
create function mail.post(letter jsonb) returns uuid
language plpgsql security definer set search_path = pg_catalog, mail as $$
declare made uuid := uuidv7();
begin
  insert into mail.letter (id, name, keeper, address, recipient, language, subject, body, purpose, secret, reply_to, enclosures)
  values (made, letter ->> 'name', (letter ->> 'keeper')::uuid, letter ->> 'address', letter ->> 'recipient', letter ->> 'language', letter ->> 'subject',
    letter -> 'body', letter ->> 'purpose', coalesce((letter ->> 'secret')::boolean, false), letter ->> 'replyTo',
    coalesce(letter -> 'enclosures', '[]'));
  perform jobs.add('mail.send', json_build_object('letterId', made), 'mail:' || made, (letter ->> 'sendAt')::timestamptz,
    case when (letter ->> 'secret')::boolean then -10 else 0 end, null);
  return made;
end $$;

-- Stops letters of a purpose to an address; whoever holds the signed link of a letter may ask for it.
create function mail.suppress(for_address text, for_purpose text, because text, told text, by_letter uuid) returns void
language plpgsql security definer set search_path = pg_catalog, mail as $$
begin
  insert into mail.suppression (address, purpose, reason, detail, letter_id)
  values (lower(for_address), coalesce(for_purpose, ''), because, told, by_letter)
  on conflict on constraint "an address is suppressed once for a purpose" do nothing;
end $$;

-- Lets letters of a purpose go to an address again. True if they were stopped.
create function mail.unsuppress(for_address text, for_purpose text) returns boolean
language plpgsql security definer set search_path = pg_catalog, mail as $$
begin
  delete from mail.suppression where address = lower(for_address) and purpose = coalesce(for_purpose, '');
  return found;
end $$;

-- Sends a letter again that failed or was held. True if there was such a letter.
create function mail.send_again(letter uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog, mail as $$
begin
  if not access.network_wide() then return false; end if;
  update mail.letter l set state = 'queued', state_at = clock_timestamp(), answer = null
  where l.id = letter and l.state in ('failed', 'held', 'bounced', 'suppressed') and l.body is not null;
  if not found then return false; end if;
  perform jobs.add('mail.send', json_build_object('letterId', letter), 'mail:' || letter, null, null, null);
  return true;
end $$;

-- Takes in what came back for a letter: it bounced for good, was delayed, or its reader complained. True if there was such a letter.
-- A complaint about a necessary letter must not keep somebody from signing in: it stops only what can be done without.
create function mail.take_returned(returned_id text, kind text, permanent boolean, told text) returns boolean
language plpgsql security definer set search_path = pg_catalog, mail as $$
declare letter mail.letter;
begin
  select * into letter from mail.letter l where l.message_id = returned_id and l.state in ('sending', 'sent') for update;
  if not found then return false; end if;
  if kind = 'complained' then
    perform mail.suppress(letter.address, coalesce(letter.purpose, 'subscriptions'), 'complained', told, letter.id);
  elsif permanent then
    update mail.letter l set state = 'bounced', state_at = clock_timestamp(), answer = told where l.id = letter.id;
    perform mail.suppress(letter.address, null, 'bounced', told, letter.id);
  else
    insert into mail.event (letter_id, state, detail) values (letter.id, 'delayed', told);
  end if;
  return true;
end $$;

revoke execute on all functions in schema mail from public;
grant execute on function mail.post, mail.suppress, mail.unsuppress, mail.send_again, mail.take_returned to quipu_app;

-- ── Files ────────────────────────────────────────────────────────────────────────────────────────────────────────────
create schema files;
call record.open_schema('files');

create table files.file (
  id uuid primary key default uuidv7(),
  sha256 text not null constraint "a file's checksum is SHA-256 in hexadecimal" check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null constraint "a file is not empty" check (bytes > 0),
  kind text not null,
  name text not null constraint "a file has a name" check (name <> '' and length(name) <= 255),
  state text not null default 'draft' constraint "a file is a draft, kept or published" check (state in ('draft', 'kept', 'published')),
  uploader uuid,
  keeper uuid,
  about_kind text,
  about_id uuid,
  credit text,
  rights text,
  alt jsonb not null default '{}' constraint "alternative text is by language" check (jsonb_typeof(alt) = 'object'),
  width integer,
  height integer,
  language text,
  problem text,
  uploaded_at timestamptz not null default clock_timestamp(),
  constraint "a published picture says whose it is and what may be done with it"
    check (state <> 'published' or kind not like 'image/%' or (coalesce(credit, '') <> '' and coalesce(rights, '') <> ''))
);
create index file_sha256 on files.file (sha256);
create index file_about on files.file (about_id, uploaded_at);
create index file_draft on files.file (uploaded_at) where state = 'draft';
alter table files.file enable row level security;
create policy "published files are for all, others for those whose they are" on files.file for select to quipu_app
  using (state = 'published' or access.reaches(keeper) or uploader = access.person());
create policy "files come from those who bring them" on files.file for insert to quipu_app
  with check (access.network_wide() or uploader = access.person() or access.reaches(keeper));
create policy "files are changed by those whose they are" on files.file for update to quipu_app
  using (access.reaches(keeper) or uploader = access.person());
create policy "files are removed by those whose they are" on files.file for delete to quipu_app
  using (access.reaches(keeper) or uploader = access.person());
call record.watch('files.file', keeper => 'keeper');

-- A room that has found that its actor may read a file (an evaluator an application's annex) reads it here, whosever it is.
create function files.lend(file uuid) returns setof files.file
language sql stable security definer set search_path = pg_catalog
as $$ select f.* from files.file f where f.id = file $$;

-- Sizes of a picture: made from it by the jobs' process and made again at will, so outside the record.
create table files.rendition (
  id uuid primary key default uuidv7(),
  file_id uuid not null references files.file on delete cascade,
  width integer not null,
  height integer not null,
  kind text not null,
  sha256 text not null,
  bytes bigint not null,
  constraint "a picture has one rendition a width and kind" unique (file_id, width, kind)
);
create index rendition_sha256 on files.rendition (sha256);
revoke insert, update, delete on files.rendition from quipu_app;
alter table files.rendition enable row level security;
create policy "a rendition is seen with its picture" on files.rendition for select to quipu_app
  using (exists (select from files.file f where f.id = file_id));
create function files.lend_renditions(file uuid) returns setof files.rendition
language sql stable security definer set search_path = pg_catalog
as $$ select r.* from files.rendition r where r.file_id = file $$;

-- Uploads under way, which may rest and go on: no deed until the file is whole.
create table files.upload (
  id uuid primary key default uuidv7(),
  keeper uuid not null,
  name text not null,
  bytes bigint not null constraint "an upload says how large it will be" check (bytes > 0),
  about_kind text,
  about_id uuid,
  file_id uuid,
  created_at timestamptz not null default clock_timestamp()
);
create index upload_created on files.upload (created_at);
alter table files.upload enable row level security;
create policy "an upload is its person's" on files.upload to quipu_app using (keeper = access.person()) with check (keeper = access.person());

-- ── Subscriptions ────────────────────────────────────────────────────────────────────────────────────────────────────
create schema subscriptions;
call record.open_schema('subscriptions');

create table subscriptions.subscription (
  id uuid primary key default uuidv7(),
  keeper uuid not null,
  kind text not null constraint "one subscribes to a topic, a country, an owner, a search or everything" check (kind in ('topic', 'country', 'owner', 'search', 'everything')),
  room text,
  subject text not null default '',
  title text,
  frequency text not null constraint "one is told at once, daily or weekly" check (frequency in ('at-once', 'daily', 'weekly')),
  created_at timestamptz not null default clock_timestamp(),
  constraint "one subscribes once to the same" unique nulls not distinct (keeper, kind, room, subject),
  constraint "a saved search is of a room" check (kind <> 'search' or room is not null)
);
create index subscription_subject on subscriptions.subscription (kind, subject);
alter table subscriptions.subscription enable row level security;
create policy "a subscription is its person's" on subscriptions.subscription to quipu_app
  using (access.reaches(keeper)) with check (access.reaches(keeper));
call record.watch('subscriptions.subscription', keeper => 'keeper');

-- What happened that people may be told of: public things only, written by the deed that made them so. It repeats what the record
-- and the room already keep, so it is outside the record and dropped after a while.
create table subscriptions.happening (
  id uuid primary key default uuidv7(),
  room text not null,
  kind text not null,
  about_id uuid,
  owner_id uuid,
  topics text[] not null default '{}',
  countries text[] not null default '{}',
  title jsonb not null,
  lead jsonb not null default '{}',
  path jsonb not null,
  starts_at timestamptz,
  ends_at timestamptz,
  place text,
  at timestamptz not null default clock_timestamp()
);
create index happening_at on subscriptions.happening (at);
revoke insert, update, delete on subscriptions.happening from quipu_app;

-- Who was told of what, so that nobody is told twice.
create table subscriptions.told (
  keeper uuid not null,
  happening_id uuid not null references subscriptions.happening on delete cascade,
  subscription_id uuid not null,
  frequency text not null,
  matched_at timestamptz not null default clock_timestamp(),
  letter_id uuid,
  primary key (keeper, happening_id)
);
create index told_waiting on subscriptions.told (frequency, keeper) where letter_id is null;
revoke all on subscriptions.told from quipu_app;

create function subscriptions.announce(happening jsonb) returns uuid
language plpgsql security definer set search_path = pg_catalog, subscriptions as $$
declare made uuid;
begin
  insert into subscriptions.happening (room, kind, about_id, owner_id, topics, countries, title, lead, path, starts_at, ends_at, place)
  values (happening ->> 'room', happening ->> 'kind', (happening ->> 'aboutId')::uuid, (happening ->> 'ownerId')::uuid,
    array(select jsonb_array_elements_text(coalesce(happening -> 'topics', '[]'))), array(select jsonb_array_elements_text(coalesce(happening -> 'countries', '[]'))),
    happening -> 'title', coalesce(happening -> 'lead', '{}'), happening -> 'path',
    (happening ->> 'startsAt')::timestamptz, (happening ->> 'endsAt')::timestamptz, happening ->> 'place')
  returning id into made;
  perform jobs.add('subscriptions.match', json_build_object('happeningId', made), 'happening:' || made, null, 10, null);
  return made;
end $$;
revoke execute on all functions in schema subscriptions from public;
grant execute on function subscriptions.announce to quipu_app;

-- How long the kit's own things are kept, until a steward decides otherwise.
insert into jobs.retention_rule (code, keep_for, basis) values
  ('mail.text', '90 days', 'The text of letters sent is of use while somebody may ask for it again.'),
  ('mail.secret', '2 days', 'Letters that let somebody in are worth nothing after their link has ended.'),
  ('mail.log', '2 years', 'That a letter was sent, to whom and with what answer, is proof of notice.'),
  ('files.draft', '30 days', 'Files of forms that were never sent.'),
  ('files.upload', '7 days', 'Uploads that were never finished.'),
  ('jobs.progress', '90 days', 'How long work went that is long over.'),
  ('jobs.finding', '1 year', 'What the nightly checks found.'),
  ('record.once', '30 days', 'One-time keys of forms.'),
  ('subscriptions.happening', '180 days', 'What people were told of.');

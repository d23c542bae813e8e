-- What failed while pages were answered, so that a steward who is told a request's number finds what became of it.

-- Outside the record, as the log of ways in is: a failure is no deed of anybody's, and it must be kept even where the deed that failed rolled back.
-- The message is kept without what anybody typed; rows go after 90 days.
create table front.failure (
  id uuid primary key default uuidv7(),
  request_id text not null constraint "a failure is kept once a request" unique,
  route text,
  name text not null constraint "a failure's name is short" check (length(name) <= 120),
  message text not null default '' constraint "a failure's message is short" check (length(message) <= 400),
  -- Where in the program it came about: file and line.
  place text not null default '' constraint "a failure's place is short" check (length(place) <= 200),
  person_id uuid,
  at timestamptz not null default clock_timestamp()
);
create index failure_at on front.failure (at desc);
alter table front.failure enable row level security;
create policy "a failure is read by the network's office" on front.failure for select to quipu_app using (access.network_wide());
create policy "a failure is added by whoever serves pages" on front.failure for insert to quipu_app with check (true);
-- Written and read, never rewritten; what is past its time is removed by the night's job, as owner.
revoke update, delete on front.failure from quipu_app;

insert into jobs.retention_rule (code, keep_for, basis) values
  ('front.failure', '90 days', 'What failed, for finding its cause: without what was typed.');

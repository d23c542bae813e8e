-- Written from the catalogue by `npm run types`; migrations are what makes it so.

create table auth.account (
  id uuid not null default uuidv7(),
  account_id text not null,
  provider_id text not null,
  user_id uuid not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone not null default CURRENT_TIMESTAMP,
  updated_at timestamp with time zone not null,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX account_user_id_idx ON auth.account USING btree (user_id);

create table auth.passkey (
  id uuid not null default uuidv7(),
  name text,
  public_key text not null,
  user_id uuid not null,
  credential_id text not null,
  counter integer not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  created_at timestamp with time zone,
  aaguid text,
  constraint passkey_pkey PRIMARY KEY (id),
  constraint passkey_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX passkey_credential_id_idx ON auth.passkey USING btree (credential_id);
CREATE INDEX passkey_user_id_idx ON auth.passkey USING btree (user_id);

create table auth.session (
  id uuid not null default uuidv7(),
  expires_at timestamp with time zone not null,
  token text not null,
  created_at timestamp with time zone not null default CURRENT_TIMESTAMP,
  updated_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  user_id uuid not null,
  method text,
  second_factor boolean,
  constraint session_pkey PRIMARY KEY (id),
  constraint "a session's token is its own" UNIQUE (token),
  constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX session_user_id_idx ON auth.session USING btree (user_id);

create table auth.sign_in_log (
  id uuid not null default uuidv7(),
  at timestamp with time zone not null default clock_timestamp(),
  user_id uuid,
  address_digest bytea,
  method text not null,
  outcome text not null,
  client text not null default ''::text,
  agent text not null default ''::text,
  constraint sign_in_log_pkey PRIMARY KEY (id),
  constraint "a way in has a name" CHECK ((method = ANY (ARRAY['password'::text, 'letter'::text, 'code'::text, 'passkey'::text, 'oidc'::text, 'invitation'::text, 'demo'::text, 'second-factor'::text, 'recovery-code'::text]))),
  constraint "a way in is opened, half open, shut or slowed" CHECK ((outcome = ANY (ARRAY['in'::text, 'second-factor'::text, 'refused'::text, 'slowed'::text])))
);
CREATE INDEX sign_in_log_at ON auth.sign_in_log USING btree (at);
CREATE INDEX sign_in_log_user ON auth.sign_in_log USING btree (user_id, at DESC);

create table auth.two_factor (
  id uuid not null default uuidv7(),
  secret text not null,
  backup_codes text not null,
  user_id uuid not null,
  verified boolean,
  failed_verification_count integer,
  locked_until timestamp with time zone,
  constraint two_factor_pkey PRIMARY KEY (id),
  constraint two_factor_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE
);
CREATE INDEX two_factor_secret_idx ON auth.two_factor USING btree (secret);
CREATE INDEX two_factor_user_id_idx ON auth.two_factor USING btree (user_id);

create table auth.user (
  id uuid not null default uuidv7(),
  name text not null,
  email text not null,
  email_verified boolean not null,
  image text,
  created_at timestamp with time zone not null default CURRENT_TIMESTAMP,
  updated_at timestamp with time zone not null default CURRENT_TIMESTAMP,
  two_factor_enabled boolean,
  person_id uuid,
  constraint user_pkey PRIMARY KEY (id),
  constraint "an account is one person's" UNIQUE (person_id),
  constraint "an account's address is its own" UNIQUE (email),
  constraint user_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id)
);

create table auth.verification (
  id uuid not null default uuidv7(),
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null default CURRENT_TIMESTAMP,
  updated_at timestamp with time zone not null default CURRENT_TIMESTAMP,
  constraint verification_pkey PRIMARY KEY (id)
);
CREATE INDEX verification_identifier_idx ON auth.verification USING btree (identifier);

create table files.file (
  id uuid not null default uuidv7(),
  sha256 text not null,
  bytes bigint not null,
  kind text not null,
  name text not null,
  state text not null default 'draft'::text,
  uploader uuid,
  keeper uuid,
  about_kind text,
  about_id uuid,
  credit text,
  rights text,
  alt jsonb not null default '{}'::jsonb,
  width integer,
  height integer,
  language text,
  problem text,
  uploaded_at timestamp with time zone not null default clock_timestamp(),
  constraint file_pkey PRIMARY KEY (id),
  constraint "a file has a name" CHECK (((name <> ''::text) AND (length(name) <= 255))),
  constraint "a file is a draft, kept or published" CHECK ((state = ANY (ARRAY['draft'::text, 'kept'::text, 'published'::text]))),
  constraint "a file is not empty" CHECK ((bytes > 0)),
  constraint "a file's checksum is SHA-256 in hexadecimal" CHECK ((sha256 ~ '^[0-9a-f]{64}$'::text)),
  constraint "a published picture says whose it is and what may be done with " CHECK (((state <> 'published'::text) OR (kind !~~ 'image/%'::text) OR ((COALESCE(credit, ''::text) <> ''::text) AND (COALESCE(rights, ''::text) <> ''::text)))),
  constraint "alternative text is by language" CHECK ((jsonb_typeof(alt) = 'object'::text))
);
CREATE INDEX file_about ON files.file USING btree (about_id, uploaded_at);
CREATE INDEX file_draft ON files.file USING btree (uploaded_at) WHERE (state = 'draft'::text);
CREATE INDEX file_sha256 ON files.file USING btree (sha256);
CREATE TRIGGER keep_delete AFTER DELETE ON files.file REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_insert AFTER INSERT ON files.file REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON files.file FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON files.file REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
alter table files.file enable row level security;
create policy "files are changed by those whose they are" on files.file for w using ((access.reaches(keeper) OR (uploader = access.person())));
create policy "files are removed by those whose they are" on files.file for d using ((access.reaches(keeper) OR (uploader = access.person())));
create policy "files come from those who bring them" on files.file for a with check ((access.network_wide() OR (uploader = access.person()) OR access.reaches(keeper)));
create policy "published files are for all, others for those whose they are" on files.file for r using (((state = 'published'::text) OR access.reaches(keeper) OR (uploader = access.person())));

create table files.rendition (
  id uuid not null default uuidv7(),
  file_id uuid not null,
  width integer not null,
  height integer not null,
  kind text not null,
  sha256 text not null,
  bytes bigint not null,
  constraint rendition_pkey PRIMARY KEY (id),
  constraint "a picture has one rendition a width and kind" UNIQUE (file_id, width, kind),
  constraint rendition_file_id_fkey FOREIGN KEY (file_id) REFERENCES files.file(id) ON DELETE CASCADE
);
CREATE INDEX rendition_sha256 ON files.rendition USING btree (sha256);
alter table files.rendition enable row level security;
create policy "a rendition is seen with its picture" on files.rendition for r using ((EXISTS ( SELECT
   FROM files.file f
  WHERE (f.id = rendition.file_id))));

create table files.upload (
  id uuid not null default uuidv7(),
  keeper uuid not null,
  name text not null,
  bytes bigint not null,
  about_kind text,
  about_id uuid,
  file_id uuid,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint upload_pkey PRIMARY KEY (id),
  constraint "an upload says how large it will be" CHECK ((bytes > 0))
);
CREATE INDEX upload_created ON files.upload USING btree (created_at);
alter table files.upload enable row level security;
create policy "an upload is its person's" on files.upload for * using ((keeper = access.person())) with check ((keeper = access.person()));

create table front.document (
  id uuid not null default uuidv7(),
  code text not null,
  kind text not null,
  title_id uuid not null,
  summary_id uuid,
  authors text not null default ''::text,
  publisher text not null default ''::text,
  year smallint,
  languages text[] not null default '{}'::text[],
  url text not null default ''::text,
  file_id uuid,
  licence text not null default ''::text,
  topics uuid[] not null default '{}'::uuid[],
  state text not null default 'published'::text,
  entered_at timestamp with time zone not null default now(),
  constraint document_pkey PRIMARY KEY (id),
  constraint "a document can be had somewhere" CHECK (((url <> ''::text) OR (file_id IS NOT NULL))),
  constraint "a document is of a known kind" CHECK ((kind = ANY (ARRAY['publication'::text, 'manual'::text, 'report'::text, 'declaration'::text, 'plan'::text, 'minutes'::text, 'form'::text, 'other'::text]))),
  constraint "a document is published or withdrawn" CHECK ((state = ANY (ARRAY['published'::text, 'withdrawn'::text]))),
  constraint "a document's code is used once" UNIQUE (code),
  constraint "a document's year has four figures" CHECK (((year >= 1500) AND (year <= 2200))),
  constraint document_summary_id_fkey FOREIGN KEY (summary_id) REFERENCES text.text_set(id),
  constraint document_title_id_fkey FOREIGN KEY (title_id) REFERENCES text.text_set(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON front.document REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON front.document REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON front.document FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON front.document REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table front.failure (
  id uuid not null default uuidv7(),
  request_id text not null,
  route text,
  name text not null,
  message text not null default ''::text,
  place text not null default ''::text,
  person_id uuid,
  at timestamp with time zone not null default clock_timestamp(),
  constraint failure_pkey PRIMARY KEY (id),
  constraint "a failure is kept once a request" UNIQUE (request_id),
  constraint "a failure's message is short" CHECK ((length(message) <= 400)),
  constraint "a failure's name is short" CHECK ((length(name) <= 120)),
  constraint "a failure's place is short" CHECK ((length(place) <= 200))
);
CREATE INDEX failure_at ON front.failure USING btree (at DESC);
alter table front.failure enable row level security;
create policy "a failure is added by whoever serves pages" on front.failure for a with check (true);
create policy "a failure is read by the network's office" on front.failure for r using (access.network_wide());

create table front.page (
  id uuid not null default uuidv7(),
  kind text not null,
  parent_id uuid,
  slug text not null,
  title_id uuid not null,
  summary_id uuid,
  body_id uuid,
  "position" smallint not null default 0,
  state text not null default 'draft'::text,
  published_at timestamp with time zone,
  changed_at timestamp with time zone not null default now(),
  topics uuid[] not null default '{}'::uuid[],
  picture_id uuid,
  constraint page_pkey PRIMARY KEY (id),
  constraint "a page is a draft, published or withdrawn" CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'withdrawn'::text]))),
  constraint "a page stands in the tree or is news" CHECK ((kind = ANY (ARRAY['page'::text, 'news'::text]))),
  constraint "a page's address is lower-case words" CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
  constraint "a published page says since when" CHECK (((state <> 'published'::text) OR (published_at IS NOT NULL))),
  constraint "news stand in no tree" CHECK (((kind = 'page'::text) OR (parent_id IS NULL))),
  constraint page_body_id_fkey FOREIGN KEY (body_id) REFERENCES text.text_set(id),
  constraint page_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES front.page(id),
  constraint page_summary_id_fkey FOREIGN KEY (summary_id) REFERENCES text.text_set(id),
  constraint page_title_id_fkey FOREIGN KEY (title_id) REFERENCES text.text_set(id)
);
CREATE INDEX page_news ON front.page USING btree (published_at DESC) WHERE ((kind = 'news'::text) AND (state = 'published'::text));
CREATE INDEX page_tree ON front.page USING btree (parent_id, "position") WHERE (kind = 'page'::text);
CREATE UNIQUE INDEX "a page's address is used once" ON front.page USING btree (kind, COALESCE(parent_id, '00000000-0000-0000-0000-000000000000'::uuid), slug);
CREATE TRIGGER keep_delete AFTER DELETE ON front.page REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON front.page REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON front.page FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON front.page REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table front.see_also (
  id uuid not null default uuidv7(),
  page_id uuid not null,
  other_id uuid not null,
  constraint see_also_pkey PRIMARY KEY (id),
  constraint "a page does not point to itself" CHECK ((page_id <> other_id)),
  constraint "a page points to another once" UNIQUE (page_id, other_id),
  constraint see_also_other_id_fkey FOREIGN KEY (other_id) REFERENCES front.page(id) ON DELETE CASCADE,
  constraint see_also_page_id_fkey FOREIGN KEY (page_id) REFERENCES front.page(id) ON DELETE CASCADE
);
CREATE TRIGGER keep_delete AFTER DELETE ON front.see_also REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON front.see_also REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON front.see_also FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON front.see_also REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table import.entry (
  id uuid not null default uuidv7(),
  kind text not null,
  source text not null,
  key text not null,
  subject_id uuid not null,
  said jsonb not null,
  constraint entry_pkey PRIMARY KEY (id),
  constraint "a source has an entry once" UNIQUE (kind, source, key)
);
CREATE INDEX entry_subject ON import.entry USING btree (subject_id);
alter table import.entry enable row level security;

create table import.finding (
  id uuid not null default uuidv7(),
  import_id uuid not null,
  number integer not null,
  refuses boolean not null,
  column_path text not null,
  field text not null,
  code text not null,
  value text not null,
  fills jsonb not null default '{}'::jsonb,
  remedy text,
  constraint finding_pkey PRIMARY KEY (id)
);
CREATE INDEX finding_row ON import.finding USING btree (import_id, number);
alter table import.finding enable row level security;
create policy "a museum's finding is seen with its import" on import.finding for r using ((EXISTS ( SELECT
   FROM network.import i
  WHERE (i.id = finding.import_id))));

create table import.row (
  id uuid not null default uuidv7(),
  import_id uuid not null,
  number integer not null,
  outcome text not null,
  subject_id uuid,
  deed_id uuid,
  entry_key text,
  said_before jsonb,
  undone text,
  constraint row_pkey PRIMARY KEY (id),
  constraint "a row is entered, changed, as it was, refused, or left out" CHECK ((outcome = ANY (ARRAY['created'::text, 'updated'::text, 'unchanged'::text, 'refused'::text, 'left-out'::text]))),
  constraint "a row is told once" UNIQUE (import_id, number),
  constraint "a row is undone, was kept because others changed it since, or h" CHECK ((undone = ANY (ARRAY['undone'::text, 'kept'::text, 'nothing'::text])))
);
CREATE INDEX row_subject ON import."row" USING btree (import_id, subject_id);
alter table import.row enable row level security;
create policy "a museum's row is seen with its import" on import.row for r using ((EXISTS ( SELECT
   FROM network.import i
  WHERE (i.id = "row".import_id))));

create table jobs.finding (
  id uuid not null default uuidv7(),
  name text not null,
  good boolean not null,
  detail jsonb not null default '{}'::jsonb,
  at timestamp with time zone not null default clock_timestamp(),
  constraint finding_pkey PRIMARY KEY (id)
);
CREATE INDEX finding_name ON jobs.finding USING btree (name, at DESC);
alter table jobs.finding enable row level security;
create policy "what the nightly checks found is for the office" on jobs.finding for r using (access.network_wide());

create table jobs.progress (
  id uuid not null default uuidv7(),
  task text not null,
  keeper uuid,
  about_kind text,
  about_id uuid,
  state text not null default 'waiting'::text,
  done bigint not null default 0,
  total bigint,
  message text,
  message_values jsonb not null default '{}'::jsonb,
  cursor jsonb,
  result jsonb,
  result_file uuid,
  problem text,
  attempt integer not null default 0,
  cancel_asked_at timestamp with time zone,
  created_at timestamp with time zone not null default clock_timestamp(),
  started_at timestamp with time zone,
  moved_at timestamp with time zone not null default clock_timestamp(),
  ended_at timestamp with time zone,
  constraint progress_pkey PRIMARY KEY (id),
  constraint "work is waiting, running, done, failed or cancelled" CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE INDEX progress_about ON jobs.progress USING btree (about_id, created_at DESC);
CREATE INDEX progress_keeper ON jobs.progress USING btree (keeper, created_at DESC);
alter table jobs.progress enable row level security;
create policy "work is followed by who asked for it" on jobs.progress for r using (access.reaches(keeper));

create table jobs.retention_rule (
  id uuid not null default uuidv7(),
  code text not null,
  keep_for interval not null,
  active boolean not null default true,
  basis text,
  constraint retention_rule_pkey PRIMARY KEY (id),
  constraint "a retention rule has a code of its own" UNIQUE (code),
  constraint "a retention rule keeps for some time" CHECK ((keep_for > '00:00:00'::interval))
);
CREATE TRIGGER keep_delete AFTER DELETE ON jobs.retention_rule REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON jobs.retention_rule REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON jobs.retention_rule FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON jobs.retention_rule REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table jobs.task (
  name text not null,
  attempts integer not null,
  queue text,
  constraint task_pkey PRIMARY KEY (name),
  constraint "a task is tried at least once" CHECK ((attempts > 0))
);

create table mail.event (
  id bigint not null generated always as identity,
  letter_id uuid not null,
  state text not null,
  detail text,
  at timestamp with time zone not null default clock_timestamp(),
  constraint event_pkey PRIMARY KEY (id),
  constraint event_letter_id_fkey FOREIGN KEY (letter_id) REFERENCES mail.letter(id) ON DELETE CASCADE
);
CREATE INDEX event_letter ON mail.event USING btree (letter_id, id);
alter table mail.event enable row level security;
create policy "what became of a letter is seen by whom it is for" on mail.event for r using ((EXISTS ( SELECT
   FROM mail.letter l
  WHERE (l.id = event.letter_id))));

create table mail.letter (
  id uuid not null default uuidv7(),
  name text not null,
  keeper uuid,
  address text not null,
  recipient text,
  language text not null,
  subject text not null,
  body jsonb,
  purpose text,
  secret boolean not null default false,
  reply_to text,
  enclosures jsonb not null default '[]'::jsonb,
  state text not null default 'queued'::text,
  message_id text,
  answer text,
  attempts integer not null default 0,
  created_at timestamp with time zone not null default clock_timestamp(),
  state_at timestamp with time zone not null default clock_timestamp(),
  constraint letter_pkey PRIMARY KEY (id),
  constraint "a letter has an address" CHECK ((address ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text)),
  constraint "a letter is queued, sending, sent, held, suppressed, bounced or" CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'held'::text, 'suppressed'::text, 'bounced'::text, 'failed'::text]))),
  constraint "a message id is of one letter" UNIQUE (message_id)
);
CREATE INDEX letter_address ON mail.letter USING btree (lower(address), created_at DESC);
CREATE INDEX letter_keeper ON mail.letter USING btree (keeper, created_at DESC);
CREATE INDEX letter_state ON mail.letter USING btree (state, state_at);
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON mail.letter FOR EACH ROW EXECUTE FUNCTION mail.tell();
alter table mail.letter enable row level security;
create policy "a letter is seen by whom it is for" on mail.letter for r using (access.reaches(keeper));

create table mail.suppression (
  id uuid not null default uuidv7(),
  address text not null,
  purpose text not null default ''::text,
  reason text not null,
  detail text,
  letter_id uuid,
  at timestamp with time zone not null default clock_timestamp(),
  constraint suppression_pkey PRIMARY KEY (id),
  constraint "an address is suppressed once for a purpose" UNIQUE (address, purpose),
  constraint "letters stop because they bounced, were complained of or are un" CHECK ((reason = ANY (ARRAY['bounced'::text, 'complained'::text, 'unsubscribed'::text, 'by-hand'::text])))
);
alter table mail.suppression enable row level security;
create policy "suppressed addresses are for the office" on mail.suppression for r using (access.network_wide());

create table network.affiliation (
  id uuid not null default uuidv7(),
  person_id uuid not null,
  institution_id uuid not null,
  post text not null default ''::text,
  contract text,
  valid daterange not null,
  state text not null default 'claimed'::text,
  decided_by uuid,
  decided_at timestamp with time zone,
  constraint affiliation_pkey PRIMARY KEY (id),
  constraint affiliation_contract_check CHECK ((contract = ANY (ARRAY['permanent'::text, 'temporary'::text, 'service'::text, 'volunteer'::text, 'intern'::text, 'other'::text]))),
  constraint affiliation_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES network.person(id),
  constraint affiliation_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES network.institution(id),
  constraint affiliation_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
  constraint affiliation_state_check CHECK ((state = ANY (ARRAY['claimed'::text, 'verified'::text, 'refused'::text, 'ended'::text])))
);
CREATE INDEX affiliation_institution ON network.affiliation USING btree (institution_id);
CREATE INDEX affiliation_person ON network.affiliation USING btree (person_id);
CREATE TRIGGER keep_delete AFTER DELETE ON network.affiliation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.affiliation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.affiliation FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.affiliation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.api_key (
  id uuid not null default uuidv7(),
  person_id uuid not null,
  label text not null,
  prefix text not null,
  digest bytea not null,
  per_minute integer not null default 1200,
  created_at timestamp with time zone not null default now(),
  revoked_at timestamp with time zone,
  constraint api_key_pkey PRIMARY KEY (id),
  constraint "a key allows something" CHECK ((per_minute > 0)),
  constraint "a key is its own" UNIQUE (digest),
  constraint "a key says what it is for" CHECK (((TRIM(BOTH FROM label) <> ''::text) AND (length(label) <= 120))),
  constraint api_key_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id)
);
CREATE INDEX api_key_person ON network.api_key USING btree (person_id);
CREATE TRIGGER keep_delete AFTER DELETE ON network.api_key REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{digest}', 'person_id');
CREATE TRIGGER keep_insert AFTER INSERT ON network.api_key REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{digest}', 'person_id');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.api_key FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.api_key REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{digest}', 'person_id');
alter table network.api_key enable row level security;
create policy "a key is its person's own" on network.api_key for * using ((access.network_wide() OR (person_id = access.person())));

create table network.body (
  id uuid not null default uuidv7(),
  code text not null,
  kind text not null,
  name_id uuid not null,
  about_id uuid,
  country_code character(2),
  parent_id uuid,
  valid daterange not null default '(,)'::daterange,
  quorum_share numeric(5,4),
  constraint body_pkey PRIMARY KEY (id),
  constraint "a body's code is used once" UNIQUE (code),
  constraint body_about_id_fkey FOREIGN KEY (about_id) REFERENCES text.text_set(id),
  constraint body_country_code_fkey FOREIGN KEY (country_code) REFERENCES network.country(code),
  constraint body_kind_check CHECK ((kind = ANY (ARRAY['council'::text, 'executive-committee'::text, 'technical-unit'::text, 'national-commission'::text, 'working-table'::text, 'committee'::text, 'other'::text]))),
  constraint body_name_id_fkey FOREIGN KEY (name_id) REFERENCES text.text_set(id),
  constraint body_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES network.body(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.body REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.body REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.body FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.body REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.body_session (
  id uuid not null default uuidv7(),
  body_id uuid not null,
  number smallint,
  name_id uuid,
  held daterange not null,
  place text not null default ''::text,
  public boolean not null default true,
  constraint body_session_pkey PRIMARY KEY (id),
  constraint body_session_body_id_fkey FOREIGN KEY (body_id) REFERENCES network.body(id),
  constraint body_session_name_id_fkey FOREIGN KEY (name_id) REFERENCES text.text_set(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.body_session REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.body_session REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.body_session FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.body_session REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.consent (
  id uuid not null default uuidv7(),
  person_id uuid not null,
  purpose text not null,
  notice_version text not null,
  given_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  constraint consent_pkey PRIMARY KEY (id),
  constraint "a consent is withdrawn after it is given" CHECK ((withdrawn_at >= given_at)),
  constraint consent_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id)
);
CREATE UNIQUE INDEX "a purpose is consented to once at a time" ON network.consent USING btree (person_id, purpose) WHERE (withdrawn_at IS NULL);
CREATE TRIGGER keep_delete AFTER DELETE ON network.consent REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'person_id');
CREATE TRIGGER keep_insert AFTER INSERT ON network.consent REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'person_id');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.consent FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.consent REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'person_id');
alter table network.consent enable row level security;
create policy "consents are the person's own" on network.consent for * using (network.reaches_person(person_id));

create table network.country (
  id uuid not null default uuidv7(),
  code character(2) not null,
  in_region boolean not null,
  zone text not null,
  working_languages text[] not null,
  definition_id uuid,
  definition_source text,
  edits_are_reviewed boolean not null default true,
  introduction_id uuid,
  constraint country_pkey PRIMARY KEY (id),
  constraint "a country has an ISO 3166 code" CHECK ((code ~ '^[A-Z]{2}$'::text)),
  constraint "a country is entered once" UNIQUE (code),
  constraint "a country works in at least one language" CHECK ((cardinality(working_languages) > 0)),
  constraint country_definition_id_fkey FOREIGN KEY (definition_id) REFERENCES text.text_set(id),
  constraint country_introduction_id_fkey FOREIGN KEY (introduction_id) REFERENCES text.text_set(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.country REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.country REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.country FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.country REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.country_law (
  id uuid not null default uuidv7(),
  country_code character(2) not null,
  kind text not null,
  title_id uuid not null,
  url text not null default ''::text,
  file_id uuid,
  adopted_on date,
  summary_id uuid,
  constraint country_law_pkey PRIMARY KEY (id),
  constraint country_law_country_code_fkey FOREIGN KEY (country_code) REFERENCES network.country(code),
  constraint country_law_kind_check CHECK ((kind = ANY (ARRAY['law'::text, 'policy'::text, 'definition'::text, 'other'::text]))),
  constraint country_law_summary_id_fkey FOREIGN KEY (summary_id) REFERENCES text.text_set(id),
  constraint country_law_title_id_fkey FOREIGN KEY (title_id) REFERENCES text.text_set(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.country_law REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.country_law REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.country_law FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.country_law REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.decision (
  id uuid not null default uuidv7(),
  body_id uuid not null,
  session_id uuid,
  code text not null,
  motion_id uuid not null,
  text_id uuid,
  rule text not null,
  state text not null default 'proposed'::text,
  decided_on date,
  public boolean not null default false,
  source_url text not null default ''::text,
  constraint decision_pkey PRIMARY KEY (id),
  constraint "a decided motion has its date" CHECK (((state = ANY (ARRAY['adopted'::text, 'rejected'::text])) = (decided_on IS NOT NULL))),
  constraint "a decision's number is used once" UNIQUE (code),
  constraint decision_body_id_fkey FOREIGN KEY (body_id) REFERENCES network.body(id),
  constraint decision_motion_id_fkey FOREIGN KEY (motion_id) REFERENCES text.text_set(id),
  constraint decision_rule_check CHECK ((rule = ANY (ARRAY['unanimity'::text, 'absolute-majority'::text, 'simple-majority'::text, 'two-thirds'::text, 'consensus'::text]))),
  constraint decision_session_id_fkey FOREIGN KEY (session_id) REFERENCES network.body_session(id),
  constraint decision_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'adopted'::text, 'rejected'::text, 'withdrawn'::text]))),
  constraint decision_text_id_fkey FOREIGN KEY (text_id) REFERENCES text.text_set(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.decision REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.decision REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.decision FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.decision REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.different (
  id uuid not null default uuidv7(),
  one_id uuid not null,
  other_id uuid not null,
  constraint different_pkey PRIMARY KEY (id),
  constraint "a pair is told apart once" UNIQUE (one_id, other_id),
  constraint "a pair is written in order" CHECK ((one_id < other_id)),
  constraint different_one_id_fkey FOREIGN KEY (one_id) REFERENCES network.institution(id),
  constraint different_other_id_fkey FOREIGN KEY (other_id) REFERENCES network.institution(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.different REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.different REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.different FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.different REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.identifier (
  id uuid not null default uuidv7(),
  institution_id uuid not null,
  scheme text not null,
  issuer text not null default ''::text,
  value text not null,
  constraint identifier_pkey PRIMARY KEY (id),
  constraint "an identifier belongs to one institution" UNIQUE (scheme, issuer, value),
  constraint identifier_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES network.institution(id),
  constraint identifier_scheme_check CHECK ((scheme = ANY (ARRAY['isil'::text, 'wikidata'::text, 'national-register'::text, 'osm'::text, 'source'::text, 'other'::text])))
);
CREATE INDEX identifier_of ON network.identifier USING btree (institution_id);
CREATE TRIGGER keep_delete AFTER DELETE ON network.identifier REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.identifier REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.identifier FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.identifier REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.import (
  id uuid not null default uuidv7(),
  file_id uuid not null,
  file_name text not null,
  bytes bigint not null,
  person_id uuid,
  country_code character(2),
  state text not null default 'reading'::text,
  unreadable jsonb,
  reading jsonb,
  columns jsonb not null default '[]'::jsonb,
  sample jsonb not null default '[]'::jsonb,
  row_count integer not null default 0,
  mapping jsonb,
  mapping_revision integer not null default 0,
  checked_revision integer,
  enters_as text not null default 'submitted'::text,
  counts jsonb not null default '{}'::jsonb,
  at_row integer not null default 0,
  undo jsonb,
  brought_at timestamp with time zone not null default now(),
  finished_at timestamp with time zone,
  constraint import_pkey PRIMARY KEY (id),
  constraint "an import enters drafts, entries that wait, or listed ones" CHECK ((enters_as = ANY (ARRAY['draft'::text, 'submitted'::text, 'listed'::text]))),
  constraint "an import is at one stage" CHECK ((state = ANY (ARRAY['reading'::text, 'unreadable'::text, 'mapping'::text, 'checking'::text, 'checked'::text, 'running'::text, 'stopped'::text, 'done'::text, 'undoing'::text, 'undone'::text]))),
  constraint import_country_code_fkey FOREIGN KEY (country_code) REFERENCES network.country(code),
  constraint import_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id)
);
CREATE INDEX import_by_country ON network.import USING btree (country_code, brought_at DESC);
CREATE INDEX import_by_person ON network.import USING btree (person_id, brought_at DESC);
CREATE TRIGGER keep_delete AFTER DELETE ON network.import REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{columns,sample,counts,at_row}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.import REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{columns,sample,counts,at_row}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.import FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.import REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{columns,sample,counts,at_row}', '');
alter table network.import enable row level security;
create policy "an import is seen by who brought it, its country and the office" on network.import for * using ((access.network_wide() OR (person_id = access.person()) OR ((country_code)::text = ANY (access.countries()))));

create table network.import_mapping (
  id uuid not null default uuidv7(),
  name text not null,
  source text not null,
  format text not null,
  columns text[] not null,
  mapping jsonb not null,
  shared boolean not null default false,
  person_id uuid,
  changed_at timestamp with time zone not null default now(),
  constraint import_mapping_pkey PRIMARY KEY (id),
  constraint "a mapping has a name" CHECK (((TRIM(BOTH FROM name) <> ''::text) AND (length(name) <= 120))),
  constraint "a mapping is an object" CHECK ((jsonb_typeof(mapping) = 'object'::text)),
  constraint "a person names a mapping once" UNIQUE NULLS NOT DISTINCT (person_id, name),
  constraint import_mapping_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.import_mapping REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.import_mapping REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.import_mapping FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.import_mapping REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
alter table network.import_mapping enable row level security;
create policy "a mapping is its author's until it is shared" on network.import_mapping for * using ((shared OR (person_id = access.person()) OR access.network_wide())) with check (((person_id = access.person()) OR access.network_wide()));

create table network.institution (
  id uuid not null default uuidv7(),
  slug text not null,
  country_code character(2) not null,
  kind text not null,
  legal_kind text,
  type text,
  collections text[] not null default '{}'::text[],
  name text not null,
  name_language text not null default 'es'::text,
  description_id uuid,
  governing_body text not null default ''::text,
  region text not null default ''::text,
  city text not null default ''::text,
  address text not null default ''::text,
  postcode text not null default ''::text,
  latitude double precision,
  longitude double precision,
  coordinates_precision text,
  founded text not null default ''::text,
  founded_year smallint,
  size_class text,
  staff_count integer,
  resources text[] not null default '{}'::text[],
  services text[] not null default '{}'::text[],
  admission text,
  admission_note text not null default ''::text,
  opening jsonb not null default '{}'::jsonb,
  opening_note text not null default ''::text,
  accessibility text[] not null default '{}'::text[],
  accessibility_note text not null default ''::text,
  email text not null default ''::text,
  telephone text not null default ''::text,
  website text not null default ''::text,
  social jsonb not null default '{}'::jsonb,
  state text not null default 'draft'::text,
  closed_permanently boolean not null default false,
  merged_into uuid,
  validated_at timestamp with time zone,
  completeness smallint not null default 0,
  invented boolean not null default false,
  source text not null default ''::text,
  registered_by uuid,
  submitted_at timestamp with time zone,
  constraint institution_pkey PRIMARY KEY (id),
  constraint "a latitude lies between −90 and 90" CHECK (((latitude >= ('-90'::integer)::double precision) AND (latitude <= (90)::double precision))),
  constraint "a longitude lies between −180 and 180" CHECK (((longitude >= ('-180'::integer)::double precision) AND (longitude <= (180)::double precision))),
  constraint "a merged institution points to the one that stays" CHECK (((state = 'merged'::text) = (merged_into IS NOT NULL))),
  constraint "an institution has a name" CHECK ((TRIM(BOTH FROM name) <> ''::text)),
  constraint "an institution's address is used once" UNIQUE (slug),
  constraint "completeness is a percentage" CHECK (((completeness >= 0) AND (completeness <= 100))),
  constraint "coordinates come in pairs" CHECK (((latitude IS NULL) = (longitude IS NULL))),
  constraint institution_admission_check CHECK ((admission = ANY (ARRAY['free'::text, 'paid'::text, 'free-some-days'::text]))),
  constraint institution_coordinates_precision_check CHECK ((coordinates_precision = ANY (ARRAY['exact'::text, 'approximate'::text, 'city'::text]))),
  constraint institution_country_code_fkey FOREIGN KEY (country_code) REFERENCES network.country(code),
  constraint institution_description_id_fkey FOREIGN KEY (description_id) REFERENCES text.text_set(id),
  constraint institution_kind_check CHECK ((kind = ANY (ARRAY['museum'::text, 'archaeological-park'::text, 'ministry'::text, 'university'::text, 'association'::text, 'archive-library'::text, 'site'::text, 'other'::text]))),
  constraint institution_legal_kind_check CHECK ((legal_kind = ANY (ARRAY['public'::text, 'mixed'::text, 'private-nonprofit'::text, 'private'::text, 'community'::text]))),
  constraint institution_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES network.institution(id),
  constraint institution_registered_by_fkey FOREIGN KEY (registered_by) REFERENCES network.person(id),
  constraint institution_size_class_check CHECK ((size_class = ANY (ARRAY['very-small'::text, 'small'::text, 'medium'::text, 'large'::text]))),
  constraint institution_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'returned'::text, 'listed'::text, 'withdrawn'::text, 'merged'::text]))),
  constraint institution_type_check CHECK ((type = ANY (ARRAY['art'::text, 'archaeology'::text, 'history'::text, 'ethnography'::text, 'science'::text, 'natural-history'::text, 'general'::text, 'specialised'::text, 'house'::text, 'site'::text, 'children'::text, 'eco-community'::text, 'other'::text]))),
  constraint "staff are counted from zero" CHECK ((staff_count >= 0)),
  constraint "what waits for validation says since when" CHECK (((state <> 'submitted'::text) OR (submitted_at IS NOT NULL)))
);
CREATE INDEX institution_by_name ON network.institution USING gin (network.folded(name) gin_trgm_ops);
CREATE INDEX institution_country ON network.institution USING btree (country_code, state);
CREATE INDEX institution_merged_into ON network.institution USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX institution_place ON network.institution USING btree (latitude, longitude) WHERE (state = 'listed'::text);
CREATE INDEX institution_registered_by ON network.institution USING btree (registered_by) WHERE (registered_by IS NOT NULL);
CREATE INDEX institution_validated ON network.institution USING btree (validated_at DESC, id) WHERE (state = 'listed'::text);
CREATE INDEX institution_waiting ON network.institution USING btree (country_code, submitted_at) WHERE (state = 'submitted'::text);
CREATE TRIGGER keep_delete AFTER DELETE ON network.institution REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.institution REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.institution FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.institution REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.institution_name (
  id uuid not null default uuidv7(),
  institution_id uuid not null,
  language text not null,
  name text not null,
  kind text not null default 'translated'::text,
  constraint institution_name_pkey PRIMARY KEY (id),
  constraint institution_name_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES network.institution(id),
  constraint institution_name_kind_check CHECK ((kind = ANY (ARRAY['translated'::text, 'short'::text, 'former'::text, 'acronym'::text])))
);
CREATE INDEX institution_name_of ON network.institution_name USING btree (institution_id);
CREATE TRIGGER keep_delete AFTER DELETE ON network.institution_name REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.institution_name REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.institution_name FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.institution_name REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.institution_return (
  id uuid not null default uuidv7(),
  instrument_id uuid not null,
  institution_id uuid not null,
  response_id uuid not null,
  state text not null default 'draft'::text,
  sent_at timestamp with time zone,
  checked_by uuid,
  checked_at timestamp with time zone,
  note text not null default ''::text,
  shared_with text[] not null default '{}'::text[],
  country_code character(2),
  type text,
  size_class text,
  figures jsonb not null default '{}'::jsonb,
  constraint institution_return_pkey PRIMARY KEY (id),
  constraint "a museum answers an instrument once" UNIQUE (instrument_id, institution_id),
  constraint "a return's figures are by measure" CHECK ((jsonb_typeof(figures) = 'object'::text)),
  constraint institution_return_checked_by_fkey FOREIGN KEY (checked_by) REFERENCES network.person(id),
  constraint institution_return_country_code_fkey FOREIGN KEY (country_code) REFERENCES network.country(code),
  constraint institution_return_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES network.institution(id),
  constraint institution_return_instrument_id_fkey FOREIGN KEY (instrument_id) REFERENCES network.instrument(id),
  constraint institution_return_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'sent'::text, 'returned'::text, 'checked'::text])))
);
CREATE INDEX institution_return_institution ON network.institution_return USING btree (institution_id);
CREATE INDEX institution_return_instrument ON network.institution_return USING btree (instrument_id, state);
CREATE TRIGGER keep_delete AFTER DELETE ON network.institution_return REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'institution_id');
CREATE TRIGGER keep_insert AFTER INSERT ON network.institution_return REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'institution_id');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.institution_return FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.institution_return REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'institution_id');
alter table network.institution_return enable row level security;
create policy "a return is its institution's own" on network.institution_return for * using (network.reaches_institution(institution_id));

create table network.instrument (
  id uuid not null default uuidv7(),
  code text not null,
  year smallint not null,
  kind text not null,
  title_id uuid not null,
  about_id uuid,
  country_code character(2),
  questionnaire_version_id uuid not null,
  open_from timestamp with time zone,
  open_until timestamp with time zone,
  zone text not null,
  state text not null default 'draft'::text,
  smallest_cell smallint not null default 5,
  constraint instrument_pkey PRIMARY KEY (id),
  constraint "a return opens before it closes" CHECK ((open_until > open_from)),
  constraint "an instrument is published once a year" UNIQUE (code, year),
  constraint instrument_about_id_fkey FOREIGN KEY (about_id) REFERENCES text.text_set(id),
  constraint instrument_country_code_fkey FOREIGN KEY (country_code) REFERENCES network.country(code),
  constraint instrument_kind_check CHECK ((kind = ANY (ARRAY['visitors'::text, 'self-assessment'::text, 'other'::text]))),
  constraint instrument_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'open'::text, 'closed'::text, 'published'::text]))),
  constraint instrument_title_id_fkey FOREIGN KEY (title_id) REFERENCES text.text_set(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.instrument REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.instrument REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.instrument FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.instrument REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.invitation (
  id uuid not null default uuidv7(),
  email text not null,
  person_id uuid,
  given_names text not null default ''::text,
  first_surname text not null default ''::text,
  second_surname text not null default ''::text,
  language text not null default 'es'::text,
  role text,
  scope_kind text,
  country_code character(2),
  institution_id uuid,
  body_id uuid,
  token_digest bytea not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  invited_by uuid,
  post text not null default ''::text,
  message text not null default ''::text,
  batch_id uuid,
  constraint invitation_pkey PRIMARY KEY (id),
  constraint "an invitation has a language of the interface" CHECK ((language = ANY (ARRAY['es'::text, 'pt'::text, 'en'::text, 'ar'::text]))),
  constraint "an invitation's token is its own" UNIQUE (token_digest),
  constraint invitation_body_id_fkey FOREIGN KEY (body_id) REFERENCES network.body(id),
  constraint invitation_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES network.institution(id),
  constraint invitation_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES network.person(id),
  constraint invitation_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id)
);
CREATE INDEX invitation_open ON network.invitation USING btree (lower(email)) WHERE ((accepted_at IS NULL) AND (withdrawn_at IS NULL));
CREATE TRIGGER keep_delete AFTER DELETE ON network.invitation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'invited_by');
CREATE TRIGGER keep_insert AFTER INSERT ON network.invitation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'invited_by');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.invitation FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.invitation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'invited_by');
alter table network.invitation enable row level security;
create policy "an invitation is its sender's scope's own" on network.invitation for * using ((access.network_wide() OR ((country_code)::text = ANY (access.countries())) OR (institution_id = ANY (access.institutions())) OR (invited_by = access.person())));

create table network.legal_text (
  id uuid not null default uuidv7(),
  kind text not null,
  version text not null,
  in_force_from date not null,
  body_id uuid not null,
  constraint legal_text_pkey PRIMARY KEY (id),
  constraint "a legal text is the privacy notice or the terms" CHECK ((kind = ANY (ARRAY['privacy'::text, 'terms'::text]))),
  constraint "a version of a legal text is published once" UNIQUE (kind, version),
  constraint legal_text_body_id_fkey FOREIGN KEY (body_id) REFERENCES text.text_set(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.legal_text REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.legal_text REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.legal_text FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.legal_text REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.mandate (
  id uuid not null default uuidv7(),
  seat_id uuid not null,
  person_id uuid not null,
  valid daterange not null,
  decision_id uuid,
  constraint mandate_pkey PRIMARY KEY (id),
  constraint "a mandate lasts at least a day" CHECK ((NOT isempty(valid))),
  constraint "a seat is held by one person at a time" UNIQUE (seat_id, valid WITHOUT OVERLAPS),
  constraint mandate_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES network.decision(id),
  constraint mandate_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
  constraint mandate_seat_id_fkey FOREIGN KEY (seat_id) REFERENCES network.seat(id)
);
CREATE INDEX mandate_person ON network.mandate USING btree (person_id);
CREATE TRIGGER keep_delete AFTER DELETE ON network.mandate REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.mandate REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.mandate FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.mandate REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.membership (
  id uuid not null default uuidv7(),
  country_code character(2) not null,
  kind text not null,
  valid daterange not null,
  decision_id uuid,
  source text not null default ''::text,
  begin_is_known boolean not null default true,
  constraint membership_pkey PRIMARY KEY (id),
  constraint "a country has one membership at a time" UNIQUE (country_code, valid WITHOUT OVERLAPS),
  constraint "a membership lasts at least a day" CHECK ((NOT isempty(valid))),
  constraint membership_country_code_fkey FOREIGN KEY (country_code) REFERENCES network.country(code),
  constraint membership_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES network.decision(id),
  constraint membership_kind_check CHECK ((kind = ANY (ARRAY['member'::text, 'observer'::text, 'invited'::text])))
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.membership REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.membership REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.membership FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.membership REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.merge (
  id uuid not null default uuidv7(),
  kept_id uuid not null,
  absorbed_id uuid not null,
  moved jsonb not null,
  state_before text not null,
  undone_at timestamp with time zone,
  constraint merge_pkey PRIMARY KEY (id),
  constraint merge_absorbed_id_fkey FOREIGN KEY (absorbed_id) REFERENCES network.institution(id),
  constraint merge_kept_id_fkey FOREIGN KEY (kept_id) REFERENCES network.institution(id)
);
CREATE INDEX merge_absorbed ON network.merge USING btree (absorbed_id);
CREATE INDEX merge_kept ON network.merge USING btree (kept_id);
CREATE UNIQUE INDEX "an institution is merged once at a time" ON network.merge USING btree (absorbed_id) WHERE (undone_at IS NULL);
CREATE TRIGGER keep_delete AFTER DELETE ON network.merge REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.merge REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.merge FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.merge REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.network (
  id uuid not null default uuidv7(),
  only_one boolean not null default true,
  code text not null,
  name_id uuid not null,
  about_id uuid,
  seat_country character(2) not null,
  seat_city text,
  zone text not null,
  working_languages text[] not null,
  demo boolean not null default false,
  founded_year smallint,
  constraint network_pkey PRIMARY KEY (id),
  constraint "a network works in at least one language" CHECK ((cardinality(working_languages) > 0)),
  constraint "an installation is one network" UNIQUE (only_one),
  constraint network_about_id_fkey FOREIGN KEY (about_id) REFERENCES text.text_set(id),
  constraint network_name_id_fkey FOREIGN KEY (name_id) REFERENCES text.text_set(id),
  constraint network_only_one_check CHECK (only_one)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.network REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.network REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.network FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.network REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.paper (
  id uuid not null default uuidv7(),
  decision_id uuid,
  session_id uuid,
  title_id uuid not null,
  file_id uuid,
  url text not null default ''::text,
  public boolean not null default false,
  constraint paper_pkey PRIMARY KEY (id),
  constraint paper_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES network.decision(id),
  constraint paper_session_id_fkey FOREIGN KEY (session_id) REFERENCES network.body_session(id),
  constraint paper_title_id_fkey FOREIGN KEY (title_id) REFERENCES text.text_set(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.paper REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.paper REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.paper FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.paper REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.partner (
  id uuid not null default uuidv7(),
  name text not null,
  part text not null,
  website text not null default ''::text,
  country_code character(2),
  about_id uuid,
  valid daterange not null default '(,)'::daterange,
  source text not null default ''::text,
  constraint partner_pkey PRIMARY KEY (id),
  constraint partner_about_id_fkey FOREIGN KEY (about_id) REFERENCES text.text_set(id),
  constraint partner_part_check CHECK ((part = ANY (ARRAY['coordinates'::text, 'administers'::text, 'funds'::text, 'supports'::text])))
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.partner REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.partner REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.partner FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.partner REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.person (
  id uuid not null default uuidv7(),
  given_names text not null,
  first_surname text not null default ''::text,
  second_surname text not null default ''::text,
  full_name text generated always as (TRIM(BOTH FROM (((given_names || ' '::text) || first_surname) || rtrim((' '::text || second_surname))))),
  preferred_language text not null default 'es'::text,
  zone text not null default 'UTC'::text,
  country_code character(2),
  profession text not null default ''::text,
  biography_id uuid,
  public_profile boolean not null default false,
  in_directory boolean not null default false,
  willing_to text[] not null default '{}'::text[],
  expertise uuid[] not null default '{}'::uuid[],
  acts_without_email boolean not null default false,
  invented boolean not null default false,
  erased_at timestamp with time zone,
  constraint person_pkey PRIMARY KEY (id),
  constraint person_biography_id_fkey FOREIGN KEY (biography_id) REFERENCES text.text_set(id),
  constraint person_country_code_fkey FOREIGN KEY (country_code) REFERENCES network.country(code),
  constraint "willingness is to review, teach, host or mentor" CHECK ((willing_to <@ '{review,teach,host,mentor}'::text[]))
);
CREATE INDEX person_by_name ON network.person USING gin (network.folded(((((given_names || ' '::text) || first_surname) || ' '::text) || second_surname)) gin_trgm_ops);
CREATE TRIGGER keep_delete AFTER DELETE ON network.person REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{full_name}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.person REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{full_name}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.person FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.person REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{full_name}', '');

create table network.person_contact (
  id uuid not null default uuidv7(),
  person_id uuid not null,
  email text,
  telephone text,
  sex text,
  constraint person_contact_pkey PRIMARY KEY (id),
  constraint "a person has one set of contacts" UNIQUE (person_id),
  constraint "an address belongs to one person" UNIQUE (email),
  constraint person_contact_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
  constraint person_contact_sex_check CHECK ((sex = ANY (ARRAY['female'::text, 'male'::text, 'other'::text])))
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.person_contact REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'person_id');
CREATE TRIGGER keep_insert AFTER INSERT ON network.person_contact REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'person_id');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.person_contact FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.person_contact REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'person_id');
alter table network.person_contact enable row level security;
create policy "contacts are the person's own" on network.person_contact for * using (network.reaches_person(person_id));

create table network.picture (
  id uuid not null default uuidv7(),
  institution_id uuid not null,
  file_id uuid not null,
  alternative text not null default ''::text,
  credit text not null,
  rights text not null,
  "position" smallint not null default 0,
  constraint picture_pkey PRIMARY KEY (id),
  constraint "a picture has a credit" CHECK ((TRIM(BOTH FROM credit) <> ''::text)),
  constraint "a picture has its rights stated" CHECK ((TRIM(BOTH FROM rights) <> ''::text)),
  constraint picture_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES network.institution(id)
);
CREATE INDEX picture_of ON network.picture USING btree (institution_id, "position");
CREATE TRIGGER keep_delete AFTER DELETE ON network.picture REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.picture REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.picture FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.picture REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.plan_result (
  id uuid not null default uuidv7(),
  code text not null,
  name_id uuid not null,
  valid daterange not null,
  constraint plan_result_pkey PRIMARY KEY (id),
  constraint "a result's code is used once" UNIQUE (code),
  constraint plan_result_name_id_fkey FOREIGN KEY (name_id) REFERENCES text.text_set(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.plan_result REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.plan_result REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.plan_result FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.plan_result REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.proposed_edit (
  id uuid not null default uuidv7(),
  institution_id uuid not null,
  person_id uuid not null,
  changes jsonb not null,
  note text not null default ''::text,
  state text not null default 'waiting'::text,
  decided_by uuid,
  decided_at timestamp with time zone,
  reason text not null default ''::text,
  constraint proposed_edit_pkey PRIMARY KEY (id),
  constraint proposed_edit_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES network.person(id),
  constraint proposed_edit_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES network.institution(id),
  constraint proposed_edit_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
  constraint proposed_edit_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'partly'::text, 'refused'::text, 'withdrawn'::text])))
);
CREATE UNIQUE INDEX "an institution has one edit waiting" ON network.proposed_edit USING btree (institution_id) WHERE (state = 'waiting'::text);
CREATE TRIGGER keep_delete AFTER DELETE ON network.proposed_edit REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'institution_id');
CREATE TRIGGER keep_insert AFTER INSERT ON network.proposed_edit REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'institution_id');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.proposed_edit FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.proposed_edit REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'institution_id');
alter table network.proposed_edit enable row level security;
create policy "a proposed edit is its institution's own" on network.proposed_edit for * using (network.reaches_institution(institution_id));

create table network.return_total (
  id uuid not null default uuidv7(),
  instrument_id uuid not null,
  dimension text not null,
  code text not null default ''::text,
  returns integer,
  figures jsonb not null,
  answers jsonb,
  constraint return_total_pkey PRIMARY KEY (id),
  constraint "a total is one of its kind in an instrument" UNIQUE (instrument_id, dimension, code),
  constraint return_total_dimension_check CHECK ((dimension = ANY (ARRAY['all'::text, 'country'::text, 'type'::text, 'size'::text]))),
  constraint return_total_instrument_id_fkey FOREIGN KEY (instrument_id) REFERENCES network.instrument(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.return_total REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.return_total REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.return_total FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.return_total REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.role_grant (
  id uuid not null default uuidv7(),
  person_id uuid not null,
  role text not null,
  scope_kind text not null,
  country_code character(2),
  institution_id uuid,
  body_id uuid,
  valid tstzrange not null,
  decision_id uuid,
  mandate_id uuid,
  constraint role_grant_pkey PRIMARY KEY (id),
  constraint "a role has exactly the scope it names" CHECK ((((scope_kind = 'country'::text) = (country_code IS NOT NULL)) AND ((scope_kind = 'institution'::text) = (institution_id IS NOT NULL)) AND ((scope_kind = 'body'::text) = (body_id IS NOT NULL)))),
  constraint "a role lasts some time" CHECK ((NOT isempty(valid))),
  constraint role_grant_body_id_fkey FOREIGN KEY (body_id) REFERENCES network.body(id),
  constraint role_grant_country_code_fkey FOREIGN KEY (country_code) REFERENCES network.country(code),
  constraint role_grant_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES network.decision(id),
  constraint role_grant_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES network.institution(id),
  constraint role_grant_mandate_id_fkey FOREIGN KEY (mandate_id) REFERENCES network.mandate(id),
  constraint role_grant_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
  constraint role_grant_scope_kind_check CHECK ((scope_kind = ANY (ARRAY['network'::text, 'country'::text, 'institution'::text, 'body'::text])))
);
CREATE INDEX role_grant_institution ON network.role_grant USING btree (institution_id) WHERE (institution_id IS NOT NULL);
CREATE INDEX role_grant_person ON network.role_grant USING btree (person_id);
CREATE TRIGGER duties_kept_apart BEFORE INSERT OR UPDATE ON network.role_grant FOR EACH ROW EXECUTE FUNCTION network.refuse_joined_duties();
CREATE TRIGGER keep_delete AFTER DELETE ON network.role_grant REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.role_grant REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.role_grant FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.role_grant REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.seat (
  id uuid not null default uuidv7(),
  body_id uuid not null,
  country_code character(2),
  office text not null default 'member'::text,
  votes smallint not null default 1,
  "position" smallint not null default 0,
  constraint seat_pkey PRIMARY KEY (id),
  constraint seat_body_id_fkey FOREIGN KEY (body_id) REFERENCES network.body(id),
  constraint seat_country_code_fkey FOREIGN KEY (country_code) REFERENCES network.country(code),
  constraint seat_office_check CHECK ((office = ANY (ARRAY['chair'::text, 'vice-chair'::text, 'secretary'::text, 'coordinator'::text, 'member'::text, 'delegate'::text, 'alternate'::text, 'rapporteur'::text])))
);
CREATE INDEX seat_of ON network.seat USING btree (body_id, "position");
CREATE TRIGGER keep_delete AFTER DELETE ON network.seat REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.seat REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.seat FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.seat REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.topic (
  id uuid not null default uuidv7(),
  code text not null,
  broader_id uuid,
  matches text[] not null default '{}'::text[],
  constraint topic_pkey PRIMARY KEY (id),
  constraint "a topic's code is used once" UNIQUE (code),
  constraint topic_broader_id_fkey FOREIGN KEY (broader_id) REFERENCES network.topic(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.topic REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.topic REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.topic FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.topic REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.topic_label (
  id uuid not null default uuidv7(),
  topic_id uuid not null,
  language text not null,
  kind text not null default 'preferred'::text,
  label text not null,
  constraint topic_label_pkey PRIMARY KEY (id),
  constraint topic_label_kind_check CHECK ((kind = ANY (ARRAY['preferred'::text, 'alternative'::text]))),
  constraint topic_label_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES network.topic(id)
);
CREATE UNIQUE INDEX "a topic has one preferred label a language" ON network.topic_label USING btree (topic_id, language) WHERE (kind = 'preferred'::text);
CREATE TRIGGER keep_delete AFTER DELETE ON network.topic_label REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.topic_label REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.topic_label FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.topic_label REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.validation (
  id uuid not null default uuidv7(),
  institution_id uuid not null,
  country_code character(2) not null,
  outcome text not null,
  officer_id uuid,
  definition_source text not null default ''::text,
  note text not null default ''::text,
  at timestamp with time zone not null default now(),
  constraint validation_pkey PRIMARY KEY (id),
  constraint validation_institution_id_fkey FOREIGN KEY (institution_id) REFERENCES network.institution(id),
  constraint validation_officer_id_fkey FOREIGN KEY (officer_id) REFERENCES network.person(id),
  constraint validation_outcome_check CHECK ((outcome = ANY (ARRAY['validated'::text, 'returned'::text, 'withdrawn'::text])))
);
CREATE INDEX validation_of ON network.validation USING btree (institution_id, at DESC);
CREATE TRIGGER keep_delete AFTER DELETE ON network.validation REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.validation REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.validation FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.validation REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table network.vote (
  id uuid not null default uuidv7(),
  decision_id uuid not null,
  seat_id uuid not null,
  person_id uuid,
  choice text not null,
  constraint vote_pkey PRIMARY KEY (id),
  constraint "a seat votes once on a motion" UNIQUE (decision_id, seat_id),
  constraint vote_choice_check CHECK ((choice = ANY (ARRAY['for'::text, 'against'::text, 'abstention'::text, 'absent'::text]))),
  constraint vote_decision_id_fkey FOREIGN KEY (decision_id) REFERENCES network.decision(id),
  constraint vote_person_id_fkey FOREIGN KEY (person_id) REFERENCES network.person(id),
  constraint vote_seat_id_fkey FOREIGN KEY (seat_id) REFERENCES network.seat(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON network.vote REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON network.vote REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON network.vote FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON network.vote REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table questionnaire.answer (
  id uuid not null default uuidv7(),
  response_id uuid not null,
  question text not null,
  value jsonb not null,
  revision integer not null,
  changed_by uuid,
  changed_at timestamp with time zone not null default now(),
  keeper uuid not null,
  constraint answer_pkey PRIMARY KEY (id),
  constraint "a question has one answer in a response" UNIQUE (response_id, question),
  constraint answer_response_id_fkey FOREIGN KEY (response_id) REFERENCES questionnaire.response(id) ON DELETE CASCADE
);
CREATE TRIGGER keep_delete AFTER DELETE ON questionnaire.answer REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_insert AFTER INSERT ON questionnaire.answer REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON questionnaire.answer FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON questionnaire.answer REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
alter table questionnaire.answer enable row level security;
create policy "an answer is reached with its response" on questionnaire.answer for * using ((access.reaches(keeper) OR (EXISTS ( SELECT
   FROM questionnaire.response r
  WHERE (r.id = answer.response_id)))));

create table questionnaire.definition (
  id uuid not null default uuidv7(),
  owner_kind text not null,
  owner_id text not null default ''::text,
  room text not null,
  purpose text not null,
  content jsonb not null,
  revision integer not null default 1,
  changed_at timestamp with time zone not null default now(),
  constraint definition_pkey PRIMARY KEY (id),
  constraint "a form belongs to a network, a country, an institution or a bod" CHECK ((owner_kind = ANY (ARRAY['network'::text, 'country'::text, 'institution'::text, 'body'::text]))),
  constraint "only the network's form has no owner's id" CHECK (((owner_kind = 'network'::text) = (owner_id = ''::text)))
);
CREATE INDEX definition_owner ON questionnaire.definition USING btree (owner_kind, owner_id, room);
CREATE TRIGGER keep_delete AFTER DELETE ON questionnaire.definition REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON questionnaire.definition REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON questionnaire.definition FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON questionnaire.definition REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');

create table questionnaire.response (
  id uuid not null default uuidv7(),
  version_id uuid not null,
  institution_id uuid,
  person_id uuid,
  country_code character(2),
  keeper uuid not null,
  state text not null default 'draft'::text,
  revision integer not null default 0,
  started_at timestamp with time zone not null default now(),
  sent_at timestamp with time zone,
  note text not null default ''::text,
  constraint response_pkey PRIMARY KEY (id),
  constraint "a response is a draft, sent, returned or accepted" CHECK ((state = ANY (ARRAY['draft'::text, 'sent'::text, 'returned'::text, 'accepted'::text]))),
  constraint "a response is one institution's or one person's" CHECK (((keeper = COALESCE(institution_id, person_id)) AND (num_nonnulls(institution_id, person_id) = 1))),
  constraint response_version_id_fkey FOREIGN KEY (version_id) REFERENCES questionnaire.version(id),
  constraint "what was sent has its time" CHECK (((state = ANY (ARRAY['draft'::text, 'returned'::text])) OR (sent_at IS NOT NULL)))
);
CREATE INDEX response_keeper ON questionnaire.response USING btree (keeper);
CREATE INDEX response_version ON questionnaire.response USING btree (version_id, state);
CREATE TRIGGER keep_delete AFTER DELETE ON questionnaire.response REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_insert AFTER INSERT ON questionnaire.response REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON questionnaire.response FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON questionnaire.response REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
alter table questionnaire.response enable row level security;
create policy "a response is its keeper's own, and its country's once sent" on questionnaire.response for * using (questionnaire.reaches(keeper, country_code, state));

create table questionnaire.version (
  id uuid not null default uuidv7(),
  definition_id uuid not null,
  number integer not null,
  content jsonb not null,
  published_at timestamp with time zone not null default now(),
  constraint version_pkey PRIMARY KEY (id),
  constraint "a form's versions are numbered" UNIQUE (definition_id, number),
  constraint version_definition_id_fkey FOREIGN KEY (definition_id) REFERENCES questionnaire.definition(id)
);
CREATE TRIGGER keep_delete AFTER DELETE ON questionnaire.version REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_insert AFTER INSERT ON questionnaire.version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON questionnaire.version FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON questionnaire.version REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', '');
CREATE TRIGGER never_changed BEFORE DELETE OR UPDATE ON questionnaire.version FOR EACH ROW EXECUTE FUNCTION questionnaire.refuse_change();

create table record.change (
  id bigint not null generated always as identity,
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
  erased_at timestamp with time zone,
  erased_by uuid,
  erased_under text,
  constraint change_pkey PRIMARY KEY (id)
);
CREATE INDEX change_deed ON record.change USING btree (deed_id);
CREATE INDEX change_row ON record.change USING btree (row_id, id);
CREATE TRIGGER never_rewritten BEFORE DELETE OR UPDATE ON record.change FOR EACH ROW EXECUTE FUNCTION record.refuse_rewriting();
alter table record.change enable row level security;
create policy "private history is seen by those whose it is" on record.change for r using (((keeper IS NULL) OR access.reaches(keeper) OR network.reaches_institution(keeper) OR network.reaches_person(keeper)));

create table record.deed (
  id uuid not null default uuidv7(),
  name text not null,
  actor_kind text not null,
  person_id uuid,
  on_behalf_of uuid,
  about_kind text,
  about_id uuid,
  reason text,
  reason_salt bytea,
  reason_digest bytea,
  corrects uuid,
  request_id text not null,
  at timestamp with time zone not null default clock_timestamp(),
  xid xid8 not null default pg_current_xact_id(),
  constraint deed_pkey PRIMARY KEY (id),
  constraint "a deed is done by a person or by the system" CHECK ((actor_kind = ANY (ARRAY['person'::text, 'system'::text]))),
  constraint "a deed is named noun.past" CHECK ((name ~ '^[a-z][a-z-]*\.[a-z][a-z-]*$'::text)),
  constraint "a person's deed names the person" CHECK (((actor_kind = 'person'::text) = (person_id IS NOT NULL))),
  constraint deed_corrects_fkey FOREIGN KEY (corrects) REFERENCES record.deed(id)
);
CREATE INDEX deed_about ON record.deed USING btree (about_id, at DESC);
CREATE INDEX deed_name ON record.deed USING btree (name, at DESC);
CREATE INDEX deed_person ON record.deed USING btree (person_id, at DESC);
CREATE INDEX deed_xid ON record.deed USING btree (xid);
CREATE TRIGGER never_rewritten BEFORE DELETE OR UPDATE ON record.deed FOR EACH ROW EXECUTE FUNCTION record.refuse_rewriting();

create table record.once (
  key uuid not null,
  deed_id uuid not null,
  answer jsonb,
  at timestamp with time zone not null default clock_timestamp(),
  constraint once_pkey PRIMARY KEY (key),
  constraint once_deed_id_fkey FOREIGN KEY (deed_id) REFERENCES record.deed(id)
);
CREATE INDEX once_at ON record.once USING btree (at);

create table record.seal (
  no bigint not null generated always as identity,
  previous bytea not null,
  digest bytea not null,
  deeds integer not null,
  snapshot pg_snapshot not null,
  at timestamp with time zone not null default clock_timestamp(),
  constraint seal_pkey PRIMARY KEY (no)
);
CREATE TRIGGER never_rewritten BEFORE DELETE OR UPDATE ON record.seal FOR EACH ROW EXECUTE FUNCTION record.refuse_rewriting();

create table record.sealed (
  deed_id uuid not null,
  seal_no bigint not null,
  "position" integer not null,
  constraint sealed_pkey PRIMARY KEY (deed_id),
  constraint sealed_seal_no_fkey FOREIGN KEY (seal_no) REFERENCES record.seal(no)
);
CREATE UNIQUE INDEX sealed_position ON record.sealed USING btree (seal_no, "position");
CREATE TRIGGER never_rewritten BEFORE DELETE OR UPDATE ON record.sealed FOR EACH ROW EXECUTE FUNCTION record.refuse_rewriting();

create table record.watched (
  relation text not null,
  without text[] not null,
  keeper text,
  constraint watched_pkey PRIMARY KEY (relation)
);

create table subscriptions.happening (
  id uuid not null default uuidv7(),
  room text not null,
  kind text not null,
  about_id uuid,
  owner_id uuid,
  topics text[] not null default '{}'::text[],
  countries text[] not null default '{}'::text[],
  title jsonb not null,
  lead jsonb not null default '{}'::jsonb,
  path jsonb not null,
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  place text,
  at timestamp with time zone not null default clock_timestamp(),
  constraint happening_pkey PRIMARY KEY (id)
);
CREATE INDEX happening_at ON subscriptions.happening USING btree (at);

create table subscriptions.subscription (
  id uuid not null default uuidv7(),
  keeper uuid not null,
  kind text not null,
  room text,
  subject text not null default ''::text,
  title text,
  frequency text not null,
  created_at timestamp with time zone not null default clock_timestamp(),
  constraint subscription_pkey PRIMARY KEY (id),
  constraint "a saved search is of a room" CHECK (((kind <> 'search'::text) OR (room IS NOT NULL))),
  constraint "one is told at once, daily or weekly" CHECK ((frequency = ANY (ARRAY['at-once'::text, 'daily'::text, 'weekly'::text]))),
  constraint "one subscribes once to the same" UNIQUE NULLS NOT DISTINCT (keeper, kind, room, subject),
  constraint "one subscribes to a topic, a country, an owner, a search or eve" CHECK ((kind = ANY (ARRAY['topic'::text, 'country'::text, 'owner'::text, 'search'::text, 'everything'::text])))
);
CREATE INDEX subscription_subject ON subscriptions.subscription USING btree (kind, subject);
CREATE TRIGGER keep_delete AFTER DELETE ON subscriptions.subscription REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_insert AFTER INSERT ON subscriptions.subscription REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON subscriptions.subscription FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON subscriptions.subscription REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
alter table subscriptions.subscription enable row level security;
create policy "a subscription is its person's" on subscriptions.subscription for * using (access.reaches(keeper)) with check (access.reaches(keeper));

create table subscriptions.told (
  keeper uuid not null,
  happening_id uuid not null,
  subscription_id uuid not null,
  frequency text not null,
  matched_at timestamp with time zone not null default clock_timestamp(),
  letter_id uuid,
  constraint told_pkey PRIMARY KEY (keeper, happening_id),
  constraint told_happening_id_fkey FOREIGN KEY (happening_id) REFERENCES subscriptions.happening(id) ON DELETE CASCADE
);
CREATE INDEX told_waiting ON subscriptions.told USING btree (frequency, keeper) WHERE (letter_id IS NULL);

create table text.published (
  id uuid not null default uuidv7(),
  set_id uuid not null,
  language text not null,
  method text not null,
  body text not null,
  plain text not null,
  hash text not null,
  source_hash text,
  dismissed_hash text,
  published_at timestamp with time zone not null default now(),
  keeper uuid,
  constraint published_pkey PRIMARY KEY (id),
  constraint "a text is published once a language" UNIQUE (set_id, language),
  constraint published_set_id_fkey FOREIGN KEY (set_id) REFERENCES text.text_set(id) ON DELETE CASCADE,
  constraint "what is published says how it was made" CHECK ((method = ANY (ARRAY['human'::text, 'machine'::text, 'machine-edited'::text])))
);
CREATE TRIGGER keep_delete AFTER DELETE ON text.published REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_insert AFTER INSERT ON text.published REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON text.published FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON text.published REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
alter table text.published enable row level security;
create policy "a private text is its keeper's" on text.published for * using (((keeper IS NULL) OR access.reaches(keeper)));

create table text.text_set (
  id uuid not null default uuidv7(),
  owner_kind text not null,
  owner_id text not null default ''::text,
  room text not null,
  purpose text not null,
  form text not null default 'plain'::text,
  source_language text not null,
  source_hash text,
  keeper uuid,
  constraint text_set_pkey PRIMARY KEY (id),
  constraint "a text belongs to a network, a country, an institution, a body " CHECK ((owner_kind = ANY (ARRAY['network'::text, 'country'::text, 'institution'::text, 'body'::text, 'person'::text]))),
  constraint "a text is a line, plain paragraphs or markdown" CHECK ((form = ANY (ARRAY['line'::text, 'plain'::text, 'markdown'::text]))),
  constraint "a text's language is a language tag" CHECK (((source_language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$'::text) AND (source_language <> 'und'::text))),
  constraint "only the network has no id" CHECK (((owner_kind = 'network'::text) = (owner_id = ''::text)))
);
CREATE INDEX text_set_owner ON text.text_set USING btree (owner_kind, owner_id, room, purpose);
CREATE TRIGGER keep_delete AFTER DELETE ON text.text_set REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_insert AFTER INSERT ON text.text_set REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON text.text_set FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON text.text_set REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
alter table text.text_set enable row level security;
create policy "a private text is its keeper's" on text.text_set for * using (((keeper IS NULL) OR access.reaches(keeper)));

create table text.version (
  id uuid not null default uuidv7(),
  set_id uuid not null,
  language text not null,
  state text not null,
  method text not null default 'human'::text,
  body text not null,
  hash text not null,
  source_hash text,
  dismissed_hash text,
  translator_id uuid,
  reviewer_id uuid,
  note text not null default ''::text,
  revision integer not null default 1,
  changed_at timestamp with time zone not null default now(),
  keeper uuid,
  constraint version_pkey PRIMARY KEY (id),
  constraint "a text has one version a language" UNIQUE (set_id, language),
  constraint "a text is at most 200,000 characters" CHECK ((length(body) <= 200000)),
  constraint "a version is by machine, in edit, in review or approved" CHECK ((state = ANY (ARRAY['machine'::text, 'in-edit'::text, 'in-review'::text, 'approved'::text]))),
  constraint "a version says how it was made" CHECK ((method = ANY (ARRAY['human'::text, 'machine'::text, 'machine-edited'::text]))),
  constraint "a version's language is a language tag" CHECK (((language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$'::text) AND (language <> 'und'::text))),
  constraint version_set_id_fkey FOREIGN KEY (set_id) REFERENCES text.text_set(id) ON DELETE CASCADE
);
CREATE INDEX version_desk ON text.version USING btree (language, state);
CREATE TRIGGER keep_delete AFTER DELETE ON text.version REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_insert AFTER INSERT ON text.version REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
CREATE TRIGGER keep_truncate BEFORE TRUNCATE ON text.version FOR EACH STATEMENT EXECUTE FUNCTION record.refuse_truncate();
CREATE TRIGGER keep_update AFTER UPDATE ON text.version REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION record.keep('{}', 'keeper');
alter table text.version enable row level security;
create policy "a private text is its keeper's" on text.version for * using (((keeper IS NULL) OR access.reaches(keeper)));

create view network.fact_institution as
 SELECT id,
    country_code,
    kind,
    legal_kind,
    type,
    size_class,
    completeness,
    validated_at,
    (state = 'listed'::text) AS listed
   FROM network.institution
  WHERE (state <> 'merged'::text);

create view network.fact_mandate as
 SELECT m.person_id,
    s.body_id,
    s.country_code,
    s.office,
    m.valid
   FROM (network.mandate m
     JOIN network.seat s ON ((s.id = m.seat_id)));

create view network.fact_membership as
 SELECT country_code,
    kind,
    valid
   FROM network.membership;

create view network.fact_return as
 SELECT r.instrument_id,
    i.code,
    i.year,
    i.kind,
    r.institution_id,
    r.state
   FROM (network.institution_return r
     JOIN network.instrument i ON ((i.id = r.instrument_id)));

create view text.desk as
 SELECT v.id,
    v.set_id,
    v.language,
    v.state,
    v.method,
    v.changed_at,
    v.translator_id,
    text.is_stale(v.source_hash, v.dismissed_hash, s.source_hash) AS stale,
    (p.id IS NOT NULL) AS published,
    (p.hash IS DISTINCT FROM v.hash) AS unpublished_changes,
    s.owner_kind,
    s.owner_id,
    s.room,
    s.purpose,
    s.form,
    s.source_language
   FROM ((text.version v
     JOIN text.text_set s ON ((s.id = v.set_id)))
     LEFT JOIN text.published p ON (((p.set_id = v.set_id) AND (p.language = v.language))))
  WHERE (v.language <> s.source_language);

CREATE OR REPLACE FUNCTION access.countries()
 RETURNS text[]
 LANGUAGE sql
 STABLE
RETURN (COALESCE(NULLIF(current_setting('quipu.countries'::text, true), ''::text), '{}'::text))::text[]
;

CREATE OR REPLACE FUNCTION access.institutions()
 RETURNS uuid[]
 LANGUAGE sql
 STABLE
RETURN (COALESCE(NULLIF(current_setting('quipu.institutions'::text, true), ''::text), '{}'::text))::uuid[]
;

CREATE OR REPLACE FUNCTION access.network_wide()
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN (COALESCE(current_setting('quipu.network'::text, true), ''::text) = 'on'::text)
;

CREATE OR REPLACE FUNCTION access.person()
 RETURNS uuid
 LANGUAGE sql
 STABLE
RETURN (NULLIF(current_setting('quipu.person'::text, true), ''::text))::uuid
;

CREATE OR REPLACE FUNCTION access.reaches(keeper uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN (access.network_wide() OR (keeper = access.person()) OR (keeper = ANY (access.institutions())))
;

CREATE OR REPLACE FUNCTION files.lend(file uuid)
 RETURNS SETOF files.file
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$ select f.* from files.file f where f.id = file $function$
;

CREATE OR REPLACE FUNCTION files.lend_renditions(file uuid)
 RETURNS SETOF files.rendition
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$ select r.* from files.rendition r where r.file_id = file $function$
;

CREATE OR REPLACE FUNCTION jobs.add(name text, payload json, key text, run_at timestamp with time zone, priority integer, queue text)
 RETURNS bigint
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'jobs'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION jobs.at_work()
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
RETURN (EXISTS (SELECT FROM pg_locks WHERE ((pg_locks.locktype = 'advisory'::text) AND pg_locks.granted AND (pg_locks.database = (SELECT pg_database.oid FROM pg_database WHERE (pg_database.datname = current_database()))) AND (pg_locks.classid = (0)::oid) AND (pg_locks.objid = (719523202)::oid) AND (pg_locks.objsubid = 1))))
;

CREATE OR REPLACE FUNCTION jobs.cancel(progress uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'jobs'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION jobs.count_queue()
 RETURNS TABLE(state text, count bigint, oldest timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'jobs'
AS $function$
#variable_conflict use_column
begin
  return query
    select q.state, count(*), min(q.run_at)
    from (select jobs.state_of(j.locked_at, j.attempts, j.max_attempts, j.run_at) as state, j.run_at from graphile_worker._private_jobs j) q
    group by q.state order by q.state;
end $function$
;

CREATE OR REPLACE FUNCTION jobs.discard(job bigint)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'jobs'
AS $function$
#variable_conflict use_variable
declare
  name text;
begin
  if not access.network_wide() then return null; end if;
  delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
  where j.id = job and t.id = j.task_id and j.locked_at is null and j.attempts >= j.max_attempts returning t.identifier into name;
  return name;
end $function$
;

CREATE OR REPLACE FUNCTION jobs.list_queue(of_state text, most integer, before bigint)
 RETURNS TABLE(id bigint, task text, payload json, state text, attempts integer, max_attempts integer, problem text, key text, created_at timestamp with time zone, run_at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'jobs'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION jobs.rerun(job bigint)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'jobs'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION jobs.start(task text, payload jsonb, keeper uuid, about_kind text, about_id uuid, run_at timestamp with time zone, queue text)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'jobs'
AS $function$
declare made uuid;
begin
  insert into jobs.progress (task, keeper, about_kind, about_id) values (task, keeper, about_kind, about_id) returning id into made;
  perform jobs.add(task, (payload || jsonb_build_object('progressId', made))::json, 'progress:' || made, run_at, null, queue);
  return made;
end $function$
;

CREATE OR REPLACE FUNCTION jobs.state_of(locked_at timestamp with time zone, attempts smallint, max_attempts smallint, run_at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE
RETURN CASE WHEN (locked_at IS NOT NULL) THEN 'running'::text WHEN (attempts >= max_attempts) THEN 'dead'::text WHEN (attempts > 0) THEN 'again'::text WHEN (run_at > now()) THEN 'later'::text ELSE 'waiting'::text END
;

CREATE OR REPLACE FUNCTION mail.post(letter jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'mail'
AS $function$
declare made uuid := uuidv7();
begin
  insert into mail.letter (id, name, keeper, address, recipient, language, subject, body, purpose, secret, reply_to, enclosures)
  values (made, letter ->> 'name', (letter ->> 'keeper')::uuid, letter ->> 'address', letter ->> 'recipient', letter ->> 'language', letter ->> 'subject',
    letter -> 'body', letter ->> 'purpose', coalesce((letter ->> 'secret')::boolean, false), letter ->> 'replyTo',
    coalesce(letter -> 'enclosures', '[]'));
  perform jobs.add('mail.send', json_build_object('letterId', made), 'mail:' || made, (letter ->> 'sendAt')::timestamptz,
    case when (letter ->> 'secret')::boolean then -10 else 0 end, null);
  return made;
end $function$
;

CREATE OR REPLACE FUNCTION mail.send_again(letter uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'mail'
AS $function$
begin
  if not access.network_wide() then return false; end if;
  update mail.letter l set state = 'queued', state_at = clock_timestamp(), answer = null
  where l.id = letter and l.state in ('failed', 'held', 'bounced', 'suppressed') and l.body is not null;
  if not found then return false; end if;
  perform jobs.add('mail.send', json_build_object('letterId', letter), 'mail:' || letter, null, null, null);
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION mail.suppress(for_address text, for_purpose text, because text, told text, by_letter uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'mail'
AS $function$
begin
  insert into mail.suppression (address, purpose, reason, detail, letter_id)
  values (lower(for_address), coalesce(for_purpose, ''), because, told, by_letter)
  on conflict on constraint "an address is suppressed once for a purpose" do nothing;
end $function$
;

CREATE OR REPLACE FUNCTION mail.take_returned(returned_id text, kind text, permanent boolean, told text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'mail'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION mail.tell()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'mail'
AS $function$
begin
  if tg_op = 'INSERT' or new.state <> old.state then
    insert into mail.event (letter_id, state, detail) values (new.id, new.state, new.answer);
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION mail.unsuppress(for_address text, for_purpose text)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'mail'
AS $function$
begin
  delete from mail.suppression where address = lower(for_address) and purpose = coalesce(for_purpose, '');
  return found;
end $function$
;

CREATE OR REPLACE FUNCTION network.api_rate(key_digest bytea)
 RETURNS integer
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'network'
AS $function$
  select per_minute from network.api_key k where k.digest = key_digest and k.revoked_at is null
$function$
;

CREATE OR REPLACE FUNCTION network.asked_of_register(person uuid, institution uuid)
 RETURNS TABLE(person_id uuid, address text, name text, language text, zone text, country text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'network'
AS $function$
  select p.id, c.email, p.full_name, p.preferred_language, p.zone, p.country_code::text
  from network.person p join network.person_contact c on c.person_id = p.id
  where p.id = person and c.email is not null and p.erased_at is null and (
    exists (select from network.institution i where i.id = institution and i.registered_by = person)
    or exists (select from network.proposed_edit e where e.institution_id = institution and e.person_id = person)
    or exists (select from network.role_grant g where g.institution_id = institution and g.person_id = person and g.valid @> now()))
$function$
;

CREATE OR REPLACE FUNCTION network.folded(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
RETURN lower(unaccent('unaccent'::regdictionary, NORMALIZE(value, NFKC)))
;

CREATE OR REPLACE FUNCTION network.grants_of(person uuid, as_of timestamp with time zone)
 RETURNS TABLE(id uuid, role text, scope_kind text, scope_id text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'network'
AS $function$
  select g.id, g.role, g.scope_kind, coalesce(g.country_code::text, g.institution_id::text, g.body_id::text)
  from network.role_grant g where g.person_id = person and g.valid @> as_of
$function$
;

CREATE OR REPLACE FUNCTION network.invitation_by(digest bytea)
 RETURNS SETOF network.invitation
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'network'
AS $function$
  select * from network.invitation i where i.token_digest = digest
$function$
;

CREATE OR REPLACE FUNCTION network.lend_return(return_id uuid, audience text)
 RETURNS SETOF network.institution_return
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$ select r.* from network.institution_return r where r.id = return_id and audience = any (r.shared_with) and r.state = 'checked' $function$
;

CREATE OR REPLACE FUNCTION network.own_history(person uuid)
 RETURNS TABLE(deed text, at timestamp with time zone, by_person uuid, on_behalf_of uuid, relation text, operation text, after jsonb)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'network'
AS $function$
begin
  if person is distinct from access.person() and not access.network_wide() then return; end if;
  return query
    select d.name, d.at, d.person_id, d.on_behalf_of, c.relation, c.operation, c.after
    from record.change c join record.deed d on d.id = c.deed_id
    where c.keeper = person or (c.relation = 'network.person' and c.row_id = person)
      or (c.relation = 'network.affiliation' and c.row_id in (select a.id from network.affiliation a where a.person_id = person))
    order by c.id;
end $function$
;

CREATE OR REPLACE FUNCTION network.person_with_address(address text)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'network'
AS $function$
  select c.person_id from network.person_contact c where lower(c.email) = lower(address)
$function$
;

CREATE OR REPLACE FUNCTION network.reaches_institution(institution uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'network'
AS $function$
  select access.network_wide() or institution = any (access.institutions())
    or exists (select from network.institution i where i.id = institution and i.country_code = any (access.countries()))
$function$
;

CREATE OR REPLACE FUNCTION network.reaches_person(person uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'network'
AS $function$
  select access.network_wide() or person = access.person()
    or exists (select from network.person p where p.id = person and p.country_code = any (access.countries()))
    or exists (select from network.affiliation a where a.person_id = person and a.state in ('claimed', 'verified') and a.institution_id = any (access.institutions()))
$function$
;

CREATE OR REPLACE FUNCTION network.read_sensitive(person uuid)
 RETURNS TABLE(sex text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'network'
AS $function$
begin
  if person is distinct from access.person() then perform record.current_deed('network.person_contact'); end if;
  if not network.reaches_person(person) then return; end if;
  return query select c.sex from network.person_contact c where c.person_id = person;
end $function$
;

CREATE OR REPLACE FUNCTION network.referred_to(institutions uuid[])
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION network.refuse_joined_duties()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'network'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION network.register_touched(seen pg_snapshot, most integer)
 RETURNS uuid[]
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'network'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION network.take_invitation(digest bytea, taker uuid, as_of timestamp with time zone)
 RETURNS SETOF network.invitation
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'network'
AS $function$
begin
  perform record.current_deed('network.invitation');
  return query
    update network.invitation i set accepted_at = as_of, person_id = taker
    where i.token_digest = digest and i.accepted_at is null and i.withdrawn_at is null and i.expires_at > as_of and (i.person_id is null or i.person_id = taker)
    returning i.*;
end $function$
;

CREATE OR REPLACE FUNCTION questionnaire.answers(response uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT COALESCE(jsonb_object_agg(a.question, a.value), '{}'::jsonb) AS "coalesce"
    FROM questionnaire.answer a
   WHERE (a.response_id = answers.response);
END
;

CREATE OR REPLACE FUNCTION questionnaire.reaches(keeper uuid, country_code character, state text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
RETURN (access.reaches(keeper) OR ((state <> 'draft'::text) AND ((country_code)::text = ANY (access.countries()))))
;

CREATE OR REPLACE FUNCTION questionnaire.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception using errcode = '23514', constraint = 'a published form is never changed', message = 'a published form is never changed';
end $function$
;

CREATE OR REPLACE FUNCTION record.begin(deed_name text, actor_kind text, person_id uuid, on_behalf_of uuid, about_kind text, about_id uuid, reason text, corrects uuid, request_id text, once uuid)
 RETURNS TABLE(deed_id uuid, done boolean, answer jsonb)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'record'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION record.current_deed(relation text)
 RETURNS uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'record'
AS $function$
declare deed uuid := nullif(current_setting('quipu.deed', true), '')::uuid;
begin
  if deed is null or not exists (select from record.deed d where d.id = deed and d.xid = pg_current_xact_id()) then
    raise exception using errcode = 'QP001', message = format('%s was written outside a deed', relation);
  end if;
  return deed;
end $function$
;

CREATE OR REPLACE FUNCTION record.deed_digest(deed record.deed)
 RETURNS bytea
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'record'
AS $function$
  select sha256(
    convert_to(jsonb_build_array(deed.id, deed.name, deed.actor_kind, deed.person_id, deed.on_behalf_of, deed.about_kind, deed.about_id,
      deed.corrects, deed.request_id, deed.at at time zone 'UTC', encode(deed.reason_digest, 'hex'))::text, 'UTF8')
    || coalesce((select sha256(string_agg(convert_to(concat_ws('|', c.id, c.relation, c.row_id, c.operation, encode(c.before_digest, 'hex'), encode(c.after_digest, 'hex')), 'UTF8'), '\x0a' order by c.id))
       from record.change c where c.deed_id = deed.id), ''))
$function$
;

CREATE OR REPLACE FUNCTION record.erase(relation_name text, row_ids uuid[], rule text)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'record'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION record.finish(deed uuid, once uuid, result jsonb, about uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'record'
AS $function$
begin
  if once is not null then
    update record.once o set answer = result where o.key = once and o.deed_id = deed;
  end if;
  -- What a deed created is known only when it is done.
  if about is not null then
    update record.deed d set about_id = about where d.id = deed and d.about_id is null and d.xid = pg_current_xact_id();
  end if;
  perform set_config('quipu.deed', '', true);
end $function$
;

CREATE OR REPLACE FUNCTION record.keep()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'record'
AS $function$
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
end $function$
;

CREATE OR REPLACE PROCEDURE record.open_schema(IN schema_name text)
 LANGUAGE plpgsql
AS $procedure$
begin
  execute format('grant usage on schema %I to quipu_app', schema_name);
  execute format('alter default privileges in schema %I grant select, insert, update, delete on tables to quipu_app', schema_name);
  execute format('alter default privileges in schema %I grant execute on functions to quipu_app', schema_name);
end $procedure$
;

CREATE OR REPLACE FUNCTION record.refuse_rewriting()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'change' then
    if current_setting('quipu.erasing', true) = 'on' then return new; end if;
  elsif tg_op = 'UPDATE' and tg_table_name = 'deed' then
    if current_setting('quipu.erasing', true) = 'on' or old.xid = pg_current_xact_id() then return new; end if;
  end if;
  raise exception using errcode = 'QP002', message = 'history is added to, never rewritten';
end $function$
;

CREATE OR REPLACE FUNCTION record.refuse_truncate()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception using errcode = 'QP001', message = format('%I.%I is kept in history and cannot be truncated', tg_table_schema, tg_table_name);
end $function$
;

CREATE OR REPLACE FUNCTION record.seal_deeds()
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'record'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION record.verify()
 RETURNS TABLE(problem text, subject text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'record'
AS $function$
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
end $function$
;

CREATE OR REPLACE PROCEDURE record.watch(IN relation regclass, IN without text[] DEFAULT '{}'::text[], IN keeper text DEFAULT NULL::text)
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'record'
AS $procedure$
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
end $procedure$
;

CREATE OR REPLACE FUNCTION subscriptions.announce(happening jsonb)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'subscriptions'
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION text.is_stale(made_from text, dismissed text, source text)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
RETURN ((source IS NOT NULL) AND (made_from IS DISTINCT FROM source) AND (dismissed IS DISTINCT FROM source))
;

CREATE OR REPLACE FUNCTION text.reads(text_id uuid, asked text)
 RETURNS text
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT p.plain
    FROM (text.published p
      JOIN text.text_set s ON ((s.id = p.set_id)))
   WHERE (p.set_id = reads.text_id)
   ORDER BY (p.language <> reads.asked), (p.language <> split_part(reads.asked, '-'::text, 1)), (p.language <> s.source_language), p.language
  LIMIT 1;
END
;

CREATE OR REPLACE FUNCTION text.shown(text_id uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT COALESCE(jsonb_object_agg(p.language, jsonb_build_object('body', p.body, 'state',
         CASE
             WHEN ((p.language <> s.source_language) AND text.is_stale(p.source_hash, p.dismissed_hash, o.hash)) THEN 'stale'::text
             WHEN (p.method = 'machine'::text) THEN 'machine'::text
             ELSE 'approved'::text
         END, 'method', p.method, 'form', s.form, 'source', (p.language = s.source_language))), '{}'::jsonb) AS "coalesce"
    FROM ((text.text_set s
      JOIN text.published p ON ((p.set_id = s.id)))
      LEFT JOIN text.published o ON (((o.set_id = s.id) AND (o.language = s.source_language))))
   WHERE (s.id = shown.text_id);
END
;

CREATE OR REPLACE FUNCTION text.working(text_id uuid)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
BEGIN ATOMIC
 SELECT COALESCE(jsonb_object_agg(v.language, jsonb_build_object('body', v.body, 'state',
         CASE
             WHEN ((v.language <> s.source_language) AND text.is_stale(v.source_hash, v.dismissed_hash, s.source_hash)) THEN 'stale'::text
             ELSE v.state
         END, 'method', v.method, 'form', s.form, 'source', (v.language = s.source_language), 'revision', v.revision)), '{}'::jsonb) AS "coalesce"
    FROM (text.text_set s
      JOIN text.version v ON ((v.set_id = s.id)))
   WHERE (s.id = working.text_id);
END
;

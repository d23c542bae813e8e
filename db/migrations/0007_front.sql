-- What the network says of itself: pages in a tree, news, and a library of documents, each in the languages it exists in.

create schema front;
call record.open_schema('front');

create table front.page (
  id uuid primary key default uuidv7(),
  kind text not null constraint "a page stands in the tree or is news" check (kind in ('page', 'news')),
  parent_id uuid references front.page,
  slug text not null constraint "a page's address is lower-case words" check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title_id uuid not null references text.text_set,
  summary_id uuid references text.text_set,
  body_id uuid references text.text_set,
  position smallint not null default 0,
  state text not null default 'draft' constraint "a page is a draft, published or withdrawn" check (state in ('draft', 'published', 'withdrawn')),
  published_at timestamptz,
  changed_at timestamptz not null default now(),
  topics uuid[] not null default '{}',
  picture_id uuid,
  constraint "a published page says since when" check (state <> 'published' or published_at is not null),
  constraint "news stand in no tree" check (kind = 'page' or parent_id is null)
);
create unique index "a page's address is used once" on front.page (kind, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), slug);
create index page_news on front.page (published_at desc) where kind = 'news' and state = 'published';
create index page_tree on front.page (parent_id, position) where kind = 'page';

create table front.see_also (
  id uuid primary key default uuidv7(),
  page_id uuid not null references front.page on delete cascade,
  other_id uuid not null references front.page on delete cascade,
  constraint "a page points to another once" unique (page_id, other_id),
  constraint "a page does not point to itself" check (page_id <> other_id)
);

-- Documents and publications, ours or elsewhere.
create table front.document (
  id uuid primary key default uuidv7(),
  code text not null constraint "a document's code is used once" unique,
  kind text not null constraint "a document is of a known kind" check (kind in ('publication', 'manual', 'report', 'declaration', 'plan', 'minutes', 'form', 'other')),
  title_id uuid not null references text.text_set,
  summary_id uuid references text.text_set,
  authors text not null default '',
  publisher text not null default '',
  year smallint constraint "a document's year has four figures" check (year between 1500 and 2200),
  -- Languages of the document itself, not of what is said of it here.
  languages text[] not null default '{}',
  url text not null default '',
  file_id uuid,
  licence text not null default '',
  topics uuid[] not null default '{}',
  state text not null default 'published' constraint "a document is published or withdrawn" check (state in ('published', 'withdrawn')),
  entered_at timestamptz not null default now(),
  constraint "a document can be had somewhere" check (url <> '' or file_id is not null)
);

call record.watch('front.page');
call record.watch('front.see_also');
call record.watch('front.document');

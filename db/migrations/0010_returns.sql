-- What came of a yearly return is kept with it and with its year: the museum's figures as it sent them, and the totals that the public may read, already without their small cells.

alter table network.institution_return
  -- What the museum was when it answered: a total of a year is not moved by what becomes of the museum later.
  add column country_code char(2) references network.country (code),
  add column type text,
  add column size_class text,
  -- Figures by measure, worked out from the answers when they were sent.
  add column figures jsonb not null default '{}' constraint "a return's figures are by measure" check (jsonb_typeof(figures) = 'object');
create index institution_return_institution on network.institution_return (institution_id);
create index institution_return_instrument on network.institution_return (instrument_id, state);

-- What is public of an instrument. No row here holds a figure that comes from fewer museums than the instrument says.
create table network.return_total (
  id uuid primary key default uuidv7(),
  instrument_id uuid not null references network.instrument,
  dimension text not null check (dimension in ('all', 'country', 'type', 'size')),
  code text not null default '',
  -- How many returns it comes from; null where they are too few to say.
  returns integer,
  figures jsonb not null,
  answers jsonb,
  constraint "a total is one of its kind in an instrument" unique (instrument_id, dimension, code)
);
call record.watch('network.return_total');

-- A result that its museum has given to others to read. Only the figures: the answers stay with the museum and its country.
create function network.lend_return(return_id uuid, audience text) returns setof network.institution_return
language sql stable security definer set search_path = pg_catalog
as $$ select r.* from network.institution_return r where r.id = return_id and audience = any (r.shared_with) and r.state = 'checked' $$;

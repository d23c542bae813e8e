-- Whoever asked something of the register is told what became of it, also where the officer who decides may not see their address.

-- The address of someone who brought an institution in, wished a change of it or represents it, and of nobody else; null rows for those without one.
create function network.asked_of_register(person uuid, institution uuid)
returns table (person_id uuid, address text, name text, language text, zone text, country text)
language sql stable security definer set search_path = pg_catalog, network as $$
  select p.id, c.email, p.full_name, p.preferred_language, p.zone, p.country_code::text
  from network.person p join network.person_contact c on c.person_id = p.id
  where p.id = person and c.email is not null and p.erased_at is null and (
    exists (select from network.institution i where i.id = institution and i.registered_by = person)
    or exists (select from network.proposed_edit e where e.institution_id = institution and e.person_id = person)
    or exists (select from network.role_grant g where g.institution_id = institution and g.person_id = person and g.valid @> now()))
$$;

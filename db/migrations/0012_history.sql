-- Who tries to rewrite history is told so, whichever of its tables they try: a row of another table than deeds has no transaction to compare.

create or replace function record.refuse_rewriting() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'change' then
    if current_setting('quipu.erasing', true) = 'on' then return new; end if;
  elsif tg_op = 'UPDATE' and tg_table_name = 'deed' then
    if current_setting('quipu.erasing', true) = 'on' or old.xid = pg_current_xact_id() then return new; end if;
  end if;
  raise exception using errcode = 'QP002', message = 'history is added to, never rewritten';
end $$;

/**
 * A trigger of the test databases: a write to a synced table without a number of its own fails, which
 * in production triggers would mend for the sake of other programs. It counts in its session what it
 * has met. Its name comes before theirs, so
 * that it runs first. `tests/support/other-program.ts` writes as such a program.
 */
export const demandNumbers = `
  CREATE FUNCTION "demandNumber"() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM set_config('evo.writes_met', (coalesce(nullif(current_setting('evo.writes_met', true), ''), '0')::int + 1)::text, false);
    IF current_setting('evo.other_program', true) IS DISTINCT FROM 'on'
      AND (NEW."seq" = 0 OR (TG_OP = 'UPDATE' AND NEW."seq" <= OLD."seq")) THEN
      RAISE EXCEPTION 'This % of % takes no number. Write through lib/sync/door.ts.', TG_OP, TG_TABLE_NAME;
    END IF;
    RETURN NEW;
  END
  $$;
  CREATE TRIGGER "a_demand_number" BEFORE INSERT OR UPDATE ON "task"
    FOR EACH ROW EXECUTE FUNCTION "demandNumber"();
`;

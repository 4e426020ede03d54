ALTER TYPE "public"."opt_out_source" ADD VALUE 'erased';--> statement-breakpoint
-- The hashes that a number would have if its person was erased, one per key; null where the transaction was given none (server/erasure-keys.ts):
-- HMAC-SHA256 of organisation and number, with the pads of each key made beforehand.
CREATE FUNCTION erasure_hashes(organization uuid, number text) RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT array_agg(encode(sha256(decode(split_part(pads, ':', 2), 'hex') || sha256(decode(split_part(pads, ':', 1), 'hex') || convert_to(organization::text || number, 'UTF8'))), 'hex') ORDER BY n)
  FROM string_to_table(nullif(current_setting('app.erasure_keys', true), ''), ',') WITH ORDINALITY AS key(pads, n)
$$;--> statement-breakpoint
-- Whose number was erased with its person comes back opted out, whichever way it comes. A connection that cannot tell is refused, not believed.
CREATE OR REPLACE FUNCTION take_opt_out() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE kept kept_opt_out; hashes text[]; since timestamptz;
BEGIN
  DELETE FROM kept_opt_out WHERE organization_id = new.organization_id AND phone = new.phone RETURNING * INTO kept;
  IF found AND NOT new.opted_out THEN
    new.opted_out := true;
    new.opted_out_at := kept.opted_out_at;
    new.opted_out_source := kept.opted_out_source;
  END IF;
  IF EXISTS (SELECT 1 FROM erased_phone WHERE organization_id = new.organization_id) THEN
    hashes := erasure_hashes(new.organization_id, new.phone);
    IF hashes IS NULL THEN
      RAISE EXCEPTION 'This organisation has erased people, and app.erasure_keys, by which their numbers are recognised, is not set';
    END IF;
    SELECT erased_at INTO since FROM erased_phone WHERE organization_id = new.organization_id AND hash = ANY(hashes) LIMIT 1;
    IF found AND NOT new.opted_out THEN
      new.opted_out := true;
      new.opted_out_at := since;
      new.opted_out_source := 'erased';
    END IF;
  END IF;
  RETURN new;
END $$;--> statement-breakpoint
-- A new consent ends it, as it ends every opt-out: of a contact, or of a stranger who writes START.
CREATE FUNCTION forget_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM erased_phone WHERE organization_id = new.organization_id) THEN
    DELETE FROM erased_phone WHERE organization_id = new.organization_id AND hash = ANY(erasure_hashes(new.organization_id, new.phone));
  END IF;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER contact_forgets_erasure AFTER UPDATE OF opted_out ON contact FOR EACH ROW WHEN (old.opted_out AND NOT new.opted_out AND new.phone IS NOT NULL) EXECUTE FUNCTION forget_erasure();--> statement-breakpoint
CREATE TRIGGER consent_forgets_erasure AFTER INSERT ON consent_event FOR EACH ROW WHEN (new.kind = 'opt_in' AND new.scope = 'organization') EXECUTE FUNCTION forget_erasure();

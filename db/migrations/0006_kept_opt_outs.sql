CREATE TABLE "kept_opt_out" (
	"organization_id" uuid NOT NULL,
	"phone" text NOT NULL,
	"opted_out_at" timestamp with time zone NOT NULL,
	"opted_out_source" "opt_out_source",
	CONSTRAINT "kept_opt_out_organization_id_phone_pk" PRIMARY KEY("organization_id","phone")
);
--> statement-breakpoint
ALTER TABLE "kept_opt_out" ADD CONSTRAINT "kept_opt_out_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- D10: an opt-out stays with its number. A contact that is deleted or gets another number leaves it behind; whoever brings the number back, by hand,
-- import or list, takes it over. Only a new consent lifts it then, as for everybody.
CREATE FUNCTION leave_opt_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF tg_op = 'UPDATE' THEN
    IF new.phone IS NOT DISTINCT FROM old.phone THEN RETURN null; END IF;
  END IF;
  -- An organisation that is being deleted keeps nothing.
  INSERT INTO kept_opt_out (organization_id, phone, opted_out_at, opted_out_source)
  SELECT old.organization_id, old.phone, coalesce(old.opted_out_at, now()), old.opted_out_source FROM organization WHERE id = old.organization_id
  ON CONFLICT DO NOTHING;
  RETURN null;
END $$;--> statement-breakpoint
CREATE FUNCTION take_opt_out() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE kept kept_opt_out;
BEGIN
  DELETE FROM kept_opt_out WHERE organization_id = new.organization_id AND phone = new.phone RETURNING * INTO kept;
  IF found AND NOT new.opted_out THEN
    new.opted_out := true;
    new.opted_out_at := kept.opted_out_at;
    new.opted_out_source := kept.opted_out_source;
  END IF;
  RETURN new;
END $$;--> statement-breakpoint
CREATE TRIGGER contact_leaves_opt_out AFTER DELETE OR UPDATE OF phone ON contact FOR EACH ROW WHEN (old.opted_out AND old.phone IS NOT NULL) EXECUTE FUNCTION leave_opt_out();--> statement-breakpoint
CREATE TRIGGER contact_takes_opt_out BEFORE INSERT OR UPDATE OF phone ON contact FOR EACH ROW WHEN (new.phone IS NOT NULL) EXECUTE FUNCTION take_opt_out();

ALTER TABLE "broadcast_delivery" DROP CONSTRAINT "broadcast_delivery_organization_id_broadcast_id_broadcast_organization_id_id_fk";--> statement-breakpoint
CREATE FUNCTION delete_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM broadcast_delivery WHERE organization_id = old.organization_id AND broadcast_id = old.id;
  RETURN old;
END $$;--> statement-breakpoint
CREATE TRIGGER broadcast_deleted BEFORE DELETE ON broadcast FOR EACH ROW EXECUTE FUNCTION delete_deliveries();

-- Rows whose columns change often leave room in their page, so that an update stays there (HOT) and writes no index.
ALTER TABLE "broadcast_delivery" SET (fillfactor = 60);--> statement-breakpoint
ALTER TABLE "attempt" SET (fillfactor = 70);--> statement-breakpoint
ALTER TABLE "pace" SET (fillfactor = 20);--> statement-breakpoint
ALTER TABLE "broadcast_rollup" SET (fillfactor = 20);--> statement-breakpoint
ALTER TABLE "daily_rollup" SET (fillfactor = 20);--> statement-breakpoint
ALTER TABLE "pace" ADD CONSTRAINT "pace_only_lowered" CHECK ("lowered_to" is null or ("lowered_to" > 0 and "lowered_to" <= "segments_per_second"));--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_phone_e164" CHECK ("phone" ~ '^\+[1-9][0-9]{6,14}$');--> statement-breakpoint
ALTER TABLE "list" ADD CONSTRAINT "list_slug_form" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$');--> statement-breakpoint
ALTER TABLE "broadcast_delivery" ADD CONSTRAINT "delivery_sent_has_sid" CHECK ("provider_message_id" is not null or "status" in ('queued', 'skipped', 'cancelled', 'unknown', 'failed'));--> statement-breakpoint
-- Adds what a statement changed to the rollups: new rows count +1, the rows they replace -1. One upsert per statement, whatever its size.
CREATE FUNCTION add_inserted_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO broadcast_rollup AS r (organization_id, broadcast_id, shard, status, currency, deliveries, segments, priced, price, unpriced_estimate)
  SELECT organization_id, broadcast_id, pg_backend_pid() % 8, status, coalesce(price_unit, ''), sum(sign), coalesce(sum(sign * segments), 0),
    coalesce(sum(sign) FILTER (WHERE price IS NOT NULL), 0), coalesce(sum(sign * price), 0),
    coalesce(sum(sign * estimate) FILTER (WHERE handed_at IS NOT NULL AND price IS NULL), 0)
  FROM (SELECT *, 1 AS sign FROM new_rows) change
  GROUP BY 1, 2, 4, 5 ORDER BY 2, 4, 5
  ON CONFLICT (broadcast_id, shard, status, currency) DO UPDATE SET
    deliveries = r.deliveries + excluded.deliveries, segments = r.segments + excluded.segments, priced = r.priced + excluded.priced,
    price = r.price + excluded.price, unpriced_estimate = r.unpriced_estimate + excluded.unpriced_estimate;
  INSERT INTO daily_rollup AS r (organization_id, day, channel, shard, status, currency, deliveries, segments, priced, price, unpriced_estimate)
  SELECT b.organization_id, change.day, b.channel, pg_backend_pid() % 8, change.status, change.currency, sum(change.deliveries), sum(change.segments),
    sum(change.priced), sum(change.price), sum(change.unpriced_estimate)
  FROM (
    SELECT organization_id, broadcast_id, (handed_at AT TIME ZONE 'UTC')::date AS day, status, coalesce(price_unit, '') AS currency,
      sum(sign) AS deliveries, coalesce(sum(sign * segments), 0) AS segments, coalesce(sum(sign) FILTER (WHERE price IS NOT NULL), 0) AS priced,
      coalesce(sum(sign * price), 0) AS price, coalesce(sum(sign * estimate) FILTER (WHERE price IS NULL), 0) AS unpriced_estimate
    FROM (SELECT *, 1 AS sign FROM new_rows) change
    WHERE handed_at IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
  ) change JOIN broadcast b ON b.organization_id = change.organization_id AND b.id = change.broadcast_id
  GROUP BY 1, 2, 3, 5, 6 ORDER BY 1, 2, 3, 5, 6
  ON CONFLICT (organization_id, day, channel, shard, status, currency) DO UPDATE SET
    deliveries = r.deliveries + excluded.deliveries, segments = r.segments + excluded.segments, priced = r.priced + excluded.priced,
    price = r.price + excluded.price, unpriced_estimate = r.unpriced_estimate + excluded.unpriced_estimate;
  RETURN null;
END $$;--> statement-breakpoint
CREATE FUNCTION add_updated_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO broadcast_rollup AS r (organization_id, broadcast_id, shard, status, currency, deliveries, segments, priced, price, unpriced_estimate)
  SELECT organization_id, broadcast_id, pg_backend_pid() % 8, status, coalesce(price_unit, ''), sum(sign), coalesce(sum(sign * segments), 0),
    coalesce(sum(sign) FILTER (WHERE price IS NOT NULL), 0), coalesce(sum(sign * price), 0),
    coalesce(sum(sign * estimate) FILTER (WHERE handed_at IS NOT NULL AND price IS NULL), 0)
  FROM (SELECT *, 1 AS sign FROM new_rows UNION ALL SELECT *, -1 FROM old_rows) change
  GROUP BY 1, 2, 4, 5 ORDER BY 2, 4, 5
  ON CONFLICT (broadcast_id, shard, status, currency) DO UPDATE SET
    deliveries = r.deliveries + excluded.deliveries, segments = r.segments + excluded.segments, priced = r.priced + excluded.priced,
    price = r.price + excluded.price, unpriced_estimate = r.unpriced_estimate + excluded.unpriced_estimate;
  INSERT INTO daily_rollup AS r (organization_id, day, channel, shard, status, currency, deliveries, segments, priced, price, unpriced_estimate)
  SELECT b.organization_id, change.day, b.channel, pg_backend_pid() % 8, change.status, change.currency, sum(change.deliveries), sum(change.segments),
    sum(change.priced), sum(change.price), sum(change.unpriced_estimate)
  FROM (
    SELECT organization_id, broadcast_id, (handed_at AT TIME ZONE 'UTC')::date AS day, status, coalesce(price_unit, '') AS currency,
      sum(sign) AS deliveries, coalesce(sum(sign * segments), 0) AS segments, coalesce(sum(sign) FILTER (WHERE price IS NOT NULL), 0) AS priced,
      coalesce(sum(sign * price), 0) AS price, coalesce(sum(sign * estimate) FILTER (WHERE price IS NULL), 0) AS unpriced_estimate
    FROM (SELECT *, 1 AS sign FROM new_rows UNION ALL SELECT *, -1 FROM old_rows) change
    WHERE handed_at IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5
  ) change JOIN broadcast b ON b.organization_id = change.organization_id AND b.id = change.broadcast_id
  GROUP BY 1, 2, 3, 5, 6 ORDER BY 1, 2, 3, 5, 6
  ON CONFLICT (organization_id, day, channel, shard, status, currency) DO UPDATE SET
    deliveries = r.deliveries + excluded.deliveries, segments = r.segments + excluded.segments, priced = r.priced + excluded.priced,
    price = r.price + excluded.price, unpriced_estimate = r.unpriced_estimate + excluded.unpriced_estimate;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER delivery_inserted AFTER INSERT ON broadcast_delivery REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION add_inserted_deliveries();--> statement-breakpoint
CREATE TRIGGER delivery_updated AFTER UPDATE ON broadcast_delivery REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION add_updated_deliveries();--> statement-breakpoint
-- Append-only: a fact or a charge is never changed or taken back; a correction is a row of its own.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', tg_table_name;
END $$;--> statement-breakpoint
CREATE TRIGGER ledger_append_only BEFORE UPDATE ON ledger_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER message_event_append_only BEFORE UPDATE ON message_event FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
-- The second wall behind the code: each table with an organization_id shows only the rows of the organisation that the transaction named, also to
-- its owner (FORCE). System work (workers, webhooks before the organisation is known) names itself. Run after every migration, so no table is missed.
CREATE FUNCTION secure_tenant_tables() RETURNS void LANGUAGE plpgsql AS $$
DECLARE t record;
BEGIN
  FOR t IN SELECT c.oid::regclass AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id' AND NOT a.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', t.name);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t.name);
    EXECUTE format('DROP POLICY IF EXISTS tenant ON %s', t.name);
    EXECUTE format('CREATE POLICY tenant ON %s USING (organization_id = (SELECT nullif(current_setting(''app.organization_id'', true), '''')::uuid) '
      'OR (SELECT current_setting(''app.scope'', true)) = ''system'')', t.name);
  END LOOP;
END $$;

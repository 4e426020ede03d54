-- Causes, durations and reach follow the deliveries as the other rollups do: one upsert per statement, in the order of the keys.
ALTER TABLE "contact_reach" SET (fillfactor = 60);--> statement-breakpoint
ALTER TABLE "broadcast_cause_rollup" SET (fillfactor = 20);--> statement-breakpoint
ALTER TABLE "broadcast_duration_rollup" SET (fillfactor = 20);--> statement-breakpoint
ALTER TABLE "spend_rollup" SET (fillfactor = 20);--> statement-breakpoint
-- 0: under a second … 24: more than three days. The same bounds stand in server/domain/delivery/durations.ts.
CREATE FUNCTION duration_bucket(handed timestamptz, delivered timestamptz) RETURNS smallint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT width_bucket(greatest(0, extract(epoch FROM delivered - handed)), ARRAY[1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400, 259200])::smallint
$$;--> statement-breakpoint
CREATE FUNCTION note_inserted_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO broadcast_cause_rollup AS r (organization_id, broadcast_id, shard, status, reason, error_code, deliveries)
  SELECT organization_id, broadcast_id, pg_backend_pid() % 8, status, coalesce(reason, ''), coalesce(error_code, 0), count(*)
  FROM new_rows WHERE status IN ('skipped', 'failed', 'undelivered') GROUP BY 1, 2, 4, 5, 6 ORDER BY 2, 4, 5, 6
  ON CONFLICT (broadcast_id, shard, status, reason, error_code) DO UPDATE SET deliveries = r.deliveries + excluded.deliveries;
  RETURN null;
END $$;--> statement-breakpoint
CREATE FUNCTION note_updated_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO broadcast_cause_rollup AS r (organization_id, broadcast_id, shard, status, reason, error_code, deliveries)
  SELECT organization_id, broadcast_id, pg_backend_pid() % 8, status, coalesce(reason, ''), coalesce(error_code, 0), sum(sign)
  FROM (SELECT *, 1 AS sign FROM new_rows UNION ALL SELECT *, -1 FROM old_rows) change
  WHERE status IN ('skipped', 'failed', 'undelivered') GROUP BY 1, 2, 4, 5, 6 HAVING sum(sign) <> 0 ORDER BY 2, 4, 5, 6
  ON CONFLICT (broadcast_id, shard, status, reason, error_code) DO UPDATE SET deliveries = r.deliveries + excluded.deliveries;
  INSERT INTO broadcast_duration_rollup AS r (organization_id, broadcast_id, shard, bucket, deliveries)
  SELECT n.organization_id, n.broadcast_id, pg_backend_pid() % 8, duration_bucket(n.handed_at, n.delivered_at), count(*)
  FROM new_rows n JOIN old_rows o ON o.broadcast_id = n.broadcast_id AND o.seq = n.seq
  WHERE n.handed_at IS NOT NULL AND n.delivered_at IS NOT NULL AND (o.handed_at IS NULL OR o.delivered_at IS NULL)
  GROUP BY 1, 2, 4 ORDER BY 2, 4
  ON CONFLICT (broadcast_id, shard, bucket) DO UPDATE SET deliveries = r.deliveries + excluded.deliveries;
  INSERT INTO contact_reach AS r (organization_id, contact_id, last_handed_at, last_broadcast_id)
  SELECT DISTINCT ON (n.organization_id, n.contact_id) n.organization_id, n.contact_id, n.handed_at, n.broadcast_id
  FROM new_rows n JOIN old_rows o ON o.broadcast_id = n.broadcast_id AND o.seq = n.seq
  JOIN broadcast b ON b.organization_id = n.organization_id AND b.id = n.broadcast_id AND NOT b.is_test
  WHERE n.handed_at IS NOT NULL AND o.handed_at IS NULL AND n.contact_id IS NOT NULL
  ORDER BY n.organization_id, n.contact_id, n.handed_at DESC
  ON CONFLICT (organization_id, contact_id) DO UPDATE SET last_handed_at = excluded.last_handed_at, last_broadcast_id = excluded.last_broadcast_id
    WHERE excluded.last_handed_at >= r.last_handed_at;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER delivery_inserted_noted AFTER INSERT ON broadcast_delivery REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION note_inserted_deliveries();--> statement-breakpoint
CREATE TRIGGER delivery_updated_noted AFTER UPDATE ON broadcast_delivery REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION note_updated_deliveries();--> statement-breakpoint
CREATE FUNCTION forget_reach() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM contact_reach WHERE organization_id = old.organization_id AND contact_id = old.id;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER contact_forgets_reach AFTER DELETE ON contact FOR EACH ROW EXECUTE FUNCTION forget_reach();--> statement-breakpoint
CREATE FUNCTION add_spend() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO spend_rollup AS r (organization_id, day, channel, country, sender, currency, shard, entries, segments, amount)
  SELECT organization_id, (created_at AT TIME ZONE 'UTC')::date, channel, country, sender, currency, pg_backend_pid() % 8, count(*), coalesce(sum(segments) FILTER (WHERE version = 1), 0), sum(amount)
  FROM new_rows GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (organization_id, day, channel, country, sender, currency, shard) DO UPDATE SET
    entries = r.entries + excluded.entries, segments = r.segments + excluded.segments, amount = r.amount + excluded.amount;
  RETURN null;
END $$;--> statement-breakpoint
CREATE TRIGGER ledger_inserted AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION add_spend();--> statement-breakpoint
CREATE TRIGGER response_append_only BEFORE UPDATE ON broadcast_response FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
-- What an earlier version has already sent.
INSERT INTO broadcast_cause_rollup (organization_id, broadcast_id, shard, status, reason, error_code, deliveries)
SELECT organization_id, broadcast_id, 0, status, coalesce(reason, ''), coalesce(error_code, 0), count(*) FROM broadcast_delivery
WHERE status IN ('skipped', 'failed', 'undelivered') GROUP BY 1, 2, 4, 5, 6;--> statement-breakpoint
INSERT INTO broadcast_duration_rollup (organization_id, broadcast_id, shard, bucket, deliveries)
SELECT organization_id, broadcast_id, 0, duration_bucket(handed_at, delivered_at), count(*) FROM broadcast_delivery
WHERE handed_at IS NOT NULL AND delivered_at IS NOT NULL GROUP BY 1, 2, 4;--> statement-breakpoint
INSERT INTO contact_reach (organization_id, contact_id, last_handed_at, last_broadcast_id)
SELECT DISTINCT ON (d.organization_id, d.contact_id) d.organization_id, d.contact_id, d.handed_at, d.broadcast_id
FROM broadcast_delivery d JOIN contact c ON c.organization_id = d.organization_id AND c.id = d.contact_id
WHERE d.handed_at IS NOT NULL ORDER BY d.organization_id, d.contact_id, d.handed_at DESC;--> statement-breakpoint
INSERT INTO spend_rollup (organization_id, day, channel, country, sender, currency, shard, entries, segments, amount)
SELECT organization_id, (created_at AT TIME ZONE 'UTC')::date, channel, country, sender, currency, 0, count(*), coalesce(sum(segments) FILTER (WHERE version = 1), 0), sum(amount)
FROM ledger_entry GROUP BY 1, 2, 3, 4, 5, 6;

-- The rows before and after a statement are added up instead of joined: the planner knows nothing about them, took the join for a handful and compared
-- every row with every other, so that stopping a broadcast of 20,000 took two minutes.
CREATE OR REPLACE FUNCTION note_updated_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO broadcast_cause_rollup AS r (organization_id, broadcast_id, shard, status, reason, error_code, deliveries)
  SELECT organization_id, broadcast_id, pg_backend_pid() % 8, status, coalesce(reason, ''), coalesce(error_code, 0), sum(sign)
  FROM (SELECT *, 1 AS sign FROM new_rows UNION ALL SELECT *, -1 FROM old_rows) change
  WHERE status IN ('skipped', 'failed', 'undelivered') GROUP BY 1, 2, 4, 5, 6 HAVING sum(sign) <> 0 ORDER BY 2, 4, 5, 6
  ON CONFLICT (broadcast_id, shard, status, reason, error_code) DO UPDATE SET deliveries = r.deliveries + excluded.deliveries;
  INSERT INTO broadcast_duration_rollup AS r (organization_id, broadcast_id, shard, bucket, deliveries)
  SELECT organization_id, broadcast_id, pg_backend_pid() % 8, duration_bucket(handed_at, delivered_at), sum(sign)
  FROM (SELECT *, 1 AS sign FROM new_rows UNION ALL SELECT *, -1 FROM old_rows) change
  WHERE handed_at IS NOT NULL AND delivered_at IS NOT NULL GROUP BY 1, 2, 4 HAVING sum(sign) <> 0 ORDER BY 2, 4
  ON CONFLICT (broadcast_id, shard, bucket) DO UPDATE SET deliveries = r.deliveries + excluded.deliveries;
  INSERT INTO contact_reach AS r (organization_id, contact_id, last_handed_at, last_broadcast_id)
  SELECT DISTINCT ON (h.organization_id, h.contact_id) h.organization_id, h.contact_id, h.handed_at, h.broadcast_id
  FROM (
    SELECT organization_id, broadcast_id, seq, contact_id, max(handed_at) AS handed_at
    FROM (SELECT *, 1 AS sign FROM new_rows UNION ALL SELECT *, -1 FROM old_rows) change
    WHERE handed_at IS NOT NULL AND contact_id IS NOT NULL GROUP BY 1, 2, 3, 4 HAVING sum(sign) > 0
  ) h JOIN broadcast b ON b.organization_id = h.organization_id AND b.id = h.broadcast_id AND NOT b.is_test
  ORDER BY h.organization_id, h.contact_id, h.handed_at DESC
  ON CONFLICT (organization_id, contact_id) DO UPDATE SET last_handed_at = excluded.last_handed_at, last_broadcast_id = excluded.last_broadcast_id
    WHERE excluded.last_handed_at >= r.last_handed_at;
  RETURN null;
END $$;

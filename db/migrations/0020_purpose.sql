-- What was a mark is one of four purposes.
SELECT set_config('app.scope', 'system', true);--> statement-breakpoint
UPDATE broadcast SET purpose = 'test' WHERE is_test;--> statement-breakpoint
-- The ledger of who left begins with those who have.
INSERT INTO consent_event (organization_id, kind, phone, contact_id, source, evidence, at)
SELECT organization_id, 'opt_out'::consent_kind, phone, id, coalesce(opted_out_source, 'staff'), '{}'::jsonb, coalesce(opted_out_at, updated_at) FROM contact WHERE opted_out AND phone IS NOT NULL
UNION ALL SELECT organization_id, 'opt_out', phone, null, coalesce(opted_out_source, 'staff'), '{}', opted_out_at FROM kept_opt_out;--> statement-breakpoint
UPDATE conversation c SET last_message_at = m.last, unread = m.unread
FROM (SELECT organization_id, conversation_id, max(created_at) AS last, count(*) FILTER (WHERE direction = 'inbound') AS unread FROM chat_message GROUP BY 1, 2) m
WHERE m.organization_id = c.organization_id AND m.conversation_id = c.id;--> statement-breakpoint
-- Messages from before there were rules are not answered now.
UPDATE chat_message SET rules_run_at = created_at WHERE direction = 'inbound';--> statement-breakpoint
SELECT set_config('app.scope', '', true);--> statement-breakpoint
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
  ) h JOIN broadcast b ON b.organization_id = h.organization_id AND b.id = h.broadcast_id AND b.purpose = 'broadcast'
  ORDER BY h.organization_id, h.contact_id, h.handed_at DESC
  ON CONFLICT (organization_id, contact_id) DO UPDATE SET last_handed_at = excluded.last_handed_at, last_broadcast_id = excluded.last_broadcast_id
    WHERE excluded.last_handed_at >= r.last_handed_at;
  RETURN null;
END $$;--> statement-breakpoint
ALTER TABLE "broadcast" DROP COLUMN "is_test";--> statement-breakpoint
CREATE TRIGGER rule_run_append_only BEFORE UPDATE ON rule_run FOR EACH ROW EXECUTE FUNCTION refuse_change();

ALTER TABLE "ledger_entry" ADD COLUMN "day" date DEFAULT (now() at time zone 'UTC')::date NOT NULL;--> statement-breakpoint
-- Entries of an earlier version get the day of their message; nothing else may ever change one.
ALTER TABLE "ledger_entry" DISABLE TRIGGER ledger_append_only;--> statement-breakpoint
UPDATE ledger_entry l SET day = coalesce((d.handed_at AT TIME ZONE 'UTC')::date, (l.created_at AT TIME ZONE 'UTC')::date)
FROM broadcast_delivery d WHERE d.broadcast_id = l.broadcast_id AND d.seq = l.seq;--> statement-breakpoint
ALTER TABLE "ledger_entry" ENABLE TRIGGER ledger_append_only;--> statement-breakpoint
CREATE OR REPLACE FUNCTION add_spend() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO spend_rollup AS r (organization_id, day, channel, country, sender, currency, shard, entries, segments, amount)
  SELECT organization_id, day, channel, country, sender, currency, pg_backend_pid() % 8, count(*) FILTER (WHERE version = 1), coalesce(sum(segments) FILTER (WHERE version = 1), 0), sum(amount)
  FROM new_rows GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6
  ON CONFLICT (organization_id, day, channel, country, sender, currency, shard) DO UPDATE SET
    entries = r.entries + excluded.entries, segments = r.segments + excluded.segments, amount = r.amount + excluded.amount;
  RETURN null;
END $$;--> statement-breakpoint
TRUNCATE spend_rollup;--> statement-breakpoint
INSERT INTO spend_rollup (organization_id, day, channel, country, sender, currency, shard, entries, segments, amount)
SELECT organization_id, day, channel, country, sender, currency, 0, count(*) FILTER (WHERE version = 1), coalesce(sum(segments) FILTER (WHERE version = 1), 0), sum(amount)
FROM ledger_entry GROUP BY 1, 2, 3, 4, 5, 6;

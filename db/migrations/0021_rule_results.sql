ALTER TABLE "rule_run" ADD COLUMN "keyword" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "rule_run" ADD COLUMN "results" jsonb DEFAULT '[]'::jsonb NOT NULL;
ALTER TABLE "delivery_retry" ADD COLUMN "place" text;--> statement-breakpoint
ALTER TABLE "delivery_retry" ADD COLUMN "zone" text;
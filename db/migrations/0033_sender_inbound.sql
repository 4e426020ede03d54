ALTER TABLE "sender" ADD COLUMN "is_in_service" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "sender" ADD COLUMN "inbound_url" text;
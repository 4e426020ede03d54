ALTER TABLE "attempt" ADD COLUMN "method" "delivery_method" NOT NULL;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "sender" text NOT NULL;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "estimate" numeric(18, 6) NOT NULL;
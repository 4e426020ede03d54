DROP INDEX "device_push";--> statement-breakpoint
CREATE TABLE "device_event" (
	"organization_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"kind" text NOT NULL,
	"message_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "device_event_organization_id_seq_pk" PRIMARY KEY("organization_id","seq")
);
--> statement-breakpoint
CREATE TABLE "device_push" (
	"organization_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"tries" integer DEFAULT 1 NOT NULL,
	"claimed_until" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "device_push_organization_id_device_id_seq_pk" PRIMARY KEY("organization_id","device_id","seq")
);
--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "push_shows_text" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "last_device_event" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "device" ADD COLUMN "quiet_events" text[] DEFAULT '{message,notice}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "device" ADD COLUMN "shows_text" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "device_event" ADD CONSTRAINT "device_event_organization_id_message_id_chat_message_organization_id_id_fk" FOREIGN KEY ("organization_id","message_id") REFERENCES "public"."chat_message"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_push" ADD CONSTRAINT "device_push_organization_id_device_id_device_organization_id_id_fk" FOREIGN KEY ("organization_id","device_id") REFERENCES "public"."device"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device_push" ADD CONSTRAINT "device_push_organization_id_seq_device_event_organization_id_seq_fk" FOREIGN KEY ("organization_id","seq") REFERENCES "public"."device_event"("organization_id","seq") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "device_event_message" ON "device_event" USING btree ("organization_id","message_id","kind");--> statement-breakpoint
CREATE INDEX "device_push_event" ON "device_push" USING btree ("organization_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "device_endpoint" ON "device" USING btree ("organization_id","push_endpoint");
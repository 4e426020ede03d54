CREATE TYPE "public"."template_category" AS ENUM('authentication', 'marketing', 'utility');--> statement-breakpoint
CREATE TYPE "public"."template_status" AS ENUM('draft', 'received', 'pending', 'approved', 'rejected', 'paused', 'disabled');--> statement-breakpoint
CREATE TYPE "public"."message_direction" AS ENUM('inbound', 'outbound');--> statement-breakpoint
CREATE TABLE "template_event" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"version_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"before" text,
	"after" text NOT NULL,
	"reason" text,
	"source" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "template_event_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "template_version" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"template_id" uuid NOT NULL,
	"language" text NOT NULL,
	"number" integer NOT NULL,
	"status" "template_status" DEFAULT 'draft' NOT NULL,
	"category" "template_category" NOT NULL,
	"granted_category" "template_category",
	"content" jsonb NOT NULL,
	"variables" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"positions" text[] DEFAULT '{}'::text[] NOT NULL,
	"content_sid" text,
	"external_name" text,
	"rejection_reason" text,
	"status_source" text,
	"is_synced" boolean DEFAULT false NOT NULL,
	"replaces" uuid,
	"revision" integer DEFAULT 1 NOT NULL,
	"submitted_at" timestamp with time zone,
	"decided_at" timestamp with time zone,
	"checked_at" timestamp with time zone,
	"next_check_at" timestamp with time zone,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "template_version_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "template" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "template_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "chat_message" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"conversation_id" uuid NOT NULL,
	"direction" "message_direction" NOT NULL,
	"sid" text,
	"body" text DEFAULT '' NOT NULL,
	"media" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chat_message_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "conversation" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"channel" "channel" NOT NULL,
	"sender" text NOT NULL,
	"recipient" text NOT NULL,
	"contact_id" uuid,
	"last_inbound_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "conversation_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "sender_reach" (
	"organization_id" uuid NOT NULL,
	"sender_id" uuid NOT NULL,
	"recipient" text NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"initiated_at" timestamp with time zone,
	CONSTRAINT "sender_reach_organization_id_sender_id_recipient_pk" PRIMARY KEY("organization_id","sender_id","recipient")
);
--> statement-breakpoint
ALTER TABLE "sender" ADD COLUMN "messaging_limit" integer;--> statement-breakpoint
ALTER TABLE "sender" ADD COLUMN "quality_rating" text;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "waits_for" text;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "media_urls" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "content_sid" text;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "content_variables" jsonb;--> statement-breakpoint
ALTER TABLE "attempt" ADD COLUMN "media_urls" text[];--> statement-breakpoint
ALTER TABLE "template_event" ADD CONSTRAINT "template_event_organization_id_version_id_template_version_organization_id_id_fk" FOREIGN KEY ("organization_id","version_id") REFERENCES "public"."template_version"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_version" ADD CONSTRAINT "template_version_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template_version" ADD CONSTRAINT "template_version_organization_id_template_id_template_organization_id_id_fk" FOREIGN KEY ("organization_id","template_id") REFERENCES "public"."template"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template" ADD CONSTRAINT "template_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "template" ADD CONSTRAINT "template_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_organization_id_conversation_id_conversation_organization_id_id_fk" FOREIGN KEY ("organization_id","conversation_id") REFERENCES "public"."conversation"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sender_reach" ADD CONSTRAINT "sender_reach_organization_id_sender_id_sender_organization_id_id_fk" FOREIGN KEY ("organization_id","sender_id") REFERENCES "public"."sender"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "template_event_version" ON "template_event" USING btree ("organization_id","version_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "template_version_number" ON "template_version" USING btree ("organization_id","template_id","language","number");--> statement-breakpoint
CREATE UNIQUE INDEX "template_version_content" ON "template_version" USING btree ("organization_id","content_sid");--> statement-breakpoint
CREATE INDEX "template_version_check" ON "template_version" USING btree ("next_check_at") WHERE "template_version"."next_check_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "template_name" ON "template" USING btree ("organization_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_message_sid" ON "chat_message" USING btree ("organization_id","sid");--> statement-breakpoint
CREATE INDEX "chat_message_conversation" ON "chat_message" USING btree ("organization_id","conversation_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_pair" ON "conversation" USING btree ("organization_id","sender","recipient");--> statement-breakpoint
CREATE INDEX "sender_reach_initiated" ON "sender_reach" USING btree ("organization_id","sender_id","initiated_at") WHERE "sender_reach"."initiated_at" is not null;--> statement-breakpoint
ALTER TABLE "sender_reach" SET (fillfactor = 60);--> statement-breakpoint
CREATE TRIGGER template_event_append_only BEFORE UPDATE ON template_event FOR EACH ROW EXECUTE FUNCTION refuse_change();

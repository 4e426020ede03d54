CREATE TYPE "public"."help_answerer" AS ENUM('provider', 'us');--> statement-breakpoint
CREATE TYPE "public"."broadcast_purpose" AS ENUM('broadcast', 'test', 'reply', 'help');--> statement-breakpoint
CREATE TYPE "public"."message_kind" AS ENUM('message', 'note', 'event');--> statement-breakpoint
CREATE TYPE "public"."consent_kind" AS ENUM('opt_out', 'opt_in');--> statement-breakpoint
CREATE TYPE "public"."consent_scope" AS ENUM('organization', 'sender');--> statement-breakpoint
CREATE TYPE "public"."consent_push_state" AS ENUM('not_needed', 'due', 'done', 'failed');--> statement-breakpoint
CREATE TYPE "public"."keyword_match" AS ENUM('exact', 'starts_with', 'contains');--> statement-breakpoint
CREATE TYPE "public"."rule_outcome" AS ENUM('acted', 'held_back', 'near_miss');--> statement-breakpoint
ALTER TYPE "public"."opt_out_source" ADD VALUE 'opt_out_type';--> statement-breakpoint
CREATE TABLE "erased_phone" (
	"organization_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"erased_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erased_phone_organization_id_hash_pk" PRIMARY KEY("organization_id","hash")
);
--> statement-breakpoint
CREATE TABLE "quick_reply" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"text" text NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quick_reply_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "consent_event" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"kind" "consent_kind" NOT NULL,
	"phone" text NOT NULL,
	"contact_id" uuid,
	"scope" "consent_scope" DEFAULT 'organization' NOT NULL,
	"sender" text,
	"channel" "channel",
	"source" "opt_out_source" NOT NULL,
	"evidence" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"actor_id" uuid,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"push" "consent_push_state" DEFAULT 'not_needed' NOT NULL,
	"pushed_at" timestamp with time zone,
	"push_error" text,
	"push_tries" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "consent_event_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "sender_opt_out" (
	"organization_id" uuid NOT NULL,
	"sender" text NOT NULL,
	"phone" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sender_opt_out_organization_id_sender_phone_pk" PRIMARY KEY("organization_id","sender","phone")
);
--> statement-breakpoint
CREATE TABLE "keyword_rule" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"match" "keyword_match" NOT NULL,
	"keywords" text[] NOT NULL,
	"senders" text[] DEFAULT '{}'::text[] NOT NULL,
	"priority" integer NOT NULL,
	"is_enabled" boolean DEFAULT true NOT NULL,
	"once_hours" integer DEFAULT 24 NOT NULL,
	"actions" jsonb NOT NULL,
	"sealed_secret" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "keyword_rule_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "rule_call" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"rule_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"url" text NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	"http_status" integer,
	"error" text,
	"done_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "rule_call_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "rule_run" (
	"organization_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"outcome" "rule_outcome" NOT NULL,
	"reason" text,
	"recipient" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "rule_run_organization_id_message_id_pk" PRIMARY KEY("organization_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "device" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"platform" text DEFAULT '' NOT NULL,
	"capabilities" text[] DEFAULT '{}'::text[] NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"push_endpoint" text,
	"sealed_push_keys" text,
	"events" text[] DEFAULT '{message,notice}'::text[] NOT NULL,
	"quiet_from" text,
	"quiet_until" text,
	"time_zone" text,
	"last_pushed_at" timestamp with time zone,
	"last_push_error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "device_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "sender" ADD COLUMN "help_text" text;--> statement-breakpoint
ALTER TABLE "sender" ADD COLUMN "help_by" "help_answerer" DEFAULT 'provider' NOT NULL;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "purpose" "broadcast_purpose" DEFAULT 'broadcast' NOT NULL;--> statement-breakpoint
ALTER TABLE "chat_message" ADD COLUMN "kind" "message_kind" DEFAULT 'message' NOT NULL;--> statement-breakpoint
ALTER TABLE "chat_message" ADD COLUMN "author_id" uuid;--> statement-breakpoint
ALTER TABLE "chat_message" ADD COLUMN "rule_id" uuid;--> statement-breakpoint
ALTER TABLE "chat_message" ADD COLUMN "broadcast_id" uuid;--> statement-breakpoint
ALTER TABLE "chat_message" ADD COLUMN "cause_broadcast_id" uuid;--> statement-breakpoint
ALTER TABLE "chat_message" ADD COLUMN "extra" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "chat_message" ADD COLUMN "rules_run_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "last_message_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "unread" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "assigned_to" uuid;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "closed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "snoozed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "profile_name" text;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "wa_user_id" text;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "suggested_opt_out_id" uuid;--> statement-breakpoint
ALTER TABLE "erased_phone" ADD CONSTRAINT "erased_phone_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quick_reply" ADD CONSTRAINT "quick_reply_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quick_reply" ADD CONSTRAINT "quick_reply_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_event" ADD CONSTRAINT "consent_event_actor_id_user_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent_event" ADD CONSTRAINT "consent_event_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sender_opt_out" ADD CONSTRAINT "sender_opt_out_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keyword_rule" ADD CONSTRAINT "keyword_rule_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "keyword_rule" ADD CONSTRAINT "keyword_rule_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_call" ADD CONSTRAINT "rule_call_organization_id_message_id_chat_message_organization_id_id_fk" FOREIGN KEY ("organization_id","message_id") REFERENCES "public"."chat_message"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_call" ADD CONSTRAINT "rule_call_organization_id_rule_id_keyword_rule_organization_id_id_fk" FOREIGN KEY ("organization_id","rule_id") REFERENCES "public"."keyword_rule"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_run" ADD CONSTRAINT "rule_run_organization_id_message_id_chat_message_organization_id_id_fk" FOREIGN KEY ("organization_id","message_id") REFERENCES "public"."chat_message"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rule_run" ADD CONSTRAINT "rule_run_organization_id_rule_id_keyword_rule_organization_id_id_fk" FOREIGN KEY ("organization_id","rule_id") REFERENCES "public"."keyword_rule"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device" ADD CONSTRAINT "device_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "device" ADD CONSTRAINT "device_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "quick_reply_name" ON "quick_reply" USING btree ("organization_id",lower("name"));--> statement-breakpoint
CREATE INDEX "consent_event_phone" ON "consent_event" USING btree ("organization_id","phone","at");--> statement-breakpoint
CREATE INDEX "consent_event_at" ON "consent_event" USING btree ("organization_id","at","id");--> statement-breakpoint
CREATE INDEX "consent_event_push" ON "consent_event" USING btree ("organization_id","at") WHERE "consent_event"."push" = 'due';--> statement-breakpoint
CREATE UNIQUE INDEX "keyword_rule_name" ON "keyword_rule" USING btree ("organization_id",lower("name"));--> statement-breakpoint
CREATE INDEX "rule_call_due" ON "rule_call" USING btree ("next_at") WHERE "rule_call"."next_at" is not null;--> statement-breakpoint
CREATE INDEX "rule_call_rule" ON "rule_call" USING btree ("organization_id","rule_id","created_at");--> statement-breakpoint
CREATE INDEX "rule_run_person" ON "rule_run" USING btree ("organization_id","rule_id","recipient","at");--> statement-breakpoint
CREATE INDEX "rule_run_rule" ON "rule_run" USING btree ("organization_id","rule_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "device_push" ON "device" USING btree ("organization_id","push_endpoint");--> statement-breakpoint
CREATE INDEX "device_user" ON "device" USING btree ("organization_id","user_id");--> statement-breakpoint
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_author_id_user_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_message" ADD CONSTRAINT "chat_message_organization_id_broadcast_id_broadcast_organization_id_id_fk" FOREIGN KEY ("organization_id","broadcast_id") REFERENCES "public"."broadcast"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_assigned_to_user_id_fk" FOREIGN KEY ("assigned_to") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chat_message_broadcast" ON "chat_message" USING btree ("organization_id","broadcast_id") WHERE "chat_message"."broadcast_id" is not null;--> statement-breakpoint
CREATE INDEX "chat_message_rules_due" ON "chat_message" USING btree ("created_at") WHERE "chat_message"."rules_run_at" is null and "chat_message"."direction" = 'inbound';--> statement-breakpoint
CREATE INDEX "conversation_inbox" ON "conversation" USING btree ("organization_id","last_message_at") WHERE "conversation"."last_message_at" is not null;--> statement-breakpoint
CREATE INDEX "conversation_contact" ON "conversation" USING btree ("organization_id","contact_id");
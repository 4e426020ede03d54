CREATE TYPE "public"."role" AS ENUM('owner', 'admin', 'marketer', 'support', 'viewer');--> statement-breakpoint
CREATE TYPE "public"."session_kind" AS ENUM('browser', 'token');--> statement-breakpoint
CREATE TYPE "public"."channel" AS ENUM('sms', 'whatsapp');--> statement-breakpoint
CREATE TYPE "public"."registration_status" AS ENUM('not_required', 'unregistered', 'pending', 'approved', 'rejected', 'suspended');--> statement-breakpoint
CREATE TYPE "public"."sender_kind" AS ENUM('local', 'toll_free', 'short_code', 'mobile', 'alphanumeric', 'whatsapp');--> statement-breakpoint
CREATE TYPE "public"."twilio_account_status" AS ENUM('unchecked', 'connected', 'broken');--> statement-breakpoint
CREATE TYPE "public"."opt_out_source" AS ENUM('keyword', 'provider', 'staff', 'import', 'api');--> statement-breakpoint
CREATE TYPE "public"."broadcast_status" AS ENUM('draft', 'scheduled', 'sending', 'paused', 'sent', 'cancelled', 'failed');--> statement-breakpoint
CREATE TYPE "public"."recipient_method" AS ENUM('lists', 'all');--> statement-breakpoint
CREATE TYPE "public"."attempt_state" AS ENUM('intent', 'accepted', 'rejected', 'uncertain', 'absent', 'aborted');--> statement-breakpoint
CREATE TYPE "public"."delivery_method" AS ENUM('sms', 'template', 'freeform');--> statement-breakpoint
CREATE TYPE "public"."delivery_status" AS ENUM('queued', 'skipped', 'cancelled', 'unknown', 'sending', 'sent', 'failed', 'undelivered', 'delivered', 'read');--> statement-breakpoint
CREATE TYPE "public"."resolution" AS ENUM('response', 'callback', 'list', 'policy', 'operator');--> statement-breakpoint
CREATE TABLE "agreement_acceptance" (
	"organization_id" uuid NOT NULL,
	"service" text NOT NULL,
	"version" text NOT NULL,
	"accepted_by" uuid NOT NULL,
	"accepted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"address" "inet",
	CONSTRAINT "agreement_acceptance_organization_id_service_version_pk" PRIMARY KEY("organization_id","service","version")
);
--> statement-breakpoint
CREATE TABLE "idempotency_key" (
	"organization_id" uuid NOT NULL,
	"key" text NOT NULL,
	"request" text NOT NULL,
	"response" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_key_organization_id_key_pk" PRIMARY KEY("organization_id","key")
);
--> statement-breakpoint
CREATE TABLE "membership" (
	"organization_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" "role" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "membership_organization_id_user_id_pk" PRIMARY KEY("organization_id","user_id")
);
--> statement-breakpoint
CREATE TABLE "organization" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"time_zone" text DEFAULT 'UTC' NOT NULL,
	"default_country" text DEFAULT 'US' NOT NULL,
	"monthly_budget" numeric(18, 6),
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"kind" "session_kind" NOT NULL,
	"active_organization_id" uuid,
	"address" "inet",
	"user_agent" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sign_in_throttle" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"blocked_until" timestamp with time zone NOT NULL,
	"last_failure_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "worker" (
	"id" text PRIMARY KEY NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"is_stopping" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pace" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"meter" text NOT NULL,
	"segments_per_second" numeric(10, 3) NOT NULL,
	"source" text NOT NULL,
	"lowered_to" numeric(10, 3),
	"next_at" double precision DEFAULT 0 NOT NULL,
	"recent_at" double precision[] DEFAULT '{}'::double precision[] NOT NULL,
	"recent_segments" integer[] DEFAULT '{}'::integer[] NOT NULL,
	"last_broadcast_id" uuid,
	"uncertain_streak" integer DEFAULT 0 NOT NULL,
	"halted_until" timestamp with time zone,
	"halt_reason" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pace_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "sender" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"channel" "channel" NOT NULL,
	"address" text NOT NULL,
	"kind" "sender_kind" NOT NULL,
	"provider_sid" text,
	"registration" "registration_status" DEFAULT 'unregistered' NOT NULL,
	"registration_detail" text,
	"registration_read_at" timestamp with time zone,
	"is_system" boolean DEFAULT false NOT NULL,
	"pace_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sender_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "twilio_account" (
	"organization_id" uuid PRIMARY KEY NOT NULL,
	"account_sid" text NOT NULL,
	"api_key_sid" text,
	"sealed_api_key_secret" text,
	"sealed_auth_token" text,
	"messaging_service_sid" text,
	"default_sender_number" text,
	"status" "twilio_account_status" DEFAULT 'unchecked' NOT NULL,
	"checks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"checked_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "activity" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"contact_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "activity_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "contact_import" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"file_name" text NOT NULL,
	"list_id" uuid,
	"created_count" integer NOT NULL,
	"updated_count" integer NOT NULL,
	"unchanged_count" integer NOT NULL,
	"refused_count" integer NOT NULL,
	"imported_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_import_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "contact" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"phone" text,
	"email" text,
	"first_name" text,
	"last_name" text,
	"fields" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"time_zone" text,
	"consent_source" text,
	"consent_at" timestamp with time zone,
	"opted_out" boolean DEFAULT false NOT NULL,
	"opted_out_at" timestamp with time zone,
	"opted_out_source" "opt_out_source",
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "list_member" (
	"organization_id" uuid NOT NULL,
	"list_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "list_member_organization_id_list_id_contact_id_pk" PRIMARY KEY("organization_id","list_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "list" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "list_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "broadcast_list" (
	"organization_id" uuid NOT NULL,
	"broadcast_id" uuid NOT NULL,
	"list_id" uuid NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "broadcast_list_organization_id_broadcast_id_list_id_pk" PRIMARY KEY("organization_id","broadcast_id","list_id")
);
--> statement-breakpoint
CREATE TABLE "broadcast" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"channel" "channel" NOT NULL,
	"status" "broadcast_status" DEFAULT 'draft' NOT NULL,
	"status_reason" text,
	"content" text DEFAULT '' NOT NULL,
	"template_sid" text,
	"template_variables" jsonb,
	"sender_phone" text,
	"recipient_method" "recipient_method" DEFAULT 'lists' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"sender_id" uuid,
	"pace_id" uuid,
	"total" integer DEFAULT 0 NOT NULL,
	"excluded" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"last_seq" integer DEFAULT 0 NOT NULL,
	"claimed_seq" integer DEFAULT 0 NOT NULL,
	"estimate" numeric(18, 6),
	"currency" text,
	"unit_price" numeric(18, 6),
	"created_by" uuid,
	"paused_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"scheduled_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "broadcast_organization_id_id_pk" PRIMARY KEY("organization_id","id"),
	CONSTRAINT "broadcast_claimed_range" CHECK ("broadcast"."claimed_seq" between 0 and "broadcast"."last_seq")
);
--> statement-breakpoint
CREATE TABLE "attempt" (
	"organization_id" uuid NOT NULL,
	"token" text NOT NULL,
	"broadcast_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"n" smallint NOT NULL,
	"pace_id" uuid NOT NULL,
	"account_sid" text NOT NULL,
	"recipient" text NOT NULL,
	"body" text NOT NULL,
	"segments" smallint NOT NULL,
	"state" "attempt_state" DEFAULT 'intent' NOT NULL,
	"worker_id" text NOT NULL,
	"intent_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"lease_until" timestamp with time zone NOT NULL,
	"sid" text,
	"http_status" smallint,
	"error_code" integer,
	"answered_at" timestamp with time zone,
	"resolved_by" "resolution",
	"check_at" timestamp with time zone,
	"checks" smallint DEFAULT 0 NOT NULL,
	"send_at" timestamp with time zone,
	CONSTRAINT "attempt_organization_id_token_pk" PRIMARY KEY("organization_id","token")
);
--> statement-breakpoint
CREATE TABLE "broadcast_rollup" (
	"organization_id" uuid NOT NULL,
	"broadcast_id" uuid NOT NULL,
	"shard" smallint NOT NULL,
	"status" "delivery_status" NOT NULL,
	"currency" text DEFAULT '' NOT NULL,
	"deliveries" integer NOT NULL,
	"segments" bigint NOT NULL,
	"priced" integer NOT NULL,
	"price" numeric(18, 6) NOT NULL,
	"unpriced_estimate" numeric(18, 6) NOT NULL,
	CONSTRAINT "broadcast_rollup_broadcast_id_shard_status_currency_pk" PRIMARY KEY("broadcast_id","shard","status","currency")
);
--> statement-breakpoint
CREATE TABLE "daily_rollup" (
	"organization_id" uuid NOT NULL,
	"day" date NOT NULL,
	"channel" "channel" NOT NULL,
	"shard" smallint NOT NULL,
	"status" "delivery_status" NOT NULL,
	"currency" text DEFAULT '' NOT NULL,
	"deliveries" integer NOT NULL,
	"segments" bigint NOT NULL,
	"priced" integer NOT NULL,
	"price" numeric(18, 6) NOT NULL,
	"unpriced_estimate" numeric(18, 6) NOT NULL,
	CONSTRAINT "daily_rollup_organization_id_day_channel_shard_status_currency_pk" PRIMARY KEY("organization_id","day","channel","shard","status","currency")
);
--> statement-breakpoint
CREATE TABLE "broadcast_delivery" (
	"organization_id" uuid NOT NULL,
	"broadcast_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"contact_id" uuid,
	"recipient" text NOT NULL,
	"status" "delivery_status" DEFAULT 'queued' NOT NULL,
	"reason" text,
	"method" "delivery_method",
	"segments" smallint,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"provider_message_id" text,
	"sender" text,
	"error_code" integer,
	"estimate" numeric(18, 6),
	"price" numeric(18, 6),
	"price_unit" text,
	"handed_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"delivered_at" timestamp with time zone,
	"failed_at" timestamp with time zone,
	CONSTRAINT "broadcast_delivery_broadcast_id_seq_pk" PRIMARY KEY("broadcast_id","seq")
);
--> statement-breakpoint
CREATE TABLE "delivery_retry" (
	"organization_id" uuid NOT NULL,
	"broadcast_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	CONSTRAINT "delivery_retry_organization_id_broadcast_id_seq_pk" PRIMARY KEY("organization_id","broadcast_id","seq")
);
--> statement-breakpoint
CREATE TABLE "ledger_entry" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"sid" text NOT NULL,
	"version" smallint DEFAULT 1 NOT NULL,
	"broadcast_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"channel" "channel" NOT NULL,
	"amount" numeric(18, 6) NOT NULL,
	"currency" text NOT NULL,
	"segments" smallint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ledger_entry_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "message_event" (
	"organization_id" uuid NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "message_event_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"broadcast_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"sid" text NOT NULL,
	"provider_status" text NOT NULL,
	"status" "delivery_status",
	"error_code" integer DEFAULT 0 NOT NULL,
	"source" text NOT NULL,
	"received_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "message_event_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "agreement_acceptance" ADD CONSTRAINT "agreement_acceptance_accepted_by_user_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "agreement_acceptance" ADD CONSTRAINT "agreement_acceptance_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "idempotency_key" ADD CONSTRAINT "idempotency_key_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "membership" ADD CONSTRAINT "membership_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_active_organization_id_organization_id_fk" FOREIGN KEY ("active_organization_id") REFERENCES "public"."organization"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pace" ADD CONSTRAINT "pace_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sender" ADD CONSTRAINT "sender_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sender" ADD CONSTRAINT "sender_organization_id_pace_id_pace_organization_id_id_fk" FOREIGN KEY ("organization_id","pace_id") REFERENCES "public"."pace"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "twilio_account" ADD CONSTRAINT "twilio_account_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "activity" ADD CONSTRAINT "activity_organization_id_contact_id_contact_organization_id_id_fk" FOREIGN KEY ("organization_id","contact_id") REFERENCES "public"."contact"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_import" ADD CONSTRAINT "contact_import_imported_by_user_id_fk" FOREIGN KEY ("imported_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_import" ADD CONSTRAINT "contact_import_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact" ADD CONSTRAINT "contact_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_member" ADD CONSTRAINT "list_member_organization_id_list_id_list_organization_id_id_fk" FOREIGN KEY ("organization_id","list_id") REFERENCES "public"."list"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list_member" ADD CONSTRAINT "list_member_organization_id_contact_id_contact_organization_id_id_fk" FOREIGN KEY ("organization_id","contact_id") REFERENCES "public"."contact"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "list" ADD CONSTRAINT "list_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_list" ADD CONSTRAINT "broadcast_list_organization_id_broadcast_id_broadcast_organization_id_id_fk" FOREIGN KEY ("organization_id","broadcast_id") REFERENCES "public"."broadcast"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_list" ADD CONSTRAINT "broadcast_list_organization_id_list_id_list_organization_id_id_fk" FOREIGN KEY ("organization_id","list_id") REFERENCES "public"."list"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast" ADD CONSTRAINT "broadcast_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast" ADD CONSTRAINT "broadcast_paused_by_user_id_fk" FOREIGN KEY ("paused_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast" ADD CONSTRAINT "broadcast_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast" ADD CONSTRAINT "broadcast_organization_id_sender_id_sender_organization_id_id_fk" FOREIGN KEY ("organization_id","sender_id") REFERENCES "public"."sender"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_organization_id_broadcast_id_broadcast_organization_id_id_fk" FOREIGN KEY ("organization_id","broadcast_id") REFERENCES "public"."broadcast"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_rollup" ADD CONSTRAINT "broadcast_rollup_organization_id_broadcast_id_broadcast_organization_id_id_fk" FOREIGN KEY ("organization_id","broadcast_id") REFERENCES "public"."broadcast"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "daily_rollup" ADD CONSTRAINT "daily_rollup_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_delivery" ADD CONSTRAINT "broadcast_delivery_organization_id_broadcast_id_broadcast_organization_id_id_fk" FOREIGN KEY ("organization_id","broadcast_id") REFERENCES "public"."broadcast"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delivery_retry" ADD CONSTRAINT "delivery_retry_organization_id_broadcast_id_broadcast_organization_id_id_fk" FOREIGN KEY ("organization_id","broadcast_id") REFERENCES "public"."broadcast"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_event" ADD CONSTRAINT "message_event_organization_id_broadcast_id_broadcast_organization_id_id_fk" FOREIGN KEY ("organization_id","broadcast_id") REFERENCES "public"."broadcast"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "membership_user" ON "membership" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "session_user" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "user_email" ON "user" USING btree (lower("email"));--> statement-breakpoint
CREATE UNIQUE INDEX "pace_meter" ON "pace" USING btree ("organization_id","meter");--> statement-breakpoint
CREATE UNIQUE INDEX "sender_address" ON "sender" USING btree ("organization_id","address");--> statement-breakpoint
CREATE INDEX "activity_contact" ON "activity" USING btree ("organization_id","contact_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "contact_phone" ON "contact" USING btree ("organization_id","phone");--> statement-breakpoint
CREATE INDEX "contact_created" ON "contact" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "list_member_contact" ON "list_member" USING btree ("organization_id","contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "list_slug" ON "list" USING btree ("organization_id","slug");--> statement-breakpoint
CREATE INDEX "broadcast_created" ON "broadcast" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "broadcast_sending" ON "broadcast" USING btree ("organization_id","pace_id") WHERE "broadcast"."status" = 'sending';--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_number" ON "attempt" USING btree ("broadcast_id","seq","n");--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_sid" ON "attempt" USING btree ("organization_id","sid") WHERE "attempt"."sid" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "attempt_open" ON "attempt" USING btree ("account_sid","recipient") WHERE "attempt"."state" in ('intent', 'uncertain');--> statement-breakpoint
CREATE INDEX "attempt_unresolved" ON "attempt" USING btree ("organization_id","pace_id") WHERE "attempt"."state" in ('intent', 'uncertain');--> statement-breakpoint
CREATE UNIQUE INDEX "delivery_recipient" ON "broadcast_delivery" USING btree ("broadcast_id","recipient");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_message" ON "ledger_entry" USING btree ("organization_id","sid","version");--> statement-breakpoint
CREATE INDEX "ledger_created" ON "ledger_entry" USING btree ("organization_id","created_at","id");--> statement-breakpoint
CREATE INDEX "ledger_broadcast" ON "ledger_entry" USING btree ("organization_id","broadcast_id");--> statement-breakpoint
CREATE UNIQUE INDEX "message_event_fact" ON "message_event" USING btree ("organization_id","sid","provider_status","error_code");--> statement-breakpoint
CREATE INDEX "message_event_delivery" ON "message_event" USING btree ("broadcast_id","seq");
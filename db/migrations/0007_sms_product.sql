CREATE TYPE "public"."approval_decision" AS ENUM('approved', 'rejected');--> statement-breakpoint
CREATE TYPE "public"."response_kind" AS ENUM('reply', 'opt_out');--> statement-breakpoint
ALTER TYPE "public"."recipient_method" ADD VALUE 'numbers';--> statement-breakpoint
ALTER TYPE "public"."recipient_method" ADD VALUE 'filter';--> statement-breakpoint
CREATE TABLE "contact_import_change" (
	"organization_id" uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"before" jsonb,
	"has_joined" boolean DEFAULT false NOT NULL,
	"member_data_before" jsonb,
	CONSTRAINT "contact_import_change_organization_id_import_id_contact_id_pk" PRIMARY KEY("organization_id","import_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "contact_reach" (
	"organization_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"last_handed_at" timestamp with time zone NOT NULL,
	"last_broadcast_id" uuid NOT NULL,
	CONSTRAINT "contact_reach_organization_id_contact_id_pk" PRIMARY KEY("organization_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "saved_filter" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"definition" jsonb NOT NULL,
	"created_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "saved_filter_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "broadcast_approval" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"broadcast_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"recipients" integer NOT NULL,
	"amount" numeric(18, 6) NOT NULL,
	"currency" text NOT NULL,
	"requested_by" uuid,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"decision" "approval_decision",
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"note" text,
	CONSTRAINT "broadcast_approval_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
CREATE TABLE "broadcast_contact" (
	"organization_id" uuid NOT NULL,
	"broadcast_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	CONSTRAINT "broadcast_contact_organization_id_broadcast_id_contact_id_pk" PRIMARY KEY("organization_id","broadcast_id","contact_id")
);
--> statement-breakpoint
CREATE TABLE "broadcast_response" (
	"organization_id" uuid NOT NULL,
	"broadcast_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"kind" "response_kind" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "broadcast_response_organization_id_broadcast_id_contact_id_kind_pk" PRIMARY KEY("organization_id","broadcast_id","contact_id","kind")
);
--> statement-breakpoint
CREATE TABLE "broadcast_version" (
	"organization_id" uuid NOT NULL,
	"broadcast_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"name" text,
	"snapshot" jsonb NOT NULL,
	"saved_by" uuid,
	"saved_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "broadcast_version_organization_id_broadcast_id_version_pk" PRIMARY KEY("organization_id","broadcast_id","version")
);
--> statement-breakpoint
CREATE TABLE "broadcast_cause_rollup" (
	"organization_id" uuid NOT NULL,
	"broadcast_id" uuid NOT NULL,
	"shard" smallint NOT NULL,
	"status" "delivery_status" NOT NULL,
	"reason" text DEFAULT '' NOT NULL,
	"error_code" integer DEFAULT 0 NOT NULL,
	"deliveries" integer NOT NULL,
	CONSTRAINT "broadcast_cause_rollup_broadcast_id_shard_status_reason_error_code_pk" PRIMARY KEY("broadcast_id","shard","status","reason","error_code")
);
--> statement-breakpoint
CREATE TABLE "broadcast_duration_rollup" (
	"organization_id" uuid NOT NULL,
	"broadcast_id" uuid NOT NULL,
	"shard" smallint NOT NULL,
	"bucket" smallint NOT NULL,
	"deliveries" integer NOT NULL,
	CONSTRAINT "broadcast_duration_rollup_broadcast_id_shard_bucket_pk" PRIMARY KEY("broadcast_id","shard","bucket")
);
--> statement-breakpoint
CREATE TABLE "spend_rollup" (
	"organization_id" uuid NOT NULL,
	"day" date NOT NULL,
	"channel" "channel" NOT NULL,
	"country" text NOT NULL,
	"sender" text NOT NULL,
	"currency" text NOT NULL,
	"shard" smallint NOT NULL,
	"entries" integer NOT NULL,
	"segments" bigint NOT NULL,
	"amount" numeric(18, 6) NOT NULL,
	CONSTRAINT "spend_rollup_organization_id_day_channel_country_sender_currency_shard_pk" PRIMARY KEY("organization_id","day","channel","country","sender","currency","shard")
);
--> statement-breakpoint
CREATE TABLE "twilio_usage" (
	"organization_id" uuid NOT NULL,
	"day" date NOT NULL,
	"category" text NOT NULL,
	"messages" integer NOT NULL,
	"price" numeric(18, 6) NOT NULL,
	"currency" text NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "twilio_usage_organization_id_day_category_pk" PRIMARY KEY("organization_id","day","category")
);
--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "quiet_from" text;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "quiet_to" text;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "frequency_cap_hours" integer;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "approval_recipients" integer;--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "approval_amount" numeric(18, 6);--> statement-breakpoint
ALTER TABLE "organization" ADD COLUMN "opt_out_line" text DEFAULT 'Reply STOP to opt out.' NOT NULL;--> statement-breakpoint
ALTER TABLE "contact_import" ADD COLUMN "undone_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "contact_import" ADD COLUMN "undone_by" uuid;--> statement-breakpoint
ALTER TABLE "contact" ADD COLUMN "tags" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "broadcast_list" ADD COLUMN "is_excluded" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "saved_filter_id" uuid;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "excluded_filter_id" uuid;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "audience_fixed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "recipient_ceiling" integer;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "missing_values" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "opt_out_line" text;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "ignores_quiet_hours" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "stage_size" integer;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "budget" numeric(18, 6);--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "retry_of" uuid;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "is_test" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "hold_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "pause_at_seq" integer;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "brake_after_seq" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "time_zone" text;--> statement-breakpoint
ALTER TABLE "broadcast" ADD COLUMN "local_send_at" text;--> statement-breakpoint
ALTER TABLE "delivery_retry" ADD COLUMN "reason" text DEFAULT 'retry' NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_entry" ADD COLUMN "country" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_entry" ADD COLUMN "sender" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "contact_import_change" ADD CONSTRAINT "contact_import_change_organization_id_import_id_contact_import_organization_id_id_fk" FOREIGN KEY ("organization_id","import_id") REFERENCES "public"."contact_import"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_reach" ADD CONSTRAINT "contact_reach_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_filter" ADD CONSTRAINT "saved_filter_created_by_user_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_filter" ADD CONSTRAINT "saved_filter_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_approval" ADD CONSTRAINT "broadcast_approval_requested_by_user_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_approval" ADD CONSTRAINT "broadcast_approval_decided_by_user_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_approval" ADD CONSTRAINT "broadcast_approval_organization_id_broadcast_id_broadcast_organization_id_id_fk" FOREIGN KEY ("organization_id","broadcast_id") REFERENCES "public"."broadcast"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_contact" ADD CONSTRAINT "broadcast_contact_organization_id_broadcast_id_broadcast_organization_id_id_fk" FOREIGN KEY ("organization_id","broadcast_id") REFERENCES "public"."broadcast"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_contact" ADD CONSTRAINT "broadcast_contact_organization_id_contact_id_contact_organization_id_id_fk" FOREIGN KEY ("organization_id","contact_id") REFERENCES "public"."contact"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_response" ADD CONSTRAINT "broadcast_response_organization_id_broadcast_id_broadcast_organization_id_id_fk" FOREIGN KEY ("organization_id","broadcast_id") REFERENCES "public"."broadcast"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_version" ADD CONSTRAINT "broadcast_version_saved_by_user_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_version" ADD CONSTRAINT "broadcast_version_organization_id_broadcast_id_broadcast_organization_id_id_fk" FOREIGN KEY ("organization_id","broadcast_id") REFERENCES "public"."broadcast"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_cause_rollup" ADD CONSTRAINT "broadcast_cause_rollup_organization_id_broadcast_id_broadcast_organization_id_id_fk" FOREIGN KEY ("organization_id","broadcast_id") REFERENCES "public"."broadcast"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_duration_rollup" ADD CONSTRAINT "broadcast_duration_rollup_organization_id_broadcast_id_broadcast_organization_id_id_fk" FOREIGN KEY ("organization_id","broadcast_id") REFERENCES "public"."broadcast"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spend_rollup" ADD CONSTRAINT "spend_rollup_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "twilio_usage" ADD CONSTRAINT "twilio_usage_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "saved_filter_name" ON "saved_filter" USING btree ("organization_id",lower("name"));--> statement-breakpoint
CREATE INDEX "broadcast_approval_broadcast" ON "broadcast_approval" USING btree ("organization_id","broadcast_id","requested_at");--> statement-breakpoint
CREATE INDEX "broadcast_contact_contact" ON "broadcast_contact" USING btree ("organization_id","contact_id");--> statement-breakpoint
ALTER TABLE "contact_import" ADD CONSTRAINT "contact_import_undone_by_user_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast" ADD CONSTRAINT "broadcast_organization_id_saved_filter_id_saved_filter_organization_id_id_fk" FOREIGN KEY ("organization_id","saved_filter_id") REFERENCES "public"."saved_filter"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast" ADD CONSTRAINT "broadcast_organization_id_excluded_filter_id_saved_filter_organization_id_id_fk" FOREIGN KEY ("organization_id","excluded_filter_id") REFERENCES "public"."saved_filter"("organization_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_import_created" ON "contact_import" USING btree ("organization_id","created_at","id");
-- Unlogged: a file on its way in can be chosen again, and writing it twice would double the time that a check takes.
CREATE TYPE "public"."upload_state" AS ENUM('uploading', 'checking', 'ready', 'writing', 'done', 'failed');--> statement-breakpoint
CREATE UNLOGGED TABLE "contact_upload_chunk" (
	"organization_id" uuid NOT NULL,
	"upload_id" uuid NOT NULL,
	"n" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	CONSTRAINT "contact_upload_chunk_organization_id_upload_id_n_pk" PRIMARY KEY("organization_id","upload_id","n")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "contact_upload_row" (
	"organization_id" uuid NOT NULL,
	"upload_id" uuid NOT NULL,
	"row" integer NOT NULL,
	"cells" text[] NOT NULL,
	"findings" jsonb,
	"person_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"phone" text,
	"email" text,
	"first_name" text,
	"last_name" text,
	"time_zone" text,
	"consent_source" text,
	"consent_at" timestamp with time zone,
	"opted_out" boolean DEFAULT false NOT NULL,
	"tags" text[] DEFAULT '{}'::text[] NOT NULL,
	"fields" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "contact_upload_row_organization_id_upload_id_row_pk" PRIMARY KEY("organization_id","upload_id","row")
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "contact_upload" (
	"organization_id" uuid NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"file_name" text NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"state" "upload_state" DEFAULT 'uploading' NOT NULL,
	"options" jsonb NOT NULL,
	"generation" integer DEFAULT 0 NOT NULL,
	"rows_done" integer DEFAULT 0 NOT NULL,
	"bytes_done" bigint DEFAULT 0 NOT NULL,
	"result" jsonb,
	"problem_code" text,
	"problem" text,
	"import_id" uuid,
	"uploaded_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_upload_organization_id_id_pk" PRIMARY KEY("organization_id","id")
);
--> statement-breakpoint
ALTER TABLE "contact_import_change" ADD COLUMN "after" jsonb;--> statement-breakpoint
ALTER TABLE "contact_import" ADD COLUMN "has_made_list" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "contact_upload_chunk" ADD CONSTRAINT "contact_upload_chunk_organization_id_upload_id_contact_upload_organization_id_id_fk" FOREIGN KEY ("organization_id","upload_id") REFERENCES "public"."contact_upload"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_upload_row" ADD CONSTRAINT "contact_upload_row_organization_id_upload_id_contact_upload_organization_id_id_fk" FOREIGN KEY ("organization_id","upload_id") REFERENCES "public"."contact_upload"("organization_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_upload" ADD CONSTRAINT "contact_upload_uploaded_by_user_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."user"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_upload" ADD CONSTRAINT "contact_upload_organization_id_organization_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organization"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
-- Files are read as a whole and soon deleted: trying to compress each piece costs more than the space.
ALTER TABLE "contact_upload_chunk" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

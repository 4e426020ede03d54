CREATE TABLE "instance_counter" (
	"name" text PRIMARY KEY NOT NULL,
	"value" bigint NOT NULL
);

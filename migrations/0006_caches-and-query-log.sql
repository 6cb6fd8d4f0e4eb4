CREATE TABLE "index_versions" (
	"tenant_id" uuid NOT NULL,
	"collection_id" uuid NOT NULL,
	"version" bigint NOT NULL,
	"writing_until" timestamp (3) with time zone,
	CONSTRAINT "index_versions_tenant_id_collection_id_pk" PRIMARY KEY("tenant_id","collection_id")
);
--> statement-breakpoint
ALTER TABLE "index_versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "query_log" (
	"tenant_id" uuid NOT NULL,
	"key" "bytea" NOT NULL,
	"collection_id" uuid NOT NULL,
	"query" jsonb NOT NULL,
	"groups" text[] NOT NULL,
	"document_ids" uuid[] NOT NULL,
	"times" integer DEFAULT 1 NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "query_log_tenant_id_key_pk" PRIMARY KEY("tenant_id","key")
);
--> statement-breakpoint
ALTER TABLE "query_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "reply_cache" ADD COLUMN "bytes" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "query_log_age" ON "query_log" USING btree ("tenant_id","last_at");--> statement-breakpoint
CREATE INDEX "versions_from" ON "versions" USING btree ("tenant_id","collection_id","effective_from");--> statement-breakpoint
CREATE INDEX "versions_to" ON "versions" USING btree ("tenant_id","collection_id","effective_to") WHERE effective_to is not null;--> statement-breakpoint
CREATE POLICY "own_rows" ON "index_versions" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "query_log" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
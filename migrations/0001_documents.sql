CREATE TABLE "answers" (
	"tenant_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"collection_id" uuid NOT NULL,
	"question" text NOT NULL,
	"body" jsonb NOT NULL,
	"document_ids" uuid[] NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "answers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "chunks" (
	"tenant_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"version_id" uuid NOT NULL,
	"document_id" uuid NOT NULL,
	"collection_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"start" integer NOT NULL,
	"end" integer NOT NULL,
	"parent_start" integer NOT NULL,
	"parent_end" integer NOT NULL,
	"page" integer,
	"heading_path" text[] NOT NULL,
	"header" text NOT NULL,
	"token_count" integer NOT NULL,
	"embedding_key" "bytea" NOT NULL,
	"index_state" smallint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "chunks" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "collections" (
	"tenant_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "collections" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "deletions" (
	"tenant_id" uuid NOT NULL,
	"collection_id" uuid NOT NULL,
	"external_id_sha256" text NOT NULL,
	"deleted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "deletions_tenant_id_collection_id_external_id_sha256_pk" PRIMARY KEY("tenant_id","collection_id","external_id_sha256")
);
--> statement-breakpoint
ALTER TABLE "deletions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "documents" (
	"tenant_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"collection_id" uuid NOT NULL,
	"source_id" uuid,
	"external_id" text NOT NULL,
	"title" text NOT NULL,
	"media_type" text NOT NULL,
	"acl" text[] NOT NULL,
	"tags" text[] NOT NULL,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"version_id" uuid NOT NULL,
	"source_state" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "documents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "embeddings" (
	"tenant_id" uuid NOT NULL,
	"embedder_id" text NOT NULL,
	"embedding_key" "bytea" NOT NULL,
	"vector" "bytea" NOT NULL,
	CONSTRAINT "embeddings_tenant_id_embedder_id_embedding_key_pk" PRIMARY KEY("tenant_id","embedder_id","embedding_key")
);
--> statement-breakpoint
ALTER TABLE "embeddings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "events" (
	"tenant_id" uuid NOT NULL,
	"seq" bigserial PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "ingest_runs" (
	"tenant_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"collection_id" uuid NOT NULL,
	"source_id" uuid NOT NULL,
	"state" text NOT NULL,
	"report" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"options" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "ingest_runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "installation" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organisations" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "organisations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "quarantine" (
	"tenant_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"collection_id" uuid NOT NULL,
	"source_id" uuid,
	"external_id" text NOT NULL,
	"original_sha256" text,
	"original_bytes" bigint NOT NULL,
	"declared_type" text,
	"code" text NOT NULL,
	"reason" text NOT NULL,
	"attempts" integer DEFAULT 1 NOT NULL,
	"source_state" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "quarantine" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sources" (
	"tenant_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"collection_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"root" text NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sources" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "versions" (
	"tenant_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"document_id" uuid NOT NULL,
	"collection_id" uuid NOT NULL,
	"ordinal" integer NOT NULL,
	"title" text NOT NULL,
	"media_type" text NOT NULL,
	"original_sha256" text NOT NULL,
	"original_bytes" bigint NOT NULL,
	"text_sha256" text NOT NULL,
	"text_length" integer NOT NULL,
	"parser" text NOT NULL,
	"chunker" text NOT NULL,
	"page_count" integer,
	"warnings" text[] NOT NULL,
	"effective_from" timestamp (3) with time zone NOT NULL,
	"effective_to" timestamp (3) with time zone,
	"recorded_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "versions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "answers_page" ON "answers" USING btree ("tenant_id","id");--> statement-breakpoint
CREATE INDEX "chunks_version" ON "chunks" USING btree ("tenant_id","version_id","ordinal");--> statement-breakpoint
CREATE INDEX "chunks_document" ON "chunks" USING btree ("tenant_id","document_id");--> statement-breakpoint
CREATE INDEX "chunks_pending" ON "chunks" USING btree ("tenant_id","collection_id","id") WHERE index_state < 2;--> statement-breakpoint
CREATE UNIQUE INDEX "collections_name" ON "collections" USING btree ("tenant_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_external" ON "documents" USING btree ("tenant_id","collection_id","external_id");--> statement-breakpoint
CREATE INDEX "documents_page" ON "documents" USING btree ("tenant_id","collection_id","id");--> statement-breakpoint
CREATE INDEX "events_page" ON "events" USING btree ("tenant_id","seq");--> statement-breakpoint
CREATE INDEX "ingest_runs_state" ON "ingest_runs" USING btree ("tenant_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "quarantine_external" ON "quarantine" USING btree ("tenant_id","collection_id","external_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sources_root" ON "sources" USING btree ("tenant_id","collection_id","kind","root");--> statement-breakpoint
CREATE UNIQUE INDEX "versions_ordinal" ON "versions" USING btree ("tenant_id","document_id","ordinal");--> statement-breakpoint
CREATE INDEX "versions_original" ON "versions" USING btree ("tenant_id","original_sha256");--> statement-breakpoint
CREATE INDEX "versions_text" ON "versions" USING btree ("tenant_id","text_sha256");--> statement-breakpoint
CREATE POLICY "own_rows" ON "answers" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "chunks" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "collections" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "deletions" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "documents" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "embeddings" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "events" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "ingest_runs" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "organisations" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "quarantine" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "sources" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "versions" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
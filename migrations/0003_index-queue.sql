CREATE TABLE "index_queue" (
	"tenant_id" uuid NOT NULL,
	"collection_id" uuid NOT NULL,
	"waiting" smallint NOT NULL,
	"version_id" uuid NOT NULL,
	"ticket" bigserial NOT NULL,
	CONSTRAINT "index_queue_tenant_id_collection_id_waiting_version_id_pk" PRIMARY KEY("tenant_id","collection_id","waiting","version_id")
);
--> statement-breakpoint
ALTER TABLE "index_queue" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
DROP INDEX "chunks_document";--> statement-breakpoint
DROP INDEX "chunks_pending";--> statement-breakpoint
CREATE POLICY "own_rows" ON "index_queue" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
-- Room on each page for the rows that its chunks' steps into the index rewrite.
ALTER TABLE "chunks" SET (fillfactor = 65);--> statement-breakpoint
-- The owner sees the rows of all tenants for this one statement; it is bound again when the migrations are through.
ALTER TABLE "chunks" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO "index_queue" ("tenant_id", "collection_id", "waiting", "version_id")
SELECT DISTINCT "tenant_id", "collection_id", abs("index_state" % 2), "version_id" FROM "chunks" WHERE "index_state" < 2;

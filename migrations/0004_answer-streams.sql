CREATE TABLE "answer_conflicts" (
	"tenant_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"collection_id" uuid NOT NULL,
	"key" text NOT NULL,
	"body" jsonb NOT NULL,
	"document_ids" uuid[] NOT NULL,
	"state" text NOT NULL,
	"resolution" text,
	"times" integer DEFAULT 1 NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "answer_conflicts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "answer_events" (
	"tenant_id" uuid NOT NULL,
	"answer_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"data" jsonb NOT NULL,
	CONSTRAINT "answer_events_tenant_id_answer_id_seq_pk" PRIMARY KEY("tenant_id","answer_id","seq")
);
--> statement-breakpoint
ALTER TABLE "answer_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "answer_feedback" (
	"tenant_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"answer_id" uuid NOT NULL,
	"principal_id" text NOT NULL,
	"rating" text NOT NULL,
	"corrected_text" text,
	"wrong_citation" integer,
	"note" text,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "answer_feedback" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "answer_runs" (
	"tenant_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"collection_id" uuid NOT NULL,
	"request" jsonb NOT NULL,
	"state" text NOT NULL,
	"owner" uuid NOT NULL,
	"lease_until" timestamp (3) with time zone NOT NULL,
	"attempt" integer DEFAULT 1 NOT NULL,
	"stop_requested" boolean DEFAULT false NOT NULL,
	"document_ids" uuid[] NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "answer_runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE UNIQUE INDEX "answer_conflicts_key" ON "answer_conflicts" USING btree ("tenant_id","collection_id","key");--> statement-breakpoint
CREATE INDEX "answer_feedback_answer" ON "answer_feedback" USING btree ("tenant_id","answer_id");--> statement-breakpoint
CREATE INDEX "answer_runs_state" ON "answer_runs" USING btree ("tenant_id","state","owner");--> statement-breakpoint
CREATE POLICY "own_rows" ON "answer_conflicts" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "answer_events" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "answer_feedback" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "answer_runs" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
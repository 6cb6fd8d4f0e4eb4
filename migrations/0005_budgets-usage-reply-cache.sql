CREATE TABLE "budget_accounts" (
	"tenant_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"subject" text NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"tokens" bigint DEFAULT 0 NOT NULL,
	"cost_nano_usd" bigint DEFAULT 0 NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"wall_ms" bigint DEFAULT 0 NOT NULL,
	"keep_until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "budget_accounts_tenant_id_rule_subject_window_start_pk" PRIMARY KEY("tenant_id","rule","subject","window_start")
);
--> statement-breakpoint
ALTER TABLE "budget_accounts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "budget_leases" (
	"tenant_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"subject" text NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"node_id" uuid NOT NULL,
	"tokens" bigint DEFAULT 0 NOT NULL,
	"cost_nano_usd" bigint DEFAULT 0 NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"wall_ms" bigint DEFAULT 0 NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "budget_leases_tenant_id_rule_subject_window_start_node_id_pk" PRIMARY KEY("tenant_id","rule","subject","window_start","node_id")
);
--> statement-breakpoint
ALTER TABLE "budget_leases" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "reply_cache" (
	"tenant_id" uuid NOT NULL,
	"key" "bytea" NOT NULL,
	"reply" jsonb NOT NULL,
	"scope" "bytea",
	"question" text,
	"vector" "bytea",
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "reply_cache_tenant_id_key_pk" PRIMARY KEY("tenant_id","key")
);
--> statement-breakpoint
ALTER TABLE "reply_cache" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "unit_prices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"input_nano_usd_per_million" bigint DEFAULT 0 NOT NULL,
	"output_nano_usd_per_million" bigint DEFAULT 0 NOT NULL,
	"cached_input_nano_usd_per_million" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "usage_calls" (
	"tenant_id" uuid NOT NULL,
	"id" uuid PRIMARY KEY NOT NULL,
	"call_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"user_id" text NOT NULL,
	"principal_id" text NOT NULL,
	"request_id" text NOT NULL,
	"feature" text NOT NULL,
	"run_id" text,
	"task" text NOT NULL,
	"provider" text NOT NULL,
	"model" text NOT NULL,
	"reason" text NOT NULL,
	"fallback" smallint NOT NULL,
	"attempts" smallint NOT NULL,
	"latency_ms" integer NOT NULL,
	"first_token_ms" integer,
	"input_tokens" bigint NOT NULL,
	"output_tokens" bigint NOT NULL,
	"cached_input_tokens" bigint NOT NULL,
	"estimated" boolean DEFAULT false NOT NULL,
	"cost_nano_usd" bigint DEFAULT 0 NOT NULL,
	"price_id" uuid NOT NULL,
	"cache" text NOT NULL,
	"outcome" text NOT NULL,
	"error_code" text
);
--> statement-breakpoint
ALTER TABLE "usage_calls" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "budget_accounts_keep" ON "budget_accounts" USING btree ("tenant_id","keep_until");--> statement-breakpoint
CREATE INDEX "reply_cache_scope" ON "reply_cache" USING btree ("tenant_id","scope","created_at");--> statement-breakpoint
CREATE INDEX "reply_cache_age" ON "reply_cache" USING btree ("tenant_id","created_at");--> statement-breakpoint
CREATE INDEX "unit_prices_model" ON "unit_prices" USING btree ("provider","model","valid_from");--> statement-breakpoint
CREATE INDEX "usage_calls_at" ON "usage_calls" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE INDEX "usage_calls_run" ON "usage_calls" USING btree ("tenant_id","run_id") WHERE run_id is not null;--> statement-breakpoint
CREATE POLICY "own_rows" ON "budget_accounts" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "budget_leases" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "reply_cache" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));--> statement-breakpoint
CREATE POLICY "own_rows" ON "usage_calls" AS PERMISSIVE FOR ALL TO "plumb_app" USING (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
-- Reading the same cap twice left it behind as a lowered pace, which would have stayed when the cap rose.
SELECT set_config('app.scope', 'system', true);--> statement-breakpoint
UPDATE pace SET lowered_to = NULL WHERE lowered_to = segments_per_second;--> statement-breakpoint
SELECT set_config('app.scope', '', true);

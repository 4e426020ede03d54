-- On WhatsApp nobody but us answers HELP.
SELECT set_config('app.scope', 'system', true);--> statement-breakpoint
UPDATE sender SET help_by = 'us' WHERE channel = 'whatsapp';--> statement-breakpoint
SELECT set_config('app.scope', '', true);

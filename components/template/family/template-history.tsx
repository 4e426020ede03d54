import { templateLook, TemplateStatusBadge } from '#components/template/template-status.tsx';
import { Time } from '#components/ui/time.tsx';
import { categoryWord, templateCategories, templateStatuses } from '#server/channels/whatsapp/template.ts';
import type { TemplateEventView } from '#server/domain/template/schema.ts';

const sources: Record<string, string> = { here: 'done here', submit: 'by the submit', poll: 'found by a check', event: 'told by Twilio', sync: 'found in the account' };

/** Every change with its moment and source, newest first. */
export function TemplateHistory({ events }: { events: TemplateEventView[] }) {
  if (events.length === 0) return <p className="px-4 py-3 text-table text-muted-foreground">Nothing has happened yet.</p>;
  return (
    <ol className="divide-y">
      {events.map((event) => (
        <li key={event.id} className="grid gap-0.5 px-4 py-3 text-table">
          <span className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1"><What event={event} /><span className="text-muted-foreground"><Time value={event.at} /></span></span>
          <span className="text-caption text-muted-foreground">{`${event.language}, version ${event.number}, ${sources[event.source] ?? event.source}`}</span>
          {event.reason ? <span className="break-words">{event.reason}</span> : null}
        </li>
      ))}
    </ol>
  );
}

function What({ event: { kind, before, after } }: { event: TemplateEventView }) {
  const status = kind === 'status' ? templateStatuses.find((each) => each === after) : undefined;
  if (status) return <TemplateStatusBadge status={status} look="plain" />;
  if (kind === 'category') return <span className="font-medium">{`Category: ${wordOf(before)} → ${wordOf(after)}`}</span>;
  return <span className="font-medium">{kind === 'deleted' ? 'Deleted' : after}</span>;
}

const wordOf = (name: string | null) => {
  const category = templateCategories.find((each) => each === name);
  const status = templateStatuses.find((each) => each === name);
  return category ? categoryWord[category] : status ? templateLook[status].word : name ?? 'none';
};

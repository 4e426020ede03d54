import { formatMoment } from '#components/format/time.ts';
import type { MessageView } from '#server/domain/conversation/schema.ts';

/** What a colleague did, as a sentence. Names and moments come from the event itself; `zone` is the reader's when left out. */
export function eventWords({ author, rule, extra, body }: Pick<MessageView, 'author' | 'rule' | 'extra' | 'body'>, zone?: string): string {
  const who = author?.name ?? (rule ? `The rule ${rule.name}` : null);
  const by = (act: string) => (who ? `${who} ${act}` : act.charAt(0).toUpperCase() + act.slice(1));
  switch (extra['event']) {
    case 'assigned': { const to = nameIn(extra['to']); return by(to === null ? 'assigned it to nobody' : to === author?.name ? 'took it' : `assigned it to ${to}`); }
    case 'closed': return by('closed it');
    case 'reopened': return who ? by('opened it again') : 'It is open again';
    case 'snoozed': { const until = typeof extra['until'] === 'string' ? new Date(extra['until']) : null; return by(until ? `snoozed it until ${formatMoment(until, { now: new Date(), zone, withZone: zone !== undefined })}` : 'snoozed it'); }
    case 'woken': return who ? by('took it back from snooze') : 'It is back from snooze';
    case 'opted_out': return by('recorded that they opted out');
    case 'not_opt_out': return by('decided that it was no opt-out');
    default: return body || by('changed it');
  }
}

function nameIn(value: unknown): string | null {
  return typeof value === 'object' && value !== null && 'name' in value && typeof value.name === 'string' ? value.name : null;
}

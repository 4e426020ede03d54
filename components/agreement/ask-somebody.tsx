import { Mail } from 'lucide-react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Copyable } from '#components/ui/copyable.tsx';
import type { Agreement } from './use-agreement.ts';

type AskSomebodyProps = Pick<Agreement, 'approvers' | 'me' | 'organizationName'>;

/** For those who may not accept: who can, and a message to each of them that holds the link. */
export function AskSomebody({ approvers, me, organizationName }: AskSomebodyProps) {
  const link = `${window.location.origin}/settings/agreement`;
  return (
    <Alert family="warning" title="Only owners and admins can accept the agreement">
      <p>Send one of them the link. Once it is accepted, press Send again: your draft stays as it is.</p>
      <ul className="mt-2 grid gap-2">
        {approvers.map((person) => (
          <li key={person.userId} className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <span className="min-w-0">{person.name} <span className="text-muted-foreground">· {person.role}</span></span>
            <Button asChild size="sm" icon={<Mail aria-hidden />}><a href={requestTo(person, { link, from: me?.name, organizationName })}>Write to {person.name}</a></Button>
          </li>
        ))}
      </ul>
      <p className="mt-2"><Copyable value={link} label="link to the agreement" /></p>
    </Alert>
  );
}

type Request = { link: string; from: string | undefined; organizationName: string | undefined };

/** A mail that is written already; it goes out from the reader's own mail program. */
function requestTo({ name, email }: { name: string; email: string }, { link, from, organizationName }: Request): string {
  const body = `Hello ${name},\n\nbefore ${organizationName ?? 'our organisation'} can send its first broadcast, an owner or admin has to accept the agreement on sending. Please read it here and accept it:\n${link}\n\nThank you${from ? `\n${from}` : ''}`;
  return `mailto:${encodeURIComponent(email).replace('%40', '@')}?subject=${encodeURIComponent('Please accept the agreement on sending')}&body=${encodeURIComponent(body.replaceAll('\n', '\r\n'))}`;
}

'use client';

import { useQuery } from '@tanstack/react-query';
import { Check, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { NewBroadcastButton } from '#components/broadcast/list/new-broadcast-button.tsx';
import { formatCount } from '#components/format/number.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { classNames } from '#components/ui/class-names.ts';
import { BROADCAST_SERVICE } from './home-queries.ts';

type Step = { title: string; detail: string; isDone: boolean; href: string; action: string };

/** From nothing to the first message. What is done elsewhere ticks itself. */
export function GetStarted({ broadcasts }: { broadcasts: number }) {
  const trpc = useTRPC();
  const { data: account } = useQuery(trpc.twilioAccount.read.queryOptions());
  const { data: agreement } = useQuery(trpc.agreement.read.queryOptions({ service: BROADCAST_SERVICE }));
  const { data: contacts } = useQuery(trpc.contact.list.queryOptions({ ps: 1 }));
  const steps: Step[] = [
    { title: 'Connect Twilio', detail: account ? `Connected to ${account.accountSid}${account.isSimulated ? ', the simulator: nothing reaches a phone' : ''}.` : 'Your own account sends the messages and pays for them.', isDone: Boolean(account), href: '/settings/twilio', action: 'Connect' },
    { title: 'Accept the agreement', detail: agreement?.accepted ? 'Accepted.' : 'Who is responsible for what, in four sentences. An owner or admin accepts it once.', isDone: Boolean(agreement?.accepted), href: '/settings/agreement', action: 'Read it' },
    { title: 'Add contacts', detail: contacts && contacts.total > 0 ? `${formatCount(contacts.total, 'person', 'people')}.` : 'Import a CSV file, or add people one by one.', isDone: (contacts?.total ?? 0) > 0, href: '/contacts/import', action: 'Import' },
    { title: 'Write a broadcast', detail: broadcasts > 0 ? `${formatCount(broadcasts, 'broadcast')} written, none sent yet.` : 'You see the text of each person, the time and the cost before anything is sent.', isDone: false, href: '/broadcasts', action: broadcasts > 0 ? 'Open' : 'Write' },
  ];
  const next = steps.findIndex((step) => !step.isDone);
  return (
    <Card title="Get started" description={`${steps.filter((step) => step.isDone).length} of ${steps.length} done`} isFlush>
      <ol className="divide-y max-sm:-m-2">
        {steps.map((step, index) => (
          <li key={step.title} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3.5">
            <span aria-hidden className={classNames('flex size-7 shrink-0 items-center justify-center rounded-full text-table font-semibold tabular-nums', step.isDone ? 'bg-success-tint text-success-text' : index === next ? 'bg-primary text-on-primary' : 'border text-muted-foreground')}>
              {step.isDone ? <Check className="size-4" /> : index + 1}
            </span>
            <div className="min-w-0 flex-1">
              <h3 className="text-body font-medium">{step.title}{step.isDone ? <span className="sr-only">, done</span> : null}</h3>
              <p className="text-table text-pretty text-muted-foreground">{step.detail}</p>
            </div>
            {step.isDone ? <Link href={step.href} aria-label={`Open: ${step.title}`} className="p-2 text-muted-foreground hover:text-foreground"><ChevronRight aria-hidden className="size-4" /></Link>
              : step.href === '/broadcasts' && broadcasts === 0 ? (index === next ? <NewBroadcastButton /> : null)
                : <Button asChild size="sm" variant={index === next ? 'primary' : 'secondary'}><Link href={step.href}>{step.action}<span className="sr-only">: {step.title}</span></Link></Button>}
          </li>
        ))}
      </ol>
    </Card>
  );
}

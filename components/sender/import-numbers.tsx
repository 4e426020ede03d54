import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { notify } from '#components/ui/notify.ts';
import type { SenderView } from '#server/domain/sender/schema.ts';
import { useSenderAct } from './use-sender-act.ts';
import { kindWords } from './words.ts';

/** P8: numbers that the account owns and that are not in use here yet. */
export function ImportNumbers() {
  const trpc = useTRPC();
  const { data: senders } = useSuspenseQuery(trpc.twilioAccount.senders.queryOptions());
  const unused = senders.filter(({ isInService, hasTwilioKeywords }) => !isInService && hasTwilioKeywords);
  return (
    <Card title="Use a number that you own" description="Numbers of your Twilio account that are not in your messaging service. Using one costs nothing more.">
      {unused.length > 0 ? <ul aria-label="Numbers that you own" className="divide-y">{unused.map((sender) => <Owned key={sender.id} sender={sender} />)}</ul>
        : <p className="text-body text-muted-foreground">All numbers of the account are in use. One that you buy in the Twilio Console shows here within five minutes.</p>}
    </Card>
  );
}

function Owned({ sender }: { sender: SenderView }) {
  const trpc = useTRPC();
  const router = useRouter();
  const act = useSenderAct();
  const number = formatPhone(sender.address);
  const use = useMutation(trpc.number.import.mutationOptions({
    onSuccess: async () => { await act.refresh(); notify.success('In use', { description: `${number} is in your messaging service.` }); router.push('/senders'); },
    onError: act.refused('Not added'),
  }));
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-0">
        <p className="text-body font-medium tabular-nums">{number}</p>
        <p className="text-table text-muted-foreground">{kindWords[sender.kind]}</p>
      </div>
      <Button size="sm" loading={use.isPending} aria-label={`Use ${number}`} onClick={() => { use.mutate({ phoneNumber: sender.address }); }}>Use</Button>
    </li>
  );
}

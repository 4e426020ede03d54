import { useMutation } from '@tanstack/react-query';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import { notify } from '#components/ui/notify.ts';
import type { SenderView } from '#server/domain/sender/schema.ts';
import { useSenderAct } from './use-sender-act.ts';

/** P17: makes it the number that sends when a broadcast names none. */
export function SystemMark({ sender }: { sender: SenderView }) {
  const trpc = useTRPC();
  const act = useSenderAct();
  const choose = useMutation(trpc.number.chooseSystem.mutationOptions({
    onSuccess: async () => { await act.refresh(); notify.success('Default changed', { description: `Broadcasts that name no sender go from ${formatPhone(sender.address)}.` }); },
    onError: act.refused('Not changed'),
  }));
  if (sender.isSystem || (sender.registration !== 'approved' && sender.registration !== 'not_required')) return null;
  return <Button size="sm" loading={choose.isPending} onClick={() => { choose.mutate({ id: sender.id }); }}>Make it the default</Button>;
}

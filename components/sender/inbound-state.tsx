import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/client.tsx';
import { Button } from '#components/ui/button.tsx';
import type { Family } from '#components/ui/family.ts';
import { notify } from '#components/ui/notify.ts';
import { Status } from '#components/ui/status.tsx';
import type { SenderView } from '#server/domain/sender/schema.ts';
import { useSenderAct } from './use-sender-act.ts';

const looks: Record<SenderView['inbound']['state'], { family: Family; word: string }> = {
  here: { family: 'success', word: 'Heard here' }, elsewhere: { family: 'warning', word: 'Heard elsewhere' }, nowhere: { family: 'warning', word: 'Heard by nobody' },
};

/** P73: who hears what people write to the number; one click brings it here. */
export function InboundState({ sender, mayWrite }: { sender: SenderView; mayWrite: boolean }) {
  const trpc = useTRPC();
  const act = useSenderAct();
  const repair = useMutation(trpc.number.repairInbound.mutationOptions({
    onSuccess: async ({ inbound }) => {
      await act.refresh();
      if (inbound.state === 'here') notify.success('Repaired', { description: 'Twilio hands here what people write.' });
      else notify.warning('Not repaired', { description: 'Twilio took the address, but says another one.' });
    },
    onError: act.refused('Not repaired'),
  }));
  const { state, host } = sender.inbound;
  return (
    <section aria-label="What people write" className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="min-w-0">
        <h3 className="text-body font-medium">What people write</h3>
        <p className="flex flex-wrap items-center gap-x-2 text-body">
          <Status look="plain" family={looks[state].family}>{looks[state].word}</Status>
          {state === 'here' ? null : <span className="text-table text-muted-foreground">{host ? `Twilio hands it to ${host}` : 'Twilio hands it to nobody'}, so replies, STOP and HELP are not seen here.</span>}
        </p>
      </div>
      {mayWrite && state !== 'here' ? <Button size="sm" loading={repair.isPending} onClick={() => { repair.mutate({ id: sender.id }); }}>Repair</Button> : null}
    </section>
  );
}

import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import type { Family } from '#components/ui/family.ts';
import { notify } from '#components/ui/notify.ts';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { ConnectionView, LinkView } from '#server/domain/connection/schema.ts';
import { TakeReplies } from './take-replies.tsx';

const words: Record<LinkView['status'], { family: Family; word: string }> = {
  pass: { family: 'success', word: 'Works' },
  warn: { family: 'warning', word: 'Look at this' },
  fail: { family: 'danger', word: 'Does not work' },
};

type CheckListProps = { connection: ConnectionView; mayCheck: boolean; isChecking: boolean; onCheck: () => void };

/** One row per link of the chain: what it is, how it stands, what to do. */
export function CheckList({ connection: { links, checkedAt, diagnostics }, mayCheck, isChecking, onCheck }: CheckListProps) {
  return (
    <Card
      title="Connection"
      isFlush
      description={checkedAt ? <>Tested <Time value={checkedAt} />, and every 5 minutes</> : 'Not tested yet'}
      actions={
        <>
          <Button size="sm" onClick={() => void copy(diagnostics)}>Copy diagnostics</Button>
          {mayCheck ? <Button size="sm" loading={isChecking} onClick={onCheck}>Test now</Button> : null}
        </>
      }
      footer="Diagnostics name every link with its evidence. Numbers and SIDs in them are masked, and keys are never part of them."
    >
      <p role="status" className={isChecking ? 'border-b bg-surface px-4 py-2 text-table text-muted-foreground' : 'sr-only'}>{isChecking ? 'Every link is being tested. This takes some seconds.' : ''}</p>
      <ul aria-label="Checks of the connection" className="divide-y">
        {links.map((link) => <Row key={link.name} link={link} mayRepair={mayCheck} />)}
      </ul>
    </Card>
  );
}

function Row({ link: { name, status, detail, fix, action, checkedAt }, mayRepair }: { link: LinkView; mayRepair: boolean }) {
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[10rem_1fr]">
      <div className="flex flex-wrap items-center gap-x-2 sm:block">
        <p className="text-body font-medium">{name}</p>
        <Status family={words[status].family} look="plain">{words[status].word}</Status>
        <p className="text-caption text-muted-foreground"><Time value={checkedAt} /></p>
      </div>
      <div className="grid min-w-0 content-start justify-items-start gap-1 text-body wrap-anywhere">
        <p>{detail}</p>
        {fix ? <p className="text-muted-foreground">{fix}</p> : null}
        {mayRepair && action === 'take_replies' ? <TakeReplies /> : null}
        {mayRepair && action === 'edit_keys' ? <Button asChild size="sm"><a href="#keys">Go to the keys</a></Button> : null}
      </div>
    </li>
  );
}

const copy = (text: string) =>
  navigator.clipboard.writeText(text).then(() => notify.success('Diagnostics copied'), () => notify.error('Not copied', { description: 'The browser refused. Try again with this page in front.' }));

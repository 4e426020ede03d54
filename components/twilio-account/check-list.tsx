import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import type { Family } from '#components/ui/family.ts';
import { Status } from '#components/ui/status.tsx';
import { Time } from '#components/ui/time.tsx';
import type { CheckView, TwilioAccountView } from '#server/domain/twilio-account/schema.ts';

const words: Record<CheckView['status'], { family: Family; word: string }> = {
  pass: { family: 'success', word: 'Works' },
  warn: { family: 'warning', word: 'Look at this' },
  fail: { family: 'danger', word: 'Does not work' },
};

type CheckListProps = { account: TwilioAccountView; mayCheck: boolean; isChecking: boolean; onCheck: () => void };

/** One row per link of the chain: what it is, how it stands, what to do. */
export function CheckList({ account, mayCheck, isChecking, onCheck }: CheckListProps) {
  return (
    <Card
      title="Connection"
      isFlush
      description={account.checkedAt ? <>Checked <Time value={account.checkedAt} /></> : 'Not checked yet'}
      actions={mayCheck ? <Button size="sm" loading={isChecking} onClick={onCheck}>Check</Button> : null}
    >
      {account.checks.length > 0 ? (
        <ul aria-label="Checks of the connection" className="divide-y">
          {account.checks.map((check) => <Row key={check.name} check={check} />)}
        </ul>
      ) : (
        <p className="p-4 text-body text-muted-foreground">The connection has not been checked since its keys were saved.</p>
      )}
    </Card>
  );
}

function Row({ check: { name, status, detail, fix } }: { check: CheckView }) {
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 sm:grid-cols-[10rem_1fr]">
      <div className="flex flex-wrap items-center gap-2 sm:block">
        <p className="text-body font-medium">{name}</p>
        <Status family={words[status].family} look="plain">{words[status].word}</Status>
      </div>
      <div className="min-w-0 text-body wrap-anywhere">
        <p>{detail}</p>
        {fix ? <p className="text-muted-foreground">{fix}</p> : null}
      </div>
    </li>
  );
}

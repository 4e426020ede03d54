import { Alert } from '#components/ui/alert.tsx';
import { Checkbox } from '#components/ui/checkbox.tsx';
import type { Agreement } from './use-agreement.ts';

/** The tick for those who may accept; the names of those who may for everybody else. */
export function AcceptControl({ agreement }: { agreement: Agreement }) {
  if (agreement.mayAccept === undefined) return null;
  if (!agreement.mayAccept) return <AskSomebody names={agreement.approvers} />;
  return (
    <Checkbox
      label="I accept this for my organisation."
      checked={agreement.isTicked}
      onChange={(event) => agreement.tick(event.target.checked)}
      error={agreement.problem ?? undefined}
    />
  );
}

function AskSomebody({ names }: { names: readonly string[] }) {
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
  return <Alert family="warning" title="Only owners and admins can accept the agreement">{names.length > 0 ? `Ask ${list}.` : 'Ask one of them.'}</Alert>;
}

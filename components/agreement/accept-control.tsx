import { Checkbox } from '#components/ui/checkbox.tsx';
import { AskSomebody } from './ask-somebody.tsx';
import type { Agreement } from './use-agreement.ts';

/** The tick for those who may accept, with the name and role that will stand under it; whom to ask for everybody else. */
export function AcceptControl({ agreement }: { agreement: Agreement }) {
  if (agreement.mayAccept === undefined) return null;
  if (!agreement.mayAccept) return <AskSomebody {...agreement} />;
  return (
    <div className="grid gap-3">
      <Signature {...agreement} />
      <Checkbox
        label="I accept this for my organisation."
        checked={agreement.isTicked}
        onChange={(event) => agreement.tick(event.target.checked)}
        error={agreement.problem ?? undefined}
      />
    </div>
  );
}

function Signature({ me, role, organizationName }: Pick<Agreement, 'me' | 'role' | 'organizationName'>) {
  if (!me) return null;
  const facts = [['Name', me.name], ['Role', role], ['Organisation', organizationName]];
  return (
    <dl aria-label="Accepted by" className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-0.5 text-body">
      {facts.map(([term, detail]) => <div key={term} className="contents"><dt className="text-muted-foreground">{term}</dt><dd className="truncate first-letter:uppercase">{detail}</dd></div>)}
    </dl>
  );
}

import Link from 'next/link';
import { rowsHref } from '#components/broadcast/delivery-states.ts';
import { formatCount } from '#components/format/number.ts';
import { formatPercent } from '#components/format/percent.ts';
import { Card } from '#components/ui/card.tsx';
import type { ReportView } from '#server/domain/broadcast/schema.ts';
import { Definition } from './definition.tsx';
import { CountLink } from './figure.tsx';
import { GroupActions } from './group-actions.tsx';

type Failure = ReportView['errors'][number];
export type FailureGroup = Failure['group'];

/** What can be done, in the order in which it is worth doing. */
const groups: ReadonlyArray<{ group: FailureGroup; title: string; help: string }> = [
  { group: 'fix_registration', title: 'Fix the sender or its registration', help: 'The number, its registration or the Twilio account stood in the way. Once it is mended these people can be tried again.' },
  { group: 'fix_text', title: 'Fix the text', help: 'Carriers filtered the message or the text did not fit. Change it, then try these people again.' },
  { group: 'fix_list', title: 'Fix the list', help: 'These numbers cannot get texts. Trying again costs money and will fail.' },
  { group: 'try_later', title: 'Try again later', help: 'Phones were off, or carriers were busy. Many of these get through a day later.' },
  { group: 'nothing', title: 'Nothing to do', help: 'It was these people’s choice, or nobody said why.' },
];

type DeliveryErrorsProps = { broadcastId: string | null; errors: ReportView['errors']; total: number };

/** What went wrong, by what to do about it, in plain words; Twilio's code stands second. */
export function DeliveryErrors({ broadcastId, errors, total }: DeliveryErrorsProps) {
  const failed = errors.reduce((sum, { count }) => sum + count, 0);
  return (
    <Card
      title={<>What went wrong <Definition of="What went wrong">Messages that Twilio refused or the carrier gave back, by what can be done about them. People who were left out on purpose are not among them.</Definition></>}
      description={failed > 0 ? `${formatCount(failed, 'message')} not delivered, ${formatPercent(failed, total)} of all.` : undefined} isFlush={failed > 0}
    >
      {failed === 0 ? <p className="text-body text-muted-foreground">Nothing. No message was returned or refused.</p> : (
        <div className="divide-y">
          {groups.map(({ group, ...words }) => {
            const alike = errors.filter((error) => error.group === group);
            return alike.length > 0 ? <Group key={group} broadcastId={broadcastId} group={group} {...words} failures={alike} total={total} /> : null;
          })}
        </div>
      )}
    </Card>
  );
}

type GroupProps = { broadcastId: string | null; group: FailureGroup; title: string; help: string; failures: Failure[]; total: number };

function Group({ broadcastId, group, title, help, failures, total }: GroupProps) {
  const count = failures.reduce((sum, failure) => sum + failure.count, 0);
  const groupHref = hrefOfGroup(broadcastId, failures);
  return (
    <section aria-label={title} className="px-4 py-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 max-w-prose">
          <h3 className="text-body font-semibold">{title} <span className="font-normal text-muted-foreground tabular-nums">· {groupHref ? <Link href={groupHref} className="text-link underline underline-offset-3 pointer-coarse:py-3">{formatCount(count, 'message')}<span className="sr-only">: {title}, show them</span></Link> : formatCount(count, 'message')}</span></h3>
          <p className="text-table text-muted-foreground">{help}</p>
        </div>
        {broadcastId === null ? null : <GroupActions broadcastId={broadcastId} group={group} causes={failures.map(({ code, reason }) => ({ code, reason }))} count={count} />}
      </div>
      <ul className="mt-2 grid gap-1.5">
        {failures.map((failure) => <Cause key={`${failure.code}-${failure.reason}`} broadcastId={broadcastId} failure={failure} total={total} />)}
      </ul>
    </section>
  );
}

function Cause({ broadcastId, failure, total }: { broadcastId: string | null; failure: Failure; total: number }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-6 border-l-2 pl-3">
      <div className="min-w-0">
        <p className="text-body">{failure.title}{failure.code === null ? null : <> <CodeLink code={failure.code} /></>}</p>
        <p className="text-table text-muted-foreground">{failure.help}{failure.action && failure.action !== 'Nothing to do' ? <> <Advice broadcastId={broadcastId} failure={failure} /></> : null}</p>
      </div>
      <p className="text-right text-body tabular-nums">
        <span className="font-semibold"><CountLink row={{ name: `messages: ${failure.title}`, count: failure.count, href: hrefOfGroup(broadcastId, [failure]) ?? rowsHref(broadcastId) }} /></span>
        <span className="text-table text-muted-foreground"> · {formatPercent(failure.count, total)}</span>
      </p>
    </li>
  );
}

const FILTERED = 30007;

/** What was delivered can be looked at beside what the carrier filtered; everything else is done by the group's buttons, or elsewhere. */
function Advice({ broadcastId, failure: { code, action } }: { broadcastId: string | null; failure: Failure }) {
  const href = code === FILTERED ? rowsHref(broadcastId, { status: 'delivered' }) : null;
  if (!href) return <span className="font-medium text-foreground">{action}.</span>;
  return <Link href={href} className="font-medium text-link underline underline-offset-3 pointer-coarse:py-3">{action}</Link>;
}

/** The log takes codes or reasons, not both at once. */
function hrefOfGroup(broadcastId: string | null, failures: Failure[]): string | null {
  const codes = failures.flatMap(({ code }) => code ?? []);
  if (codes.length === failures.length) return rowsHref(broadcastId, { search: `code:${codes.join(',')}` });
  const reasons = failures.flatMap(({ reason }) => reason ?? []);
  return codes.length === 0 && reasons.length === failures.length ? rowsHref(broadcastId, { search: `status:failed,undelivered reason:${reasons.join(',')}` }) : null;
}

function CodeLink({ code }: { code: number }) {
  return (
    <a href={`https://www.twilio.com/docs/api/errors/${code}`} target="_blank" rel="noreferrer" className="ml-1 font-mono text-caption text-muted-foreground underline underline-offset-3">
      {code}<span className="sr-only"> at Twilio, opens a new tab</span>
    </a>
  );
}

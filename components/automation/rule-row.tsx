'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';
import { formatCount, formatNumber } from '#components/format/number.ts';
import { formatPhone } from '#components/format/phone.ts';
import { useTRPC } from '#components/trpc/client.tsx';
import { Alert } from '#components/ui/alert.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { Button } from '#components/ui/button.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Status } from '#components/ui/status.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { Time } from '#components/ui/time.tsx';
import type { RuleFlag, RuleView } from '#server/domain/automation/schema.ts';
import { useRuleActs } from './use-rules.ts';
import { describeAction, matchNames } from './words.ts';

type RuleRowProps = { rule: RuleView; rules: readonly RuleView[]; mayWrite: boolean };

/** One rule: what it listens to, what it does, what it did, and what is wrong with it. */
export function RuleRow({ rule, rules, mayWrite }: RuleRowProps) {
  const acts = useRuleActs(rules);
  const place = rule.priority - 1;
  const move = (by: -1 | 1) => acts.moveTo(rule, place + by, () => refocus(`${by < 0 ? 'up' : 'down'}-${rule.id}`, `${by < 0 ? 'down' : 'up'}-${rule.id}`));
  return (
    <article aria-labelledby={`rule-${rule.id}`} className="rounded-card border bg-background p-3 sm:p-4">
      <div className="flex items-start gap-3">
        {mayWrite && rules.length > 1 ? (
          <div className="-mt-1 -ml-1 flex shrink-0 flex-col">
            <IconButton id={`up-${rule.id}`} size="sm" label={`Move ${rule.name} up`} icon={<ArrowUp aria-hidden />} disabled={place === 0} onClick={() => move(-1)} />
            <IconButton id={`down-${rule.id}`} size="sm" label={`Move ${rule.name} down`} icon={<ArrowDown aria-hidden />} disabled={place === rules.length - 1} onClick={() => move(1)} />
          </div>
        ) : null}
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <h2 id={`rule-${rule.id}`} className="min-w-0 text-reading font-semibold"><Link href={`/automations/${rule.id}`} className="break-words underline-offset-3 hover:underline pointer-coarse:inline-block pointer-coarse:py-2">{rule.name}</Link></h2>
            {mayWrite ? <Switch label={<><span className="sr-only">{rule.name}: </span>On</>} checked={rule.isEnabled} onCheckedChange={(isEnabled) => acts.setEnabled(rule, isEnabled)} className="items-center" />
              : <Status family={rule.isEnabled ? 'success' : 'neutral'}>{rule.isEnabled ? 'On' : 'Off'}</Status>}
          </div>
          <p className="mt-1 flex flex-wrap items-center gap-1.5 text-table text-muted-foreground">
            {matchNames[rule.match]} {rule.keywords.map((keyword) => <Badge key={keyword} className="max-w-full font-mono text-foreground"><span className="truncate">{keyword.toUpperCase()}</span></Badge>)}
            <span>{rule.senders.length === 0 ? 'on all numbers' : `on ${rule.senders.map((sender) => `${formatPhone(sender)}${sender.startsWith('whatsapp:') ? ' (WhatsApp)' : ''}`).join(', ')}`}</span>
          </p>
          <Effects rule={rule} />
          <p className="mt-2 text-table text-muted-foreground">
            <Figures rule={rule} />
          </p>
        </div>
      </div>
      {rule.flags.map((flag) => <Flag key={flag.message} flag={flag} rule={rule} mayWrite={mayWrite} isMoving={acts.isMoving} onMove={() => acts.moveTo(rule, rules.findIndex(({ id }) => id === flag.otherId))} />)}
    </article>
  );
}

/** The pressed button stands elsewhere now, and at the end it cannot be pressed: then the one beside it takes the focus. */
function refocus(...ids: string[]) {
  requestAnimationFrame(() => {
    const controls = ids.map((id) => document.getElementById(id));
    controls.find((control) => control instanceof HTMLButtonElement && !control.disabled)?.focus();
  });
}

function Effects({ rule }: { rule: RuleView }) {
  const trpc = useTRPC();
  const { data: lists = [] } = useQuery({ ...trpc.audience.lists.queryOptions(), enabled: rule.actions.some(({ type }) => type === 'add_to_list') });
  const names = new Map(lists.map(({ id, name }) => [id, name]));
  return <p className="mt-1.5 text-body break-words">{rule.actions.map((action) => describeAction(action, names)).join(' · ')}</p>;
}

function Figures({ rule }: { rule: RuleView }) {
  if (rule.fired + rule.heldBack + rule.nearMisses === 0) return <>Has not acted yet</>;
  return (
    <>
      Acted {formatNumber(rule.fired)}×{rule.lastFiredAt ? <>, last <Time value={rule.lastFiredAt} /></> : null}
      {rule.heldBack > 0 ? ` · held back ${formatNumber(rule.heldBack)}×` : ''}
      {rule.nearMisses > 0 ? <> · <Link href={`/automations/${rule.id}#near-misses`} className="underline underline-offset-3">{formatCount(rule.nearMisses, 'near miss', 'near misses')}</Link></> : null}
    </>
  );
}

function Flag({ flag, rule, mayWrite, isMoving, onMove }: { flag: RuleFlag; rule: RuleView; mayWrite: boolean; isMoving: boolean; onMove: () => void }) {
  const fix = flag.isMovable ? <Button size="sm" loading={isMoving} onClick={onMove}>Ask it before “{flag.otherName}”</Button> : <Button size="sm" asChild><Link href={`/automations/${rule.id}`}>Change its words</Link></Button>;
  const remedy = flag.kind === 'lost' ? <Button size="sm" asChild><Link href={`/automations/${rule.id}`}>Change it</Link></Button> : fix;
  return <Alert family="warning" className="mt-3" title={flag.kind === 'shadowed' ? 'Shadowed' : flag.kind === 'taken_word' ? 'Conflict' : 'Something is gone'} action={mayWrite ? remedy : undefined}>{flag.message}</Alert>;
}

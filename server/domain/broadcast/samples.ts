import type { Tx } from '#db/index.ts';
import { channels, type Composed } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { samplePeople } from '#server/domain/broadcast/estimate.ts';
import type { Interesting } from '#server/domain/broadcast/measure.ts';
import { readAddressees } from '#server/domain/broadcast/missing-values.ts';
import { readDraft } from '#server/domain/broadcast/pinned-template.ts';
import type { BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';

type Sample = PreviewView['samples'][number];

/** The messages of some real people: first those `found` worth a look, of each kind of message, each person once with all labels, then others. */
export async function renderSamples(tx: Tx, ctx: Context, broadcast: BroadcastRow, found: Interesting[], count: number): Promise<Sample[]> {
  const composer = channels[broadcast.channel].prepare(await readDraft(tx, ctx, broadcast));
  const hasWindow = channels[broadcast.channel].windowSeconds !== null;
  const interesting = await readAddressees(tx, ctx, broadcast, found);
  const others = await samplePeople(tx, ctx, broadcast, count);
  const labels = new Map<string, Sample['labels']>();
  for (const { contactId, label } of interesting) labels.set(contactId, [...(labels.get(contactId) ?? []), label]);
  const chosen = new Map([...interesting, ...others].map((each) => [each.contactId, each]));
  const samples = [...chosen.values()].slice(0, count).map(({ contactId, recipient, person, to }): Sample => {
    const composed = composer.compose(person, to);
    const name = [person.contact.firstName, person.contact.lastName].filter(Boolean).join(' ') || recipient;
    const other = hasWindow ? told(composer.compose(person, { ...to, isWindowOpen: !to.isWindowOpen })) : null;
    return { contactId, recipient, name, isWindowOpen: to.isWindowOpen, labels: labels.get(contactId) ?? [], segments: 'skip' in composed ? 0 : composed.segments, ...told(composed), other };
  });
  return truthful(samples);
}

/** A message in the words of the preview. */
const told = (composed: Composed): NonNullable<Sample['other']> => ('skip' in composed
  ? { text: '', method: null, skip: composed.skip, missing: composed.missing, values: {} }
  : { text: composed.body, method: composed.method, skip: null, missing: composed.missing, values: composed.method === 'template' ? composed.contentVariables : {} });

/** Lengths that Postgres worked out are checked against the texts: nobody is called the longest beside a longer one, or when all are alike. */
function truthful(samples: Sample[]): Sample[] {
  const sent = samples.filter(({ skip }) => skip === null);
  const lengths = sent.map(({ text }) => text.length);
  const [longest, shortest] = [Math.max(0, ...lengths), Math.min(...lengths)];
  const segments = sent.map((sample) => sample.segments);
  const [most, fewest] = [Math.max(0, ...segments), Math.min(...segments)];
  const isTrue = ({ text, segments: own }: Sample) => ({
    longest: longest > shortest && own === most && (most > fewest || text.length === longest), shortest: longest > shortest && own === fewest && (most > fewest || text.length === shortest), missing: true, unicode: true,
  });
  return samples.map((sample) => ({ ...sample, labels: sample.labels.filter((label) => isTrue(sample)[label]) }));
}

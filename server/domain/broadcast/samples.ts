import type { Tx } from '#db/index.ts';
import { channels } from '#server/channels/index.ts';
import type { Context } from '#server/context.ts';
import { readPeople } from '#server/domain/audience/people.ts';
import { samplePeople } from '#server/domain/broadcast/estimate.ts';
import { interestingPeople } from '#server/domain/broadcast/measure.ts';
import { draftOf, type BroadcastRow } from '#server/domain/broadcast/row.ts';
import type { PreviewView } from '#server/domain/broadcast/schema.ts';

type Sample = PreviewView['samples'][number];

/** The messages of some real people: first those worth a look, each once with all its labels, then others. */
export async function renderSamples(tx: Tx, ctx: Context, broadcast: BroadcastRow, count: number): Promise<Sample[]> {
  const composer = channels[broadcast.channel].prepare(draftOf(broadcast));
  const interesting = await readPeople(tx, ctx, broadcast.id, await interestingPeople(tx, ctx, broadcast, composer.text));
  const { people: others } = await samplePeople(tx, ctx, broadcast, count);
  const labels = new Map<string, Sample['labels']>();
  for (const { contactId, label } of interesting) labels.set(contactId, [...(labels.get(contactId) ?? []), label]);
  const chosen = new Map([...interesting, ...others].map((each) => [each.contactId, each]));
  const samples = [...chosen.values()].slice(0, count).map(({ contactId, recipient, person }): Sample => {
    const composed = composer.compose(person);
    const name = [person.contact.firstName, person.contact.lastName].filter(Boolean).join(' ') || recipient;
    const told = 'skip' in composed ? { text: '', segments: 0, skip: composed.skip } : { text: composed.body, segments: composed.segments, skip: null };
    return { contactId, recipient, name, labels: labels.get(contactId) ?? [], missing: composed.missing, ...told };
  });
  return truthful(samples);
}

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

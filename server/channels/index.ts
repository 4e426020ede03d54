import type { Channel, ChannelId } from './channel.ts';
import { sms } from './sms/index.ts';
import { whatsapp } from './whatsapp/index.ts';

/** P2: every channel of the product. A channel without an implementation does not compile. */
export const channels: Record<ChannelId, Channel> = { sms, whatsapp };

export {
  channelIds, type Addressee, type Channel, type ChannelId, type Composed, type Composer, type Draft, type DraftProblem, type ListPrice, type Method, type PricedMessage, type Skip, type Warning, type Way,
} from './channel.ts';
export { compileText, textFault, type CompiledText, type MissingValue, type MissingValues, type Person, type TextPart } from './text.ts';
export { countSegments, type SegmentCount } from './sms/segments.ts';

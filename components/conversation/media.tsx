import { Download, Paperclip } from 'lucide-react';
import type { MessageView } from '#server/domain/conversation/schema.ts';

type Media = MessageView['media'][number];

/** Pictures that every browser shows; what else calls itself a picture is offered as a file. */
const pictures = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);

/** The files of a message. Theirs come through this application; ours stand at an address of somebody else, which is named and not loaded. */
export function MediaList({ media, from }: { media: readonly Media[]; from: string }) {
  return <div className="mb-1 grid gap-1.5">{media.map((each, index) => <File key={index} media={each} from={from} />)}</div>;
}

function File({ media: { url, contentType }, from }: { media: Media; from: string }) {
  if (!url.startsWith('/')) return <FileLink url={url} label={nameIn(url)} isForeign />;
  const kind = contentType.split('/')[0];
  if (pictures.has(contentType)) {
    return (
      <a href={url} target="_blank" rel="noreferrer" className="block w-64 max-w-full overflow-hidden rounded-card bg-hover">
        {/* A height of its own: what comes late must not move what is read. No optimizer, see next.config.js. */}
        {/* oxlint-disable-next-line nextjs/no-img-element */}
        <img src={url} alt={`Sent by ${from}`} loading="lazy" className="h-44 w-full object-cover" />
      </a>
    );
  }
  // Nobody has captions of what a person sent.
  // oxlint-disable-next-line jsx-a11y/media-has-caption
  if (kind === 'audio') return <audio controls preload="none" src={url} aria-label={`Sound from ${from}`} className="h-11 w-64 max-w-full" />;
  // oxlint-disable-next-line jsx-a11y/media-has-caption
  if (kind === 'video') return <video controls preload="none" src={url} aria-label={`Video from ${from}`} className="h-44 w-64 max-w-full rounded-card bg-hover" />;
  return <FileLink url={url} label={fileWords[contentType] ?? `File (${contentType || 'unknown kind'})`} />;
}

const fileWords: Record<string, string> = { 'application/pdf': 'PDF document', 'text/vcard': 'Contact card', 'text/x-vcard': 'Contact card', 'text/calendar': 'Calendar entry' };

function FileLink({ url, label, isForeign = false }: { url: string; label: string; isForeign?: boolean }) {
  const Icon = isForeign ? Paperclip : Download;
  return (
    <a href={url} {...(isForeign ? { target: '_blank', rel: 'noreferrer noopener' } : { download: true })} className="flex min-h-9 max-w-full items-center gap-2 rounded-control border bg-background px-3 py-1.5 text-table text-link underline-offset-3 hover:underline pointer-coarse:min-h-11">
      <Icon aria-hidden className="size-4 shrink-0" /><span className="min-w-0 truncate">{label}</span>
    </a>
  );
}

const nameIn = (url: string) => url.split(/[?#]/)[0]?.split('/').at(-1) || url;

import type { toast as Toast } from 'sonner';

export type NotifyOptions = {
  description?: string;
  /** Adds an Undo button and keeps the message for ten seconds. */
  undo?: () => void;
  /** Another act than undo: `{ label: 'Open', onClick }`. */
  action?: { label: string; onClick: () => void };
};

type Kind = 'success' | 'info' | 'warning' | 'error';
type Entry = { kind: Kind; message: string; options: NotifyOptions };

const waiting: Entry[] = [];
let show: typeof Toast | undefined;
let onWanted: (() => void) | undefined;

/**
 * A short message in the corner, from anywhere in client code. It vanishes: what must not be missed belongs in the page.
 * For what can be taken back act at once and pass `undo`.
 */
export const notify = {
  success: (message: string, options: NotifyOptions = {}) => push({ kind: 'success', message, options }),
  info: (message: string, options: NotifyOptions = {}) => push({ kind: 'info', message, options }),
  warning: (message: string, options: NotifyOptions = {}) => push({ kind: 'warning', message, options }),
  error: (message: string, options: NotifyOptions = {}) => push({ kind: 'error', message, options }),
};

/** The toaster loads its code late; this tells it when a message is waiting. */
export function whenWanted(callback: () => void): () => void {
  onWanted = callback;
  if (waiting.length > 0) callback();
  return () => {
    onWanted = undefined;
  };
}

/** Called by the toaster once it is on the page. */
export function connectToaster(toast: typeof Toast): () => void {
  show = toast;
  for (const entry of waiting.splice(0)) present(toast, entry);
  return () => {
    show = undefined;
  };
}

function push(entry: Entry) {
  if (show) return present(show, entry);
  waiting.push(entry);
  onWanted?.();
}

function present(toast: typeof Toast, { kind, message, options }: Entry) {
  const action = options.undo ? { label: 'Undo', onClick: options.undo } : options.action;
  toast[kind](message, {
    description: options.description,
    action,
    duration: action || kind === 'error' ? 10_000 : 5_000,
  });
}

/** What the editor shows about its own text: is it safe? */
export type SaveState =
  | { kind: 'saved'; at: Date }
  | { kind: 'unsaved' }
  | { kind: 'saving' }
  /** `message`: what the server answered; the change is kept and tried again. */
  | { kind: 'failed'; message: string }
  /** Somebody else saved meanwhile; nothing is written until a person decides. */
  | { kind: 'conflict' };

type Saved = { version: number };
type AutosaveOptions<Fields, Result extends Saved> = {
  version: number;
  savedAt: Date;
  /** Writes what changed on top of `version`. Rejects when it was not written. */
  save: (changes: Partial<Fields>, version: number) => Promise<Result>;
  isConflict: (error: unknown) => boolean;
  onState: (state: SaveState) => void;
  onSaved: (result: Result) => void;
};

const QUIET = 800; // ms after the last key
const RETRY = 5_000; // ms after a save that failed

export type Autosave<Fields> = ReturnType<typeof createAutosave<Fields, Saved>>;

/**
 * Saves what changed, one request at a time, each on top of the version that the one before returned. A change is forgotten only
 * when the server has confirmed it: a failed save is tried again together with whatever was typed since.
 */
export function createAutosave<Fields, Result extends Saved>(options: AutosaveOptions<Fields, Result>) {
  let version = options.version;
  let pending: Partial<Fields> = {};
  let running: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let state: SaveState = { kind: 'saved', at: options.savedAt };

  const show = (next: SaveState) => { state = next; options.onState(next); };
  const isPending = () => Object.keys(pending).length > 0;
  const later = (delay: number) => { clearTimeout(timer); timer = setTimeout(() => void flush(), delay); };

  async function write() {
    const changes = pending;
    pending = {};
    show({ kind: 'saving' });
    try {
      const result = await options.save(changes, version);
      version = result.version;
      options.onSaved(result);
      show(isPending() ? { kind: 'unsaved' } : { kind: 'saved', at: new Date() });
    } catch (error) {
      pending = { ...changes, ...pending };
      if (options.isConflict(error)) return show({ kind: 'conflict' });
      show({ kind: 'failed', message: error instanceof Error ? error.message : 'The server could not be reached.' });
      later(RETRY);
    }
  }

  /** Saves now whatever is not saved. Answers whether everything is safe. */
  async function flush(): Promise<boolean> {
    clearTimeout(timer);
    while (running) await running;
    if (isPending() && state.kind !== 'conflict') {
      running = write().finally(() => { running = null; });
      await running;
      if (isPending() && state.kind === 'unsaved') return flush();
    }
    return !isPending();
  }

  return {
    flush,
    isSafe: () => !isPending() && !running,
    version: () => version,
    change(changes: Partial<Fields>) {
      pending = { ...pending, ...changes };
      if (state.kind === 'conflict') return;
      if (!running) show({ kind: 'unsaved' });
      later(QUIET);
    },
    /** After a conflict: write all that I see on top of theirs, also what I had saved before they wrote. */
    keepMine(theirs: Saved, mine: Partial<Fields>) {
      pending = { ...mine, ...pending };
      version = theirs.version;
      show({ kind: 'unsaved' });
      return flush();
    },
    /** Drop what is not saved and go on from theirs. */
    takeTheirs(theirs: Saved, at: Date) {
      clearTimeout(timer);
      pending = {};
      version = theirs.version;
      show({ kind: 'saved', at });
    },
    stop: () => clearTimeout(timer),
  };
}

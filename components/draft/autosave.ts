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
  /** All that the server has not confirmed, whenever that changes; null: nothing. For a copy that survives a crash. */
  keep?: (unsaved: Partial<Fields> | null) => void;
};

const QUIET = 800; // ms after the last key
const RETRY = 5_000; // ms after a save that failed

/**
 * Saves what changed, one request at a time, each on top of the version that the one before returned. A change is forgotten only
 * when the server has confirmed it: a failed save is tried again together with whatever was typed since.
 */
export class Autosave<Fields, Result extends Saved = Saved> {
  readonly #options: AutosaveOptions<Fields, Result>;
  #version: number;
  #pending: Partial<Fields> = {};
  #inFlight: Partial<Fields> = {};
  #running: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: SaveState;

  constructor(options: AutosaveOptions<Fields, Result>) {
    this.#options = options;
    this.#version = options.version;
    this.#state = { kind: 'saved', at: options.savedAt };
  }

  get version(): number { return this.#version; }

  /** Everything that was typed is on the server. */
  get isSafe(): boolean { return !this.#isPending() && !this.#running; }

  change(changes: Partial<Fields>): void {
    this.#pending = { ...this.#pending, ...changes };
    this.#keep();
    if (this.#state.kind === 'conflict') return;
    if (!this.#running) this.#show({ kind: 'unsaved' });
    this.#later(QUIET);
  }

  /** Saves now whatever is not saved. Answers whether everything is safe. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    while (this.#running) await this.#running;
    if (this.#isPending() && this.#state.kind !== 'conflict') {
      this.#running = this.#write().finally(() => { this.#running = null; });
      await this.#running;
      if (this.#isPending() && this.#state.kind === 'unsaved') return this.flush();
    }
    return !this.#isPending();
  }

  /** After a conflict: write all that I see on top of theirs, also what I had saved before they wrote. */
  keepMine(theirs: Saved, mine: Partial<Fields>): Promise<boolean> {
    this.#pending = { ...mine, ...this.#pending };
    this.#version = theirs.version;
    this.#show({ kind: 'unsaved' });
    return this.flush();
  }

  /** Drop what is not saved and go on from theirs. */
  takeTheirs(theirs: Saved, at: Date): void {
    clearTimeout(this.#timer);
    this.#pending = {};
    this.#keep();
    this.#version = theirs.version;
    this.#show({ kind: 'saved', at });
  }

  stop(): void { clearTimeout(this.#timer); }

  async #write() {
    const changes = this.#pending;
    this.#inFlight = changes;
    this.#pending = {};
    this.#show({ kind: 'saving' });
    try {
      const result = await this.#options.save(changes, this.#version);
      this.#version = result.version;
      this.#inFlight = {};
      this.#keep();
      this.#options.onSaved(result);
      this.#show(this.#isPending() ? { kind: 'unsaved' } : { kind: 'saved', at: new Date() });
    } catch (error) {
      this.#pending = { ...changes, ...this.#pending };
      this.#inFlight = {};
      if (this.#options.isConflict(error)) return this.#show({ kind: 'conflict' });
      this.#show({ kind: 'failed', message: error instanceof Error ? error.message : 'The server could not be reached.' });
      this.#later(RETRY);
    }
  }

  #keep() {
    const unsaved = { ...this.#inFlight, ...this.#pending };
    this.#options.keep?.(Object.keys(unsaved).length > 0 ? unsaved : null);
  }

  #isPending() { return Object.keys(this.#pending).length > 0; }

  #later(delay: number) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), delay);
  }

  #show(next: SaveState) {
    this.#state = next;
    this.#options.onState(next);
  }
}

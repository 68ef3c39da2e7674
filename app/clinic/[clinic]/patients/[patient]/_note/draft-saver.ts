import type { LocalStore } from "./local-drafts.ts";

/** A pause, and the longest that somebody who never pauses types unsaved, in milliseconds. */
const pauseMs = 700;
const longestMs = 5_000;
/** The browser's own copy follows the fingers closer. */
const localPauseMs = 200;
const retryMs = [1_500, 3_000, 6_000, 12_000, 30_000] as const;

/** Why a save was refused, as the server says it. */
export interface Refusal {
  readonly key: string;
  readonly details: Readonly<Record<string, unknown>>;
}

export type SaverState =
  | { readonly is: "untouched" }
  | { readonly is: "unsaved" }
  | { readonly is: "saving" }
  | { readonly is: "saved"; readonly at: Date }
  /** The network is away, or the session: kept here, sent later by itself. */
  | { readonly is: "waiting" }
  /** The server refuses this text: kept here, and tried again when it changes. */
  | { readonly is: "refused"; readonly refusal: Refusal }
  /** Somebody else signed it, holds it, or wrote: nothing is sent any more, and what was typed is kept here. */
  | { readonly is: "apart"; readonly refusal: Refusal };

export interface SaverOptions<Content> {
  /** Of the note or the letter. */
  readonly id: string;
  readonly revision: number;
  readonly content: Content;
  save(content: Content, revision: number, saveId: string): Promise<{ revision: number; savedAt: Date }>;
  /** What the server refused; undefined when nobody answered. */
  refusalOf(error: unknown): Refusal | undefined;
  /** Null in a browser that cannot keep anything. */
  readonly store: Promise<LocalStore<Content> | null>;
  onState(state: SaverState): void;
}

export interface DraftSaver<Content> {
  change(content: Content): void;
  /** Sends all that was typed now. @returns the revision that holds it. Rejects when it could not be sent. */
  flush(): Promise<number>;
  /** The network is back. */
  retry(): void;
  /** What was typed last, sent or not. */
  content(): Content;
  /** Whether everything typed is on the server. */
  isSaved(): boolean;
  dispose(): void;
}

const apart = ["note.signed", "note.held", "note.moved", "letter.signed", "letter.moved", "notFound"];

/**
 * Brings what is typed to the server at each pause, one save at a time, each on top of the one before; and to this browser, encrypted, before
 * that. A save whose answer was lost is sent again as it was (same id, same revision) before anything newer, so that a writer never meets
 * their own text as somebody else's.
 */
export function createDraftSaver<Content>(options: SaverOptions<Content>): DraftSaver<Content> {
  const { id, store } = options;
  let { revision, content } = options;
  let saved = content;
  let attempt: { content: Content; saveId: string } | undefined;
  let sending: Promise<void> | undefined;
  let since: number | undefined;
  let failures = 0;
  let ended = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let localTimer: ReturnType<typeof setTimeout> | undefined;
  let local: Promise<void> = Promise.resolve();

  const isSaved = () => content === saved && !attempt;
  const say = (state: SaverState) => {
    if (!ended) options.onState(state);
  };

  function keepLocal(): void {
    clearTimeout(localTimer);
    localTimer = undefined;
    const draft = { content, revision, at: Date.now() };
    local = local.then(async () => (await store)?.keep(id, draft)).catch(() => undefined);
  }

  function dropLocal(): void {
    clearTimeout(localTimer);
    localTimer = undefined;
    local = local
      .then(async () => {
        if (isSaved()) await (await store)?.drop(id);
      })
      .catch(() => undefined);
  }

  function schedule(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void send().catch(() => undefined), ms);
  }

  function send(): Promise<void> {
    clearTimeout(timer);
    if (stopped || isSaved()) return sending ?? Promise.resolve();
    sending ??= sendOnce().finally(() => {
      sending = undefined;
    });
    return sending;
  }

  async function sendOnce(): Promise<void> {
    attempt ??= { content, saveId: crypto.randomUUID() };
    const tried = attempt;
    if (failures === 0) say({ is: "saving" });
    try {
      const answer = await options.save(tried.content, revision, tried.saveId);
      revision = answer.revision;
      saved = tried.content;
      attempt = undefined;
      failures = 0;
      since = content === saved ? undefined : Date.now();
      if (isSaved()) {
        say({ is: "saved", at: answer.savedAt });
        dropLocal();
      } else {
        keepLocal();
        schedule(pauseMs);
      }
    } catch (error) {
      const refusal = options.refusalOf(error);
      keepLocal();
      if (!refusal) {
        failures += 1;
        say({ is: "waiting" });
        if (!ended) schedule(retryMs[Math.min(failures - 1, retryMs.length - 1)] as number);
      } else if (apart.includes(refusal.key)) {
        stopped = true;
        say({ is: "apart", refusal });
      } else {
        // Refused whole: another text is another save.
        attempt = undefined;
        failures = 0;
        say({ is: "refused", refusal });
      }
      throw error;
    }
  }

  return {
    change(next) {
      content = next;
      if (stopped) return keepLocal();
      localTimer ??= setTimeout(keepLocal, localPauseMs);
      since ??= Date.now();
      if (failures > 0) return;
      say({ is: "unsaved" });
      schedule(Math.max(0, Math.min(pauseMs, since + longestMs - Date.now())));
    },
    async flush() {
      while (!isSaved()) {
        if (stopped) throw new Error("the draft is apart");
        await send();
      }
      return revision;
    },
    retry() {
      if (failures > 0) schedule(0);
    },
    content: () => content,
    isSaved,
    dispose() {
      ended = true;
      clearTimeout(timer);
      if (localTimer) keepLocal();
      if (!isSaved() && !stopped) void send().catch(() => undefined);
    },
  };
}

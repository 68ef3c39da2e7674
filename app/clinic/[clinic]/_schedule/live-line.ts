/** What a clinic's live line tells of. */
const topics = ["schedule", "document", "task", "discussion", "note"] as const;
export type Topic = (typeof topics)[number];

interface Listener {
  readonly topic: Topic;
  readonly onChange: () => void;
  readonly onDown: (since: Date | undefined) => void;
}

/** Events that come together are one reading. */
const together = 40;
/** A line that comes back within this time was never down, to a reader. */
const grace = 2_000;
const firstRetry = 3_000;
const lastRetry = 60_000;

/** One line per clinic and page, however many parts of the page listen: a browser opens six connections to one server, and a session has four. */
const lines = new Map<string, { listeners: Set<Listener>; close: () => void; downSince: () => Date | undefined }>();

/** Listens until the function that it gives is called. */
export function listenLive(clinic: string, listener: Listener): () => void {
  const line = lines.get(clinic) ?? openLine(clinic);
  lines.set(clinic, line);
  line.listeners.add(listener);
  listener.onDown(line.downSince());
  return () => {
    line.listeners.delete(listener);
    if (line.listeners.size > 0) return;
    line.close();
    lines.delete(clinic);
  };
}

function openLine(clinic: string) {
  const listeners = new Set<Listener>();
  const soon = new Map<Topic, ReturnType<typeof setTimeout>>();
  let source: EventSource | undefined;
  let toldDown: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let wait = firstRetry;
  let wasDown = false;
  let down: Date | undefined;

  function changed(topic: Topic) {
    clearTimeout(soon.get(topic));
    const tell = () => {
      for (const one of listeners) if (one.topic === topic) one.onChange();
    };
    soon.set(topic, setTimeout(tell, together));
  }

  function sayDown(since: Date | undefined) {
    down = since;
    for (const one of listeners) one.onDown(since);
  }

  function onUp() {
    clearTimeout(toldDown);
    toldDown = undefined;
    wait = firstRetry;
    sayDown(undefined);
    if (wasDown) for (const topic of topics) changed(topic);
    wasDown = false;
  }

  function onDown() {
    wasDown = true;
    const since = new Date();
    toldDown ??= setTimeout(() => sayDown(since), grace);
    // A browser tries again by itself, except after a refusal.
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(retry);
    retry = setTimeout(open, wait);
    wait = Math.min(wait * 2, lastRetry);
  }

  function open() {
    source?.close();
    source = new EventSource(`/api/clinic/${clinic}/live`);
    source.addEventListener("open", onUp);
    source.addEventListener("error", onDown);
    for (const topic of topics) source.addEventListener(topic, () => changed(topic));
  }

  open();
  return {
    listeners,
    downSince: () => down,
    close: () => {
      source?.close();
      for (const timer of [...soon.values(), toldDown, retry]) clearTimeout(timer);
    },
  };
}

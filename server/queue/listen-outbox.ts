import pg from "pg";

/**
 * Hears that the outbox has a new row (`queue.wake_relay`), over a connection of its own that goes straight to PostgreSQL. It only
 * spares the relay's wait: a notice that is lost, or a connection that is down, costs one poll.
 * @param wake called on each notice, and after each reconnection, since notices may have been missed.
 * @returns what stops listening.
 */
export function listenOutbox(
  queueDatabaseUrl: string,
  wake: () => void,
  onError: (error: Error) => void,
): () => Promise<void> {
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let stopped = false;

  const connect = async () => {
    const fresh = new pg.Client({
      connectionString: queueDatabaseUrl,
      keepAlive: true,
      application_name: "chevet-relay",
    });
    client = fresh;
    let lost = false;
    const again = (error: Error) => {
      if (lost || stopped) return;
      lost = true;
      onError(error);
      fresh.end().catch(() => undefined);
      retry = setTimeout(connect, 1000);
    };
    fresh.on("error", again);
    fresh.on("end", () => again(new Error("connection ended")));
    fresh.on("notification", wake);
    try {
      await fresh.connect();
      await fresh.query("listen chevet_outbox");
      wake();
    } catch (error) {
      again(error as Error);
    }
  };

  void connect();
  return async () => {
    stopped = true;
    clearTimeout(retry);
    await client?.end().catch(() => undefined);
  };
}

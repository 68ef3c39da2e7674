import pg from "pg";

/** Arranges or inspects as superuser: never what is under test. */
export async function asAdmin<T>(adminUrl: string, act: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: adminUrl });
  // A test kills the server on purpose; the connection that goes with it is no failure of the test.
  admin.on("error", () => undefined);
  await admin.connect();
  try {
    return await act(admin);
  } finally {
    await admin.end().catch(() => undefined);
  }
}

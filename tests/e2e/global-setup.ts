import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asAdmin } from "#tests/database/as-admin.ts";
import { startInstance } from "#tests/run/start-instance.ts";
import { startOtlpReceiver } from "#tests/servers/otlp-receiver.ts";
import { adminUrlOf } from "./admin-url.ts";

/** A database server whose administrator logs everything there is. What our logins say of themselves must keep people out of it all the same. */
const talkative = {
  log_statement: "all",
  log_duration: "on",
  log_min_messages: "info",
  log_min_error_statement: "info",
  log_error_verbosity: "verbose",
  log_parameter_max_length: "-1",
  log_parameter_max_length_on_error: "-1",
  log_lock_waits: "on",
};

/**
 * Starts one production instance of this run alone, in a data folder of its own, on free ports. It says all it can (every log line, every
 * statement, traces): at the end no-trace.spec.ts searches it all for the people that the tests put through it.
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(join(tmpdir(), "chevet-e2e-"));
  mkdirSync(join(dataDir, "logs"));
  const traces = await startOtlpReceiver();
  const identityPort = await freePort();
  const faxPort = await freePort();
  const instance = await startInstance(dataDir, {
    env: {
      LOG_LEVEL: "debug",
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.endpoint,
      CHEVET_OUTBOUND_ALLOW: `127.0.0.1:${identityPort},127.0.0.1:${faxPort}`,
    },
    logFile: join(dataDir, "logs", "up.log"),
  });
  process.env.CHEVET_E2E_IDENTITY_PORT = String(identityPort);
  process.env.CHEVET_E2E_FAX_PORT = String(faxPort);
  await asAdmin(adminUrlOf(dataDir), async (admin) => {
    for (const [name, value] of Object.entries(talkative)) await admin.query(`alter system set ${name} = '${value}'`);
    await admin.query("select pg_reload_conf()");
  });
  process.env.CHEVET_E2E_URL = instance.url;
  process.env.CHEVET_E2E_DATA_DIR = dataDir;
  process.env.CHEVET_E2E_TRACES = traces.endpoint;
  return async () => {
    await instance.stop();
    await traces.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}

/** A port for the one test that serves an identity provider: the instance is told at its start that it may call there. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

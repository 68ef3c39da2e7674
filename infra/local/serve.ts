import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { distDir } from "./build.ts";
import { type Instance, instanceMark, writeInstance } from "./instance.ts";
import type { LocalPorts } from "./local-env.ts";
import { type Running, runProcess } from "./run-process.ts";
import { Sentence, step } from "./steps.mjs";
import { isStopping, onStop, stopAll } from "./stopping.ts";
import { waitServed } from "./wait-served.ts";
import { watchSources } from "./watch-sources.ts";

interface Serving {
  dataDir: string;
  env: Record<string, string>;
  ports: LocalPorts;
  instance: Instance;
  dev: boolean;
}

/** Starts web and worker and returns once the site answers. In development they start again when the server's code changes. */
export async function serve({ dataDir, env, ports, instance, dev }: Serving): Promise<void> {
  const logs = join(dataDir, "logs");
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  let failure: Error | undefined;
  const run = (name: "web" | "worker", metricsPort: number): Running => {
    const running = runProcess({
      name,
      args: dev ? ["--import", "tsx", `server/${name}.ts`] : ["--enable-source-maps", join(distDir, `${name}.js`)],
      env: {
        NODE_ENV: dev ? "development" : "production",
        NEXT_TELEMETRY_DISABLED: "1",
        CHEVET_DEV: dev ? "1" : "0",
        METRICS_PORT: String(metricsPort),
        ...env,
      },
      logFile: join(logs, `${name}.log`),
      mark: instanceMark(dataDir),
      onStart: (pid) => {
        instance.processes[name] = pid;
        writeInstance(dataDir, instance);
      },
      onGiveUp: (words) => {
        failure = new Sentence(`${words}\n\n${name} ne démarre pas · does not start (${join(logs, `${name}.log`)})`);
        giveUp(failure);
      },
    });
    onStop(running.stop);
    return running;
  };

  let served = false;
  const giveUp = (error: Error) => {
    if (!served || isStopping()) return;
    console.error(`\n${error.message}`);
    void stopAll().then(() => process.exit(1));
  };
  await step("Site et travaux", "Site and jobs", async () => {
    const processes = [run("worker", ports.workerMetrics), run("web", ports.webMetrics)];
    if (dev) watchSources(() => Promise.all(processes.map((running) => running.restart())));
    await waitServed(`http://127.0.0.1:${ports.web}/health/ready`, 120_000, () => failure);
  });
  served = true;
}

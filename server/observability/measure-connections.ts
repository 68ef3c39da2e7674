import { Gauge } from "prom-client";
import { database, type Login } from "#server/db/database.ts";
import { registry } from "./metrics.ts";

/** Tells Prometheus how a process's database connections are used; `waiting` above zero for long means that the pool is too small. */
export function measureConnections(login: Login): void {
  new Gauge({
    name: "chevet_database_connections",
    help: "Database connections of this process, by state",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      const { total, idle, waiting } = database(login).load();
      this.set({ state: "busy" }, total - idle);
      this.set({ state: "idle" }, idle);
      this.set({ state: "waiting" }, waiting);
    },
  });
}

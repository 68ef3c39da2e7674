import type { isServed, signInDoor } from "#server/auth/next-auth/sign-in-door.ts";
import type { AppRouter, createCaller } from "#server/trpc/router.ts";

/** What the web process lends to pages, so that Next's bundle holds no server code and every module exists once. */
export interface ChevetRuntime {
  readonly appRouter: AppRouter;
  readonly createCaller: typeof createCaller;
  /** next-auth's options, for the one route that Next must own. */
  readonly auth: { readonly isServed: typeof isServed; readonly signInDoor: typeof signInDoor };
  /** Public address of the site, without a final slash. */
  readonly origin: string;
  /** Caught mail and the demo are visible. */
  readonly local: boolean;
}

const key = Symbol.for("chevet.runtime");
type Holder = { [key]?: ChevetRuntime };

export function lendRuntime(runtime: ChevetRuntime): void {
  (globalThis as Holder)[key] = runtime;
}

import type { TestClinic, TestMember } from "#tests/factories/clinic.ts";

/** Where a procedure is tried: a clinic of its own, and a member whose role holds the permission that it asks for. */
export interface Scene {
  readonly clinic: TestClinic;
  readonly member: TestMember;
}

/**
 * Makes a valid input for one procedure, and whatever has to exist for it: the rightful person's call with it must succeed,
 * or the refusals beside it do not count.
 */
export type Factory = (scene: Scene) => Promise<unknown>;

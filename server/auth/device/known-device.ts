import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { needEnv } from "#server/env.ts";

/**
 * The device cookie (OWASP "Slow Down Online Guessing Attacks with Device Cookies"): a random name for this browser, and a
 * mark for each person who has signed in on it. It opens nothing; it gives the browser a bucket of its own for failed
 * tries, so that strangers who hammer an account do not slow its owner down, and says whether a device is new.
 */
export interface Device {
  readonly id: string;
  readonly marks: readonly string[];
}

/** A shared workstation forgets the person who signed in on it longest ago. */
const mostPeople = 12;

const mark = (deviceId: string, userId: string) =>
  createHmac("sha256", needEnv("CHEVET_SECRET_STAFF"))
    .update(`device:${deviceId}:${userId}`)
    .digest("base64url")
    .slice(0, 22);

const newDevice = (): Device => ({ id: randomBytes(16).toString("base64url"), marks: [] });

/** Reads the cookie's value; anything malformed is a device never seen. */
export function readDevice(value: string | undefined): Device {
  const [id, ...marks] = (value ?? "").split(".");
  const wellFormed =
    id !== undefined &&
    /^[\w-]{22}$/.test(id) &&
    marks.length <= mostPeople &&
    marks.every((one) => /^[\w-]{22}$/.test(one));
  return wellFormed ? { id, marks } : newDevice();
}

/** Whether this person has signed in on this device. */
export function knowsPerson(device: Device, userId: string): boolean {
  const own = Buffer.from(mark(device.id, userId));
  return device.marks.some((one) => timingSafeEqual(Buffer.from(one), own));
}

/** The cookie's value once this person has signed in on it. */
export function rememberPerson(device: Device, userId: string): string {
  const own = mark(device.id, userId);
  return [device.id, own, ...device.marks.filter((one) => one !== own).slice(0, mostPeople - 1)].join(".");
}

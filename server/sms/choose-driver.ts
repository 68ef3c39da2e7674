import { type Env, needEnv } from "#server/env.ts";
import type { SmsDriver } from "./sms-driver.ts";
import { createSwiftDriver } from "./swift-driver.ts";
import { createVoipMsDriver } from "./voipms-driver.ts";

/**
 * The carrier that the host chose; undefined for `none`, and nothing is then sent by text message.
 * @param catcher the carrier of local mode, which only keeps what it is given
 * @throws EnvError naming what the carrier needs
 */
export function chooseDriver(env: Env, catcher: SmsDriver | undefined): SmsDriver | undefined {
  switch (env.SMS_DRIVER) {
    case "swift":
      return createSwiftDriver({
        apiUrl: env.SMS_API_URL ?? "https://secure.smsgateway.ca",
        accountKey: needEnv("SMS_ACCOUNT"),
      });
    case "voipms":
      return createVoipMsDriver({
        apiUrl: env.SMS_API_URL ?? "https://voip.ms",
        username: needEnv("SMS_ACCOUNT"),
        password: needEnv("SMS_SECRET"),
        from: needEnv("SMS_FROM"),
      });
    case "catcher":
      return env.CHEVET_LOCAL ? catcher : undefined;
    default:
      return undefined;
  }
}

import type { formats } from "./formats.ts";
import type * as messages from "./fr/index.ts";
import type { AppLocale } from "./locale.ts";

declare module "next-intl" {
  interface AppConfig {
    Locale: AppLocale;
    Messages: typeof messages;
    Formats: typeof formats;
  }
}

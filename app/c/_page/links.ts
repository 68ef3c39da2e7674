import type { Language } from "../../_i18n/locale.ts";

/** Addresses under one clinic's page, in the language that is being read: French needs no word, English is kept in each link. */
export interface PageLinks {
  readonly home: string;
  readonly book: string;
  readonly move: string;
  readonly notice: string;
  bookService(id: string): string;
  bookWith(practitionerId: string, serviceId?: string): string;
  service(id: string): string;
  practitioner(id: string): string;
}

export function linksOf(slug: string, language: Language): PageLinks {
  const at = (path: string, query: Record<string, string | undefined> = {}) => {
    const wanted = Object.entries({ ...query, lang: language === "en" ? "en" : undefined });
    const text = new URLSearchParams(wanted.filter((one): one is [string, string] => one[1] !== undefined)).toString();
    return `/c/${slug}${path}${text && `?${text}`}`;
  };
  return {
    home: at(""),
    book: at("/rendez-vous"),
    move: at("/deplacer"),
    notice: at("/renseignements"),
    bookService: (service) => at("/rendez-vous", { service }),
    bookWith: (soignant, service) => at("/rendez-vous", { service, soignant }),
    service: (id) => at(`/services/${id}`),
    practitioner: (id) => at(`/soignants/${id}`),
  };
}

/** In a preview nothing is published yet: each link stays where it is. */
export const noLinks: PageLinks = {
  home: "#",
  book: "#",
  move: "#",
  notice: "#",
  bookService: () => "#",
  bookWith: () => "#",
  service: () => "#",
  practitioner: () => "#",
};

/** The same address in the other language. @param path with its query, as it was asked for */
export function otherLanguage(path: string, language: Language): string {
  const [address = "", search] = path.split("?", 2);
  const query = new URLSearchParams(search);
  if (language === "fr") query.set("lang", "en");
  else query.delete("lang");
  const text = query.toString();
  return `${address}${text && `?${text}`}`;
}

import type { MetadataRoute } from "next";

/** Search engines read the public pages and nothing else. */
export default function robots(): MetadataRoute.Robots {
  return {
    rules: {
      userAgent: "*",
      allow: ["/$", "/ouvrir", "/securite", "/legal/", "/c/"],
      disallow: ["/", "/c/*/rendez-vous", "/c/*/gerer", "/c/*/offre", "/c/*/attente", "/c/*/desabonnement"],
    },
  };
}

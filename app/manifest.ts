import type { MetadataRoute } from "next";

/** Lets a tablet at the front desk keep Chevet among its applications. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Chevet",
    short_name: "Chevet",
    lang: "fr-CA",
    start_url: "/connexion",
    display: "standalone",
    background_color: "#fbfaf7",
    theme_color: "#16303f",
    icons: [{ src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
  };
}

"use client";

import { MessagePage } from "./_ui/message-page/message-page.tsx";
import button from "./_ui/plain-button/plain-button.module.css";

// It stands above every frame, so it brings its own words; each part of the application has a better one (page-error).
const words = {
  fr: {
    title: "Cette page n’a pas pu s’afficher",
    lead: "La faute est de notre côté. Ce qui était enregistré l’est encore. Essayez de nouveau.",
    retry: "Réessayer",
    number: "Numéro de la demande :",
  },
  en: {
    title: "This page could not be shown",
    lead: "The fault is on our side. What was saved still is. Try again.",
    retry: "Try again",
    number: "Request number:",
  },
};

/** A page that could not be rendered, where no frame could be either, or where there is none. */
export default function PlainError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = words[globalThis.document?.documentElement.lang.startsWith("en") ? "en" : "fr"];
  return (
    <MessagePage title={t.title} lead={t.lead}>
      {error.digest && (
        <p>
          {t.number} <code>{error.digest}</code>
        </p>
      )}
      <button type="button" className={button.primary} onClick={reset}>
        {t.retry}
      </button>
    </MessagePage>
  );
}

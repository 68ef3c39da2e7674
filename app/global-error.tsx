"use client";

/**
 * The last resort, when even the frame of the page could not be rendered: nothing can be loaded any more, so it says both
 * languages in plain HTML.
 */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="fr-CA">
      <body style={{ maxWidth: 560, margin: "15vh auto", padding: "0 20px", fontFamily: "system-ui, sans-serif" }}>
        <h1>Cette page n’a pas pu s’afficher</h1>
        <p>La faute est de notre côté. Ce qui était enregistré l’est encore. Rechargez la page.</p>
        <div lang="en-CA">
          <h2>This page could not be shown</h2>
          <p>The fault is on our side. What was saved still is. Reload the page.</p>
        </div>
        {error.digest && (
          <p>
            Numéro · Number: <code>{error.digest}</code>
          </p>
        )}
      </body>
    </html>
  );
}

import { sayWhen } from "#server/schedule/say-when.ts";
import type { OfferView } from "#server/waitlist/read-offer.ts";
import { Icon } from "../../_page/icon.tsx";
import { inLanguage } from "../../_visit/names.ts";
import classes from "../../_visit/visit-facts.module.css";

/** When, with whom, where: said behind the link only. */
export function OfferFacts({ offer, locale }: { offer: OfferView; locale: "fr" | "en" }) {
  const { service, serviceEn, practitioner, location, address } = offer;
  const name = inLanguage(locale, service, serviceEn);
  return (
    <div className={classes.facts}>
      <div className={classes.fact}>
        <Icon name="calendar" />
        <p>
          <strong className={classes.when}>{sayWhen(offer.startsAt, offer.timeZone, locale)}</strong>
          {name && <span>{name}</span>}
        </p>
      </div>
      {practitioner && (
        <div className={classes.fact}>
          <Icon name="person" />
          <p>
            <strong>{practitioner}</strong>
          </p>
        </div>
      )}
      {location && (
        <div className={classes.fact}>
          <Icon name="pin" />
          <p>
            <strong>{location}</strong>
            <span>{address}</span>
          </p>
        </div>
      )}
    </div>
  );
}

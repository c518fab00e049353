// What a new assessment starts from: for every theme two yes-or-no criteria per level. They become
// part of the assessment, in Dutch, as its city publishes them.
import type { Criterion, RoadmapTheme } from '../gen/api';

const starters: Record<RoadmapTheme, readonly string[]> = {
  procurement: [
    'Het college heeft gezegd dat de gemeente wil inkopen bij sociale ondernemingen.',
    'Inkopers weten welke sociale ondernemingen er in de regio zijn.',
    'Het inkoopbeleid noemt sociale ondernemingen.',
    'Bij kleine opdrachten wordt ten minste één sociale onderneming gevraagd.',
    'In het afgelopen jaar is ten minste één opdracht aan hen voorbehouden.',
    'Elke afdeling heeft een vast aanspreekpunt voor sociaal inkopen.',
    'De eigen tarieven voor social return zijn openbaar.',
    'De omzet bij sociale ondernemingen staat elk kwartaal in een verslag.',
    'De uitkomsten bepalen het inkoopplan van het volgende jaar.',
    'Een andere gemeente heeft deze aanpak overgenomen.',
  ],
  account: [
    'De gemeente weet welke sociale ondernemers in de stad werken.',
    'Een ondernemer met een vraag krijgt antwoord.',
    'Er is één contactpersoon, en die staat op de website.',
    'De contactpersoon bezoekt ten minste tien ondernemers per jaar.',
    'De afdelingen economie, werk en zorg spreken elke maand over sociale ondernemers.',
    'Vragen worden geregistreerd en opgevolgd.',
    'Ten minste 80 procent van de vragen is binnen de beloofde tijd beantwoord.',
    'Ondernemers geven elk jaar een oordeel over de dienstverlening.',
    'Het oordeel van ondernemers leidt zichtbaar tot verbetering.',
    'De gemeente leert andere gemeenten hoe zij het doet.',
  ],
  ecosystem: [
    'De gemeente kent de organisaties die sociale ondernemers helpen.',
    'Er is een overzicht van geldgevers in de regio.',
    'Er is ten minste één netwerkbijeenkomst per jaar.',
    'Er is een plek waar starters begeleiding vinden.',
    'Alle soorten partijen in het ecosysteem zijn in kaart gebracht.',
    'Geldgevers, kennisinstellingen en ondernemers hebben een gezamenlijk programma.',
    'Het programma heeft meerjarig geld.',
    'De resultaten van het programma zijn openbaar.',
    'Partners nemen zelf het initiatief voor nieuwe activiteiten.',
    'Een andere stad heeft verteld dat een verhaal uit deze stad bij haar werkt.',
  ],
};

export const startFor = (theme: RoadmapTheme): Criterion[] =>
  starters[theme].map((text, at) => ({ level: Math.floor(at / 2) + 1, text, met: false }));

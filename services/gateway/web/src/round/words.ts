// How many words a text has: parts between spaces, as the platform counts them (services/pipeline/programme/application.c).
export const wordsIn = (text: string) => text.split(/[ \t\r\n\v\f\u00a0]+/).filter(Boolean).length;
export const usualWords = 300;
// What a round says nothing of is as usual (proto/round.def).
export const usualMonths = 3; // as pipeline.follow_up_term says
export const usualDocuments = 5;
export const usualMegabytes = 10;

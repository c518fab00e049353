// How many words a text has: parts between spaces, as the platform counts them (services/pipeline/programme/application.c).
export const wordsIn = (text: string) => text.split(/[ \t\r\n\v\f\u00a0]+/).filter(Boolean).length;

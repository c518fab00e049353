// What holds where a round says nothing: as proto/round.def declares it.
export const usual = {
  waitlist: 0,
  min_reviews: 2,
  answer_days: 7,
  object_days: 14,
  offer_days: 7,
  max_documents: 5,
  document_megabytes: 10,
  certificate_modules: 0,
  pause_weeks: 8,
  follow_months: 3, // as pipeline.follow_up_term says
  words: 300,
  scale: 5,
} as const;

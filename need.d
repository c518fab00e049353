need.o: services/pipeline/deal/need.c \
 services/pipeline/deal/../pipeline.h \
 services/pipeline/deal/../../../common/handlers.h \
 services/pipeline/deal/../../../common/service.h \
 services/pipeline/deal/../../../common/call.h \
 services/pipeline/deal/../../../common/db.h \
 services/pipeline/deal/../../../common/schema.h \
 services/pipeline/deal/../../../common/form.h \
 /usr/include/postgresql/libpq-fe.h \
 /usr/include/postgresql/postgres_ext.h \
 /usr/include/postgresql/pg_config_ext.h \
 services/pipeline/deal/../../../common/seal.h \
 services/pipeline/deal/../../../common/signature.h \
 services/pipeline/deal/../../../common/keys.h \
 services/pipeline/deal/../../../common/vocabulary.h \
 services/pipeline/deal/../../../common/process.h \
 services/pipeline/deal/../../../common/../proto/roles.def \
 services/pipeline/deal/../../../common/../proto/choices.def \
 services/pipeline/deal/../../../common/../proto/processes.def \
 services/pipeline/deal/../../../common/../proto/market.process.def \
 services/pipeline/deal/../../../common/../proto/deal.process.def \
 services/pipeline/deal/../../../common/../proto/seal.process.def \
 services/pipeline/deal/../../../common/../proto/award.process.def \
 services/pipeline/deal/../../../common/../proto/sroi.process.def \
 services/pipeline/deal/../../../common/../proto/programme.process.def \
 services/pipeline/deal/../../../common/../proto/jury.process.def \
 services/pipeline/deal/../../../common/../proto/training.process.def \
 services/pipeline/deal/../../../common/../proto/realisation.process.def \
 services/pipeline/deal/../../../common/../proto/table.process.def \
 services/pipeline/deal/../../../common/../proto/roadmap.process.def \
 services/pipeline/deal/../../../common/../proto/reasons.def \
 services/pipeline/deal/../../../common/../proto/records.def \
 services/pipeline/deal/../../../common/../proto/common.def \
 services/pipeline/deal/../../../common/../proto/file.def \
 services/pipeline/deal/../../../common/../proto/organisation.def \
 services/pipeline/deal/../../../common/../proto/offer.def \
 services/pipeline/deal/../../../common/../proto/flag.def \
 services/pipeline/deal/../../../common/../proto/review.def \
 services/pipeline/deal/../../../common/../proto/favourite.def \
 services/pipeline/deal/../../../common/../proto/sheet.def \
 services/pipeline/deal/../../../common/../proto/code.def \
 services/pipeline/deal/../../../common/../proto/story.def \
 services/pipeline/deal/../../../common/../proto/policy.def \
 services/pipeline/deal/../../../common/../proto/stock.def \
 services/pipeline/deal/../../../common/../proto/need.def \
 services/pipeline/deal/../../../common/../proto/seal.def \
 services/pipeline/deal/../../../common/../proto/award.def \
 services/pipeline/deal/../../../common/../proto/invoice.def \
 services/pipeline/deal/../../../common/../proto/order.def \
 services/pipeline/deal/../../../common/../proto/basket.def \
 services/pipeline/deal/../../../common/../proto/agreement.def \
 services/pipeline/deal/../../../common/../proto/dispute.def \
 services/pipeline/deal/../../../common/../proto/impact.def \
 services/pipeline/deal/../../../common/../proto/sroi.def \
 services/pipeline/deal/../../../common/../proto/programme.def \
 services/pipeline/deal/../../../common/../proto/round.def \
 services/pipeline/deal/../../../common/../proto/claimed.def \
 services/pipeline/deal/../../../common/../proto/ranking.def \
 services/pipeline/deal/../../../common/../proto/selection.def \
 services/pipeline/deal/../../../common/../proto/result.def \
 services/pipeline/deal/../../../common/../proto/replay.def \
 services/pipeline/deal/../../../common/../proto/initiative.def \
 services/pipeline/deal/../../../common/../proto/jury.def \
 services/pipeline/deal/../../../common/../proto/meeting.def \
 services/pipeline/deal/../../../common/../proto/pairing.def \
 services/pipeline/deal/../../../common/../proto/deliverable.def \
 services/pipeline/deal/../../../common/../proto/milestone.def \
 services/pipeline/deal/../../../common/../proto/job.def \
 services/pipeline/deal/../../../common/../proto/graduation.def \
 services/pipeline/deal/../../../common/../proto/table.def \
 services/pipeline/deal/../../../common/../proto/assessment.def \
 services/pipeline/deal/../../../common/../proto/match.def \
 services/pipeline/deal/../../../common/../proto/alert.def \
 services/pipeline/deal/../../../common/../proto/search.def \
 services/pipeline/deal/../../../common/../proto/report.def \
 services/pipeline/deal/../../../common/../proto/dispatch.def \
 services/pipeline/deal/../../../common/../proto/gateway.def \
 services/pipeline/deal/../../../common/../proto/task.def \
 services/pipeline/deal/../../../common/schema-end.h \
 services/pipeline/deal/../../../common/../proto/events.def \
 services/pipeline/deal/../../../common/config.h \
 services/pipeline/deal/../../../common/../proto/pipeline.operations.def \
 services/pipeline/deal/../../../common/../proto/seal.operations.def \
 services/pipeline/deal/../../../common/../proto/basket.operations.def \
 services/pipeline/deal/../../../common/../proto/award.operations.def \
 services/pipeline/deal/../../../common/../proto/sroi.operations.def \
 services/pipeline/deal/../../../common/../proto/table.operations.def \
 services/pipeline/deal/../../../common/../proto/training.operations.def \
 services/pipeline/deal/../../../common/../proto/realisation.operations.def \
 services/pipeline/deal/deal.h \
 services/pipeline/deal/../../../common/call.h
services/pipeline/deal/../pipeline.h:
services/pipeline/deal/../../../common/handlers.h:
services/pipeline/deal/../../../common/service.h:
services/pipeline/deal/../../../common/call.h:
services/pipeline/deal/../../../common/db.h:
services/pipeline/deal/../../../common/schema.h:
services/pipeline/deal/../../../common/form.h:
/usr/include/postgresql/libpq-fe.h:
/usr/include/postgresql/postgres_ext.h:
/usr/include/postgresql/pg_config_ext.h:
services/pipeline/deal/../../../common/seal.h:
services/pipeline/deal/../../../common/signature.h:
services/pipeline/deal/../../../common/keys.h:
services/pipeline/deal/../../../common/vocabulary.h:
services/pipeline/deal/../../../common/process.h:
services/pipeline/deal/../../../common/../proto/roles.def:
services/pipeline/deal/../../../common/../proto/choices.def:
services/pipeline/deal/../../../common/../proto/processes.def:
services/pipeline/deal/../../../common/../proto/market.process.def:
services/pipeline/deal/../../../common/../proto/deal.process.def:
services/pipeline/deal/../../../common/../proto/seal.process.def:
services/pipeline/deal/../../../common/../proto/award.process.def:
services/pipeline/deal/../../../common/../proto/sroi.process.def:
services/pipeline/deal/../../../common/../proto/programme.process.def:
services/pipeline/deal/../../../common/../proto/jury.process.def:
services/pipeline/deal/../../../common/../proto/training.process.def:
services/pipeline/deal/../../../common/../proto/realisation.process.def:
services/pipeline/deal/../../../common/../proto/table.process.def:
services/pipeline/deal/../../../common/../proto/roadmap.process.def:
services/pipeline/deal/../../../common/../proto/reasons.def:
services/pipeline/deal/../../../common/../proto/records.def:
services/pipeline/deal/../../../common/../proto/common.def:
services/pipeline/deal/../../../common/../proto/file.def:
services/pipeline/deal/../../../common/../proto/organisation.def:
services/pipeline/deal/../../../common/../proto/offer.def:
services/pipeline/deal/../../../common/../proto/flag.def:
services/pipeline/deal/../../../common/../proto/review.def:
services/pipeline/deal/../../../common/../proto/favourite.def:
services/pipeline/deal/../../../common/../proto/sheet.def:
services/pipeline/deal/../../../common/../proto/code.def:
services/pipeline/deal/../../../common/../proto/story.def:
services/pipeline/deal/../../../common/../proto/policy.def:
services/pipeline/deal/../../../common/../proto/stock.def:
services/pipeline/deal/../../../common/../proto/need.def:
services/pipeline/deal/../../../common/../proto/seal.def:
services/pipeline/deal/../../../common/../proto/award.def:
services/pipeline/deal/../../../common/../proto/invoice.def:
services/pipeline/deal/../../../common/../proto/order.def:
services/pipeline/deal/../../../common/../proto/basket.def:
services/pipeline/deal/../../../common/../proto/agreement.def:
services/pipeline/deal/../../../common/../proto/dispute.def:
services/pipeline/deal/../../../common/../proto/impact.def:
services/pipeline/deal/../../../common/../proto/sroi.def:
services/pipeline/deal/../../../common/../proto/programme.def:
services/pipeline/deal/../../../common/../proto/round.def:
services/pipeline/deal/../../../common/../proto/claimed.def:
services/pipeline/deal/../../../common/../proto/ranking.def:
services/pipeline/deal/../../../common/../proto/selection.def:
services/pipeline/deal/../../../common/../proto/result.def:
services/pipeline/deal/../../../common/../proto/replay.def:
services/pipeline/deal/../../../common/../proto/initiative.def:
services/pipeline/deal/../../../common/../proto/jury.def:
services/pipeline/deal/../../../common/../proto/meeting.def:
services/pipeline/deal/../../../common/../proto/pairing.def:
services/pipeline/deal/../../../common/../proto/deliverable.def:
services/pipeline/deal/../../../common/../proto/milestone.def:
services/pipeline/deal/../../../common/../proto/job.def:
services/pipeline/deal/../../../common/../proto/graduation.def:
services/pipeline/deal/../../../common/../proto/table.def:
services/pipeline/deal/../../../common/../proto/assessment.def:
services/pipeline/deal/../../../common/../proto/match.def:
services/pipeline/deal/../../../common/../proto/alert.def:
services/pipeline/deal/../../../common/../proto/search.def:
services/pipeline/deal/../../../common/../proto/report.def:
services/pipeline/deal/../../../common/../proto/dispatch.def:
services/pipeline/deal/../../../common/../proto/gateway.def:
services/pipeline/deal/../../../common/../proto/task.def:
services/pipeline/deal/../../../common/schema-end.h:
services/pipeline/deal/../../../common/../proto/events.def:
services/pipeline/deal/../../../common/config.h:
services/pipeline/deal/../../../common/../proto/pipeline.operations.def:
services/pipeline/deal/../../../common/../proto/seal.operations.def:
services/pipeline/deal/../../../common/../proto/basket.operations.def:
services/pipeline/deal/../../../common/../proto/award.operations.def:
services/pipeline/deal/../../../common/../proto/sroi.operations.def:
services/pipeline/deal/../../../common/../proto/table.operations.def:
services/pipeline/deal/../../../common/../proto/training.operations.def:
services/pipeline/deal/../../../common/../proto/realisation.operations.def:
services/pipeline/deal/deal.h:
services/pipeline/deal/../../../common/call.h:

/* pipeline.h - prototypes of pipeline's handlers, for the files that hold them. */
#define HANDLERS_PROTOTYPES_ONLY
#define SERVICE_OPERATIONS "../proto/pipeline.operations.def"
#include "../../common/handlers.h"

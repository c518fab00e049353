/* identity.h - accounts, sessions and API keys: a service that lives in the gateway's process. */
#ifndef IDENTITY_H
#define IDENTITY_H
#include "../../../common/service.h"

const service *identity_service (void);
#endif

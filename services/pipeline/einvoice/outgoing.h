/* outgoing.h - documents that leave the platform besides: by mail, and through an access point of Peppol. */
#ifndef OUTGOING_H
#define OUTGOING_H
#include "../../../common/service.h"

extern const duty outgoing_duty;
#endif

/* ubl.h - documents as UBL 2.1: invoices and credit notes in the NLCIUS profile of EN 16931 (SI-UBL 2.0), orders in
 * Peppol's. */
#ifndef UBL_H
#define UBL_H
#include "paper.h"

#define UBL_NLCIUS "urn:cen.eu:en16931:2017#compliant#urn:fdc:nen.nl:nlcius:v1.0"

/* The document, UTF-8; lives as long as the call. */
bytes ubl_write (call *, const paper *);
/* A unit in Dutch as a code of UN/ECE recommendation 20; C62, one, for what is not in that list. */
const char *ubl_unit_code (const char *unit);
#endif

/* form.h - texts that carry a check of their own: account numbers, VAT numbers, codes of countries. */
#ifndef FORM_H
#define FORM_H
#include <stdbool.h>
#include <stddef.h>

typedef struct text_form {
    const char *pattern; /* of ECMA-262, for who describes it; says less than `fits` */
    size_t      most;    /* bytes */
    const char *must;    /* "must be ..." */
    bool      (*fits) (const char *); /* of a text that ends */
} text_form;

/* An account number (ISO 13616): capitals and digits without spaces, its two check digits right by mod 97. */
extern const text_form text_form_iban;
/* A VAT identification number of a country of the EU; of a Dutch one the check too, by 11 or by 97. */
extern const text_form text_form_vat_number;
/* A code of ISO 3166-1, two letters. */
extern const text_form text_form_country;
/* What a bank calls a payment. One that says it is a creditor reference (ISO 11649, RF..) has the right check digits. */
extern const text_form text_form_bank_reference;
#endif

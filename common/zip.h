/* zip.h - reads packed files (APPNOTE 6.3) that lie in memory; never more of them than it is told. */
#ifndef ZIP_H
#define ZIP_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ZIP_ENTRIES = 4096, ZIP_LOCAL_BYTES = 30 };

typedef struct {
    const uint8_t *name;
    size_t         name_size;
    uint32_t       packed, unpacked, crc, offset;
    uint16_t       flags, method; /* 0: as it is; 8: deflated */
} zip_entry;

typedef struct {
    const uint8_t *at;
    size_t         size;
    size_t         count, begins; /* entries, and where the table of them begins */
    zip_entry      all [ZIP_ENTRIES];
} zip;

typedef enum { ZIP_FINE, ZIP_DAMAGED, ZIP_MANY } zip_state;

/* Where the record of the end is, whose comment reaches exactly to the end of the file; SIZE_MAX: there is none. */
size_t zip_end (const uint8_t *, size_t);
/* The table of entries, whose names are inside the archive. Borrows the bytes. */
zip_state zip_read (zip *, const uint8_t *, size_t);
/* By its name, in any case; NULL: there is none. */
const zip_entry *zip_find (const zip *, const char *name);
/* The entry's packed bytes; NULL: its own header says something else than the table, or it reaches beyond `end`. */
const uint8_t *zip_data (const zip *, const zip_entry *, size_t end);
/* The entry's content, into room for what it says that it unpacks to. False: it is damaged. */
bool zip_unpack (const zip *, const zip_entry *, uint8_t *out);

uint32_t zip_u16 (const uint8_t *);
#endif

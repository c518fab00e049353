/* assign.h - who judges what: as many judgements as are wanted and possible, spread evenly over the jurors, and as they wish. */
#ifndef ASSIGN_H
#define ASSIGN_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ASSIGN_NEVER = -1, ASSIGN_DEAREST = 1000 };

typedef struct {
    size_t initiatives, jurors;
    const int *wanted; /* of each initiative: so many judgements more */
    const int *load;   /* of each juror: so many judgements already */
    const int *cost;   /* [initiative * jurors + juror]: 0 to ASSIGN_DEAREST, or ASSIGN_NEVER: barred, or assigned already */
} assign_case;

/* Sets chosen [initiative * jurors + juror]. First the most judgements, then the smallest sum of the squares of the loads, then
 * the smallest sum of costs; the same for the same case. Returns how many.                                                  */
size_t assign_solve (const assign_case *, bool *chosen);
#endif

/* clean_test.c - the process that copies documents has nothing of the gateway's: no environment, no open files, and it can open none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include "../../services/gateway/files/clean.h"
#include "../../services/gateway/files/spool.h"
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { INHERITED = 9 }; /* a file that we have open meanwhile */
enum { CLEANED, NOT_CLEANED, HAS_ENVIRONMENT = 10, HAS_FILE, OPENS_FILE, OPENS_SOCKET };

/* This program as that process: its bounds hold on after its work. */
static int work_and_try (void)
{
    if (*environ)
        return HAS_ENVIRONMENT;
    int status = clean_main ();
    if (fcntl (INHERITED, F_GETFD) >= 0)
        return HAS_FILE;
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    if (open ("/dev/null", O_RDONLY) >= 0)
        return OPENS_FILE;
    if (socket (AF_INET, SOCK_STREAM, 0) >= 0)
        return OPENS_SOCKET;
#endif
    return status;
}

static void a_copy_is_made_without_anything_of_ours (void **state)
{
    (void) state;
    static const char text [] = "Een begroting van tien euro.";
    int from = spool_new ("/tmp"), to = spool_new ("/tmp");
    mapping copy;
    assert_true (from >= 0 && to >= 0 && dup2 (STDOUT_FILENO, INHERITED) == INHERITED);
    assert_true (spool_write (from, (const uint8_t *) text, sizeof text - 1));
    assert_int_equal (setenv ("MEERWAARDE_SECRET", "niet voor documenten", 1), 0);
    int status = clean_run (from, to);
    assert_true (WIFEXITED (status));
    assert_int_equal (WEXITSTATUS (status), CLEANED);
    assert_true (mapping_open (to, &copy));
    assert_int_equal (copy.size, sizeof text - 1);
    assert_memory_equal (copy.at, text, sizeof text - 1);
    mapping_close (&copy);
    close (from), close (to), close (INHERITED);
}

static void what_cannot_be_cleaned_is_not_copied (void **state)
{
    (void) state;
    int from = spool_new ("/tmp"), to = spool_new ("/tmp");
    assert_true (from >= 0 && to >= 0);
    assert_true (spool_write (from, (const uint8_t *) "MZ\x90\0", 4));
    int status = clean_run (from, to);
    assert_true (WIFEXITED (status));
    assert_int_equal (WEXITSTATUS (status), NOT_CLEANED);
    close (from), close (to);
}

int main (int argc, char *argv [])
{
    if (argc == 2 && strcmp (argv [1], "clean") == 0)
        return work_and_try ();
    const struct CMUnitTest tests [] = {
        cmocka_unit_test (a_copy_is_made_without_anything_of_ours),
        cmocka_unit_test (what_cannot_be_cleaned_is_not_copied),
    };
    return cmocka_run_group_tests (tests, NULL, NULL);
}

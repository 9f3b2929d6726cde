/* A clock that is set wrong and set right again, and time that passes at once. By LD_PRELOAD.
   CLOCK_STEP in the environment: seconds by which the machine's clock is off from the start;
   clock_step(s) sets it further off; clock_pass(s) lets time pass for every clock. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long step, passed;

__attribute__((constructor)) static void begin(void) {
    const char *given = getenv("CLOCK_STEP");
    if (given) step = atol(given);
}
void clock_step(long seconds) { step += seconds; }
void clock_pass(long seconds) { passed += seconds; }

int clock_gettime(clockid_t which, struct timespec *now) {
    static int (*next)(clockid_t, struct timespec *);
    if (!next) next = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
    int failed = next(which, now);
    if (!failed) now->tv_sec += passed + (which == CLOCK_REALTIME ? step : 0);
    return failed;
}

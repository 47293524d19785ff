#define MISBEHAVING_NAME "e2e-hangs"
#include "misbehaving.h"

#include <unistd.h>

static void misbehave(void) { for (;;) pause(); }

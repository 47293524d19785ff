#define MISBEHAVING_NAME "e2e-exits"
#include "misbehaving.h"

#include <unistd.h>

static void misbehave(void) { _exit(0); }
